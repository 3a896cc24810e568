/* What a form says: read with card numbers masked, filled in again, emptied. Passwords, files and tokens are left alone. */

import { allowed, noteAgain } from "../card-fields.js";
import { maskCards } from "../cards.js";

const LEFT_ALONE = "[type=password], [type=file], [type=submit], [type=button], button, fieldset, output, [name=csrfmiddlewaretoken]";
const UNTYPED = new Set(["key", "version", "csrfmiddlewaretoken"]);

export const named = (form) => [...form.elements].filter((field) => field.name && !field.matches(LEFT_ALONE));
const typed = (form) => named(form).filter((field) => field.type !== "hidden");

/* [[name, value], …] with cards masked (in a draft also what may yet become one), and their last four digits. */
export const read = (form, submitter, { unfinished = false } = {}) => {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const passwords = new Set([...form.elements].filter((field) => field.matches("[type=password]")).map((field) => field.name));
  const said = [];
  const cards = [];
  for (const [name, value] of data) {
    if (typeof value !== "string" || name === "csrfmiddlewaretoken" || passwords.has(name)) continue;
    const masked = UNTYPED.has(name) ? { text: value, found: [] } : maskCards(value, allowed(), { unfinished });
    said.push([name, masked.text]);
    cards.push(...masked.found.map((found) => found.last));
  }
  return { said, cards };
};

export const fill = (form, said) => {
  noteAgain(form, said);
  for (const field of named(form)) {
    const values = said.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.includes(field.value);
    else if (values.length) field.value = values.at(-1);
  }
};

/* Whether somebody wrote something that the page did not say by itself. */
export const isTyped = (form) => typed(form).some((field) => {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option, at) => option.selected !== (option.defaultSelected || (at === 0 && !field.querySelector("[selected]"))));
  return field.value !== field.defaultValue;
});

/* Whether the text fields are all blank. */
export const isBlank = (form) => typed(form).every((field) => field.matches("select, [type=checkbox], [type=radio]") || !field.value.trim());

/* Back to a form nobody has written in, whatever the page said. */
export const empty = (form) => {
  for (const field of typed(form)) {
    if (field.matches("select")) field.selectedIndex = 0;
    else if (field.matches("[type=checkbox], [type=radio]")) field.checked = false;
    else field.value = field.defaultValue = "";
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
};

/* A few words of what was typed, for a list. */
export const inShort = (said) => said
  .filter(([name, value]) => !UNTYPED.has(name) && value.trim() && !["status", "requires_feedback", "shift", "agent_is", "masked", "topic", "known"].includes(name))
  .map(([, value]) => value.trim()).join(" · ");
