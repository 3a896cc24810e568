/*
 * The workbench by keyboard: x or Space selects the current row, with Shift all rows from the last one; a selects all;
 * 1–3 take a suggestion, m goes to "Move to…" (keys.js does those by data-row-key and data-key). After a move the row
 * that follows is the current one. Suggestions are asked for as their rows come into view.
 */

import "./topic-guesses.js";

const root = document.documentElement;
const pile = () => document.getElementById("pile");
const lines = () => [...document.querySelectorAll("#pile tbody[data-number]")];
const box = (line) => line?.querySelector('input[name="line"]');
const boxes = () => lines().map(box).filter(Boolean);
const typing = (target) => target.matches?.("textarea, select, input:not([type=checkbox])") || target.isContentEditable;

let here = null; // the id of the row one was in last
let last = null; // the number of the line that was (un)selected last

const hereLine = () => (here ? document.getElementById(here) : null);

/* How many are selected, beside the buttons; without any it is the current row that moves. */
const say = () => {
  const count = document.getElementById("bulk-count");
  if (!count) return;
  const chosen = boxes().filter((one) => one.checked).length;
  const all = document.querySelector("[data-pick-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
  const words = chosen ? `${chosen} selected` : hereLine() ? `Line ${hereLine().dataset.number}` : "Nothing selected";
  if (count.textContent !== words) count.textContent = words;
};

const pick = (line, { range = false, to } = {}) => {
  const all = lines();
  const one = box(line);
  if (!one) return;
  const checked = to ?? !one.checked;
  const from = range ? all.findIndex((other) => other.dataset.number === last) : -1;
  const at = all.indexOf(line);
  const some = from < 0 ? [line] : all.slice(Math.min(from, at), Math.max(from, at) + 1);
  for (const each of some) box(each).checked = range && from >= 0 ? true : checked;
  last = line.dataset.number;
  say();
};

const pickAll = () => {
  const on = boxes().some((one) => !one.checked);
  for (const one of boxes()) one.checked = on;
  say();
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (root.dataset.singleKeys === "off" || typing(event.target) || document.querySelector("dialog[open]")) return;
  const row = document.querySelector('#pile [data-row][aria-current="true"]');
  const key = event.key.toLowerCase();
  const onButton = event.target.matches?.("a, button, summary");
  if (key === "a" && boxes().length) pickAll();
  else if (row && box(row.closest("tbody")) && (key === "x" || (key === " " && !onButton))) pick(row.closest("tbody"), { range: event.shiftKey });
  else return;
  event.preventDefault();
}, true);

// With the mouse: Shift and a click select all from the last one.
document.addEventListener("click", (event) => {
  const one = event.target.closest?.('#pile input[name="line"]');
  if (one) pick(one.closest("tbody"), { range: event.shiftKey, to: one.checked });
});
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-pick-all]")) return;
  for (const one of boxes()) one.checked = event.target.checked;
  say();
});

document.addEventListener("focusin", (event) => {
  const line = event.target.closest?.("#pile tbody[data-number]");
  if (line) here = line.id;
  say();
});

// Esc in "Move to…" goes back to the row.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.target.id !== "bulk-into") return;
  event.preventDefault();
  hereLine()?.querySelector("[data-row]").focus();
}, true);

// Without a selection it is the current row that is meant.
document.addEventListener("formdata", ({ target, formData }) => {
  const line = hereLine();
  if (target === pile() && line) formData.set("current", line.dataset.number);
});

/* After a move: the field is empty, what is left is not selected, and one goes on where one was. */
let before = [];
document.addEventListener("htmx:before:swap", () => { before = lines().map((line) => line.id); });

const goOn = () => {
  const at = before.indexOf(here);
  const after = at < 0 ? before : [...before.slice(at), ...before.slice(0, at).reverse()];
  const next = after.map((id) => document.getElementById(id)).find(Boolean) ?? lines()[0];
  document.querySelector("#bulk-problem")?.replaceChildren();
  const into = document.getElementById("bulk-into");
  if (into) into.value = "";
  for (const one of boxes()) one.checked = false;
  here = next?.id ?? null;
  next?.querySelector("[data-row]").focus({ preventScroll: true });
  say();
};

document.addEventListener("grouped", goOn);
document.addEventListener("htmx:after:swap", say);
say();
