/* <button data-copy-text="#note" hidden>: copies the text of #note; shown only where a browser can. */
const said = 3000;

for (const button of document.querySelectorAll("[data-copy-text]")) {
  button.hidden = false;
  const words = button.lastChild.textContent;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copyText);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.lastChild.textContent = "Copied";
      setTimeout(() => { button.lastChild.textContent = words; }, said);
    } catch {
      getSelection().selectAllChildren(source); // not over plain http: Ctrl+C does it
    }
  });
}
