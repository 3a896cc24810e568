/*
 * The keyboard map, read from the markup:
 *   data-key="n"        pressing n focuses (fields) or clicks (links, buttons) the element; the last visible one wins
 *   data-chord="alt+m"  the same with a modifier; works while typing, too
 *   data-row            j/k walk over these; data-row-key="e" inside the row answers to e while it is the current one
 *   data-about-row="line"  a link with a data-key that, while a row is current, is asked about its line (?line=812)
 *   data-key-label      what the list of keys says; without one the key is not listed
 * Single keys rest in fields, with modifiers, in an open dialog, and when html[data-single-keys="off"].
 */

const root = document.documentElement;
const keysDialog = document.getElementById("keys");
const visible = (element) => element.checkVisibility?.({ checkVisibilityCSS: true }) ?? element.offsetParent !== null;
const last = (selector, within = document) => [...within.querySelectorAll(selector)].filter(visible).at(-1);
const typing = (target) =>
  target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const use = (element) => {
  if (element.matches("input, select, textarea")) {
    element.focus();
    if (element.select && element.value) element.select();
  } else {
    element.click();
  }
};

/* Rows */
const rows = () => [...document.querySelectorAll("[data-row]")].filter(visible);
const current = () => document.querySelector('[data-row][aria-current="true"]');

const makeCurrent = (row, { focus = true } = {}) => {
  const before = current();
  if (before && before !== row) before.removeAttribute("aria-current");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  if (!focus) return;
  row.focus({ preventScroll: true });
  (row.firstElementChild ?? row).scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  makeCurrent(all[next]);
};

/* The list of keys */
const chordWords = (chord) => chord.split("+").map((key) => key.charAt(0).toUpperCase() + key.slice(1)).join(" ");

const listKeys = () => {
  const list = keysDialog?.querySelector("[data-keys-list]");
  if (!list) return;
  const seen = new Map();
  const add = (keys, words) => { if (words && !seen.has(keys)) seen.set(keys, words); };
  for (const element of document.querySelectorAll("[data-key-label]")) {
    const { key, chord, rowKey, keyLabel } = element.dataset;
    if (chord) add(chordWords(chord), keyLabel);
    else add(key ?? rowKey, keyLabel);
  }
  if (document.querySelector("[data-row]")) {
    add("j", "Next row");
    add("k", "Row before");
    add("Enter", "Open the current row’s page");
  }
  add("?", "This list");
  list.replaceChildren(
    ...[...seen].flatMap(([keys, words]) => {
      const term = document.createElement("dt");
      const cap = document.createElement("kbd");
      const meaning = document.createElement("dd");
      cap.textContent = keys;
      term.append(cap);
      meaning.textContent = words;
      return [term, meaning];
    }),
  );
};

if (keysDialog) {
  new MutationObserver(() => { if (keysDialog.open) listKeys(); }).observe(keysDialog, { attributeFilter: ["open"] });
}

const press = (key) => {
  const row = current();
  const inRow = row && last(`[data-row-key="${CSS.escape(key)}"]`, row.closest("tbody") ?? row);
  if (inRow) return use(inRow), true;
  if (key === "j" || key === "k") {
    if (!rows().length) return false;
    return step(key === "j" ? 1 : -1), true;
  }
  if (key === "?" && keysDialog) return keysDialog.showModal(), true;
  if (key === "Enter" && row && document.activeElement === row) {
    const link = row.querySelector("a[href]");
    return link ? (link.click(), true) : false;
  }
  const element = last(`[data-key="${CSS.escape(key)}"]`);
  const number = row?.closest("tbody")?.id.match(/^line-(\d+)$/)?.[1];
  if (number && element?.dataset.aboutRow) return location.assign(`${element.href}?${element.dataset.aboutRow}=${number}`), true;
  return element ? (use(element), true) : false;
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;

  if (ctrlKey || metaKey || altKey) {
    // The physical key as well: with Alt a layout may turn the letter or digit into another sign.
    const name = /^(Key|Digit)/.test(event.code) ? event.code.at(-1).toLowerCase() : key.toLowerCase();
    const parts = [ctrlKey && "ctrl", altKey && "alt", shiftKey && "shift", metaKey && "meta"].filter(Boolean);
    const element = [name, key.toLowerCase()].map((one) => last(`[data-chord="${CSS.escape([...parts, one].join("+"))}"]`)).find(Boolean);
    if (element) { event.preventDefault(); use(element); }
    return;
  }
  if (key === "Escape" && typing(event.target) && !event.target.closest("combo-box [aria-expanded=true]")) {
    const back = last("[data-escape]", event.target.closest("tbody, form") ?? document);
    if (back) { event.preventDefault(); use(back); } else event.target.blur();
    return;
  }
  if (root.dataset.singleKeys === "off" || typing(event.target)) return;
  if (event.target.matches?.("a, button, summary, [role=button]") && (key === "Enter" || key === " ")) return;
  if (key.length === 1 || key === "Enter") {
    if (press(key)) event.preventDefault();
  }
});

// Clicking into a row, or tabbing through it, makes it the current one.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]") ?? event.target.closest?.("tbody")?.querySelector(":scope > [data-row]");
  if (row) makeCurrent(row, { focus: false });
  else if (event.target.closest?.("form, .entry")) makeCurrent(null);
});
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row && !event.target.closest("a, button, input, select, textarea, label, summary")) makeCurrent(row, { focus: !getSelection()?.toString() });
});

// An address that names a field (…#search) means: be in it.
const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
if (named && typing(named)) named.focus();

// The off switch in the list of keys: works at once, and is kept with the person's preferences.
document.querySelector("[data-single-keys-form]")?.addEventListener("change", (event) => {
  const form = event.currentTarget;
  root.dataset.singleKeys = event.target.checked ? "on" : "off";
  if (form.hasAttribute("action")) {
    const body = new FormData(form);
    body.set("single_keys", event.target.checked ? "on" : "off");
    fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { "X-Keys-Only": "1" } }).catch(() => {});
  }
});
