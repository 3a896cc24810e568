/* The log sheet: filters that apply as they change, a chosen agent filled in, the current row kept across refreshes. */

// A filter that is picked from a list applies at once; words wait for Enter.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-submit-on-change]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

// "Several agents are called Tina": the button says which one, and sends the row again.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fill]");
  if (button) document.querySelector(button.dataset.fill).value = button.dataset.with;
}, true);

// Enter in a list of a row saves it, as it does in a field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || !event.target.matches?.("table select")) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

// Only what comes with a swap may ask for the focus, not what was there before.
document.addEventListener("htmx:before:swap", () => {
  for (const field of document.querySelectorAll("[autofocus]")) field.removeAttribute("autofocus");
});

// Rows come and go while somebody walks over them: the current one stays the current one.
let kept = null;
const current = () => document.querySelector('[data-row][aria-current="true"]');

document.addEventListener("htmx:before:swap", () => {
  const row = current();
  if (row) kept = { id: row.closest("tbody")?.id, focused: row.closest("tbody")?.contains(document.activeElement) };
});

document.addEventListener("htmx:after:swap", () => {
  const again = kept?.id && document.querySelector(`#${CSS.escape(kept.id)} > [data-row]`);
  if (again && !current()) {
    again.setAttribute("aria-current", "true");
    if (kept.focused && (document.activeElement === document.body || document.activeElement === null)) again.focus({ preventScroll: true });
  }
  kept = null;
});
