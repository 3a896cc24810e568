/* Opening and closing: [data-open] a dialog, [data-toggle] a row or drawer, [data-menu] a <details> that closes by itself. */

const openDialog = (selector) => {
  const dialog = document.querySelector(selector);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
};

const toggle = (button) => {
  const thing = document.querySelector(button.dataset.toggle);
  if (!thing) return;
  thing.hidden = !thing.hidden;
  button.setAttribute("aria-expanded", String(!thing.hidden));
  if (!thing.hidden) thing.querySelector("input:not([type=hidden]), select, textarea")?.focus();
};

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
};

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-open], [data-close], [data-toggle]");
  closeMenus(event.target.closest?.("details[data-menu]"));
  if (event.target instanceof HTMLDialogElement) {
    // A click on the backdrop is a click on the dialog itself, outside its box.
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail > 0) event.target.close();
  }
  if (!target) return;
  if (target.dataset.open) {
    closeMenus();
    openDialog(target.dataset.open);
  } else if (target.dataset.toggle) {
    toggle(target);
  } else {
    target.closest("dialog")?.close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.preventDefault();
});

document.addEventListener("focusin", (event) => closeMenus(event.target.closest?.("details[data-menu]")));

// Errors listed above a form get the focus once, on the first load and when a swap brings them.
const seen = new WeakSet();
const focusErrors = () => {
  const fresh = [...document.querySelectorAll("[data-focus-errors]")].filter((errors) => !seen.has(errors));
  for (const errors of fresh) seen.add(errors);
  fresh[0]?.focus();
};
document.addEventListener("htmx:after:swap", focusErrors);
focusErrors();
