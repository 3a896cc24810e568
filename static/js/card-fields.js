/*
 * A card number typed into any field is masked where the person sees it: when it is pasted, when the field is left,
 * when the typing goes on past it; and whatever a form sends is masked once more, however it is sent.
 */

import { maskCards } from "./cards.js";
import { makeNote } from "./note.js";

const LEFT_ALONE = "[type=password], [name=csrfmiddlewaretoken], [name=key], [name=masked]";
const TEXTS = "textarea, input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=url], input[type=email]";
const IDLE = 1_500;
const LONG = 100_000; // characters from which a text is not looked through at every key
const STILL_TYPING = /\p{Nd}[\s.\-/]?$/u;

const noted = new WeakMap(); // field → what was masked in it
const waits = new WeakMap();

// Numbers that a captain said are no cards.
export const allowed = () => JSON.parse(document.getElementById("not-cards")?.textContent || "[]");

const region = () => {
  const found = document.getElementById("card-notice");
  if (found) return found;
  const made = document.createElement("div");
  made.id = "card-notice";
  made.setAttribute("role", "status");
  document.querySelector(".notices")?.append(made);
  return made;
};

const say = (words) => region().replaceChildren(makeNote(words, "warning"));

const wordsFor = (found) => {
  const lasts = [...new Set(found.map(({ last }) => last))];
  if (!lasts.length) return "A card’s security code was masked.";
  if (lasts.length === 1) return `A card number ending ${lasts[0]} was masked.`;
  if (lasts.length > 5) return `${lasts.length} card numbers were masked.`;
  return `Card numbers ending ${lasts.slice(0, -1).join(", ")} and ${lasts.at(-1)} were masked.`;
};

const isOurs = (field) => field?.matches?.(TEXTS) && !field.matches(LEFT_ALONE) && !field.readOnly;

const maskField = (field) => {
  clearTimeout(waits.get(field));
  const before = field.value;
  const { text, found } = maskCards(before, allowed());
  if (text === before) return;
  const fromEnd = before.length - (field.selectionEnd ?? before.length);
  field.value = text;
  if (document.activeElement === field && field.type !== "email") {
    const caret = Math.max(0, text.length - fromEnd);
    field.setSelectionRange(caret, caret);
  }
  noted.set(field, [...(noted.get(field) ?? []), ...found]);
  say(wordsFor(found));
};

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!isOurs(field) || event.isComposing) return;
  clearTimeout(waits.get(field));
  const before = field.value.slice(0, field.selectionEnd ?? undefined);
  const mayWait = field.value.length > LONG || STILL_TYPING.test(before);
  const isTyping = mayWait && (event.inputType ?? "").startsWith("insertText");
  if (isTyping) waits.set(field, setTimeout(() => maskField(field), IDLE));
  else maskField(field);
}, true);

for (const moment of ["change", "compositionend"]) {
  document.addEventListener(moment, ({ target }) => { if (isOurs(target)) maskField(target); }, true);
}

document.addEventListener("submit", ({ target }) => {
  for (const field of target.elements ?? []) if (isOurs(field)) maskField(field);
}, true);

// What is sent, or kept to be sent: masked even where nothing above came first, with what was masked in it.
document.addEventListener("formdata", ({ target, formData }) => {
  const passwords = new Set([...target.elements].filter((field) => field.type === "password").map((field) => field.name));
  const masked = [];
  for (const field of target.elements) {
    const found = (noted.get(field) ?? []).filter(({ last }) => field.value.includes(`•••• ${last}`));
    for (const number of found) masked.push([field.name, number]);
  }
  for (const name of new Set(formData.keys())) {
    if (passwords.has(name) || name === "csrfmiddlewaretoken" || name === "key") continue;
    const values = formData.getAll(name);
    if (values.some((value) => typeof value !== "string")) continue;
    const clean = values.map((value) => maskCards(value, allowed()));
    if (clean.every(({ text }, at) => text === values[at])) continue;
    formData.delete(name);
    for (const { text, found } of clean) {
      formData.append(name, text);
      for (const number of found) masked.push([name, number]);
    }
  }
  if (target.method !== "post") return;
  for (const said of new Set(masked.map(([name, { first, last, digits }]) => `${name} ${first} ${last} ${digits}`))) {
    formData.append("masked", said);
  }
}, true);

// A form filled in again with what was kept of it: what was masked then is named again when it is sent.
export const noteAgain = (form, said) => {
  for (const [name, value] of said) {
    const [field, first, last, digits] = name === "masked" ? value.split(" ") : [];
    const at = field && [...form.elements].find((one) => one.name === field);
    if (at) noted.set(at, [...(noted.get(at) ?? []), { first, last, digits: Number(digits) }]);
  }
};

// What the server masked in an answer to htmx.
document.addEventListener("cards-masked", ({ detail }) => say(detail.words));
region();
