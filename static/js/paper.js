/* The sheet on paper runs from the first line to the last: newest first is for the screen. */

const turn = () => {
  for (const table of document.querySelectorAll("table.sheet")) {
    const lines = [...table.querySelectorAll(":scope > tbody.line")];
    const after = lines.at(-1)?.nextSibling ?? null;
    for (const line of lines.reverse()) table.insertBefore(line, after);
  }
};

let turned = false;
const toPaper = () => { if (!turned) { turned = true; turn(); } };
const toScreen = () => { if (turned) { turned = false; turn(); } };

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
