/* Lists that are worked off by keyboard: quick texts, Enter sends, and the next one opens by itself. */

document.addEventListener("click", (event) => {
  const quick = event.target.closest?.("[data-quick]");
  const field = quick?.closest("form")?.querySelector("textarea");
  if (!field) return;
  field.value = [field.value.trim(), quick.dataset.quick].filter(Boolean).join(" ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// Enter gives it, Shift and Enter begins a new line.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("[data-enter-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// Only what comes with a swap may ask for the focus, not what was there before.
document.addEventListener("htmx:before:swap", () => {
  for (const field of document.querySelectorAll("[autofocus]")) field.removeAttribute("autofocus");
});

// One is done: the next that waits opens, with the caret in its field.
document.addEventListener("htmx:after:swap", () => {
  const done = document.querySelector("[data-next-please]");
  if (!done) return;
  done.removeAttribute("data-next-please");
  const waiting = [...document.querySelectorAll("[data-give]")];
  const after = waiting.find((link) => done.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = after ?? waiting[0];
  if (next) next.click();
  else done.querySelector("[data-row]")?.focus();
});
