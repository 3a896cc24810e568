/* "n waiting" in the header of every page, and the list behind it: what waits, why, and what one can do about it. */

import { person, hear, tell } from "./person.js";
import * as store from "./store.js";
import { forms, nameOf, isEntry, isUntouched, leftBehind } from "./drafts.js";
import { backIntoEntry, saidBy } from "./submit.js";
import { sendAgain } from "./sender.js";
import { inShort } from "./fields.js";
import { clock, plural, say } from "./notes.js";

const OFTEN = 600_000; // milliseconds between looks for what is too old
const state = document.getElementById("outbox");
const dialog = document.getElementById("outbox-list");
const model = document.getElementById("outbox-item");
const expired = [];

const STATES = { waiting: "Waiting", "sign-in": "Sign in to send it", needs: "Needs you", draft: "Half typed", old: "Removed after 72 hours, not saved" };

const entryFor = (thing) => {
  const form = forms().find(isEntry);
  return form && nameOf(form) === thing.form ? form : null;
};

/* Back to where it was typed: into the entry row here, or as a draft that its own page picks up. */
const reopen = async (thing) => {
  const form = entryFor(thing);
  if (form && !isUntouched(form)) {
    dialog.close();
    say("The entry row is in use. Save or empty it first, then put this one back.", { urgent: true });
    return;
  }
  if (form && thing.rev) { dialog.close(); await backIntoEntry(form, thing); return; }
  const loose = { id: `${person.user}|${thing.form}|${thing.key ?? thing.id}`, user: person.user, page: "", form: thing.form,
    what: thing.what, program: thing.program, home: thing.home, said: saidBy(thing), at: Date.now() };
  if (thing.rev) await store.toDraft(thing, loose);
  else await store.takeDraft(thing.id, loose);
  location.assign(thing.home);
};

const ask = (button, sure) => {
  if (button.dataset.sure) return true;
  button.dataset.sure = "yes";
  button.textContent = sure;
  setTimeout(() => { button.textContent = "Discard"; delete button.dataset.sure; }, 5_000);
  return false;
};

const discard = async (thing, button) => {
  if (!ask(button, "Really discard?")) return;
  if (thing.rev) await store.drop(thing);
  else await store.dropDraft(thing.id);
  tell("changed");
};

const copy = async (thing, button) => {
  const text = thing.said.filter(([name]) => !["key", "version"].includes(name)).map(([name, value]) => value && `${name}: ${value}`).filter(Boolean).join("\n");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(button.closest("li").querySelector("[data-text]"));
  }
};

const entry = (thing, kind) => {
  const row = model.content.firstElementChild.cloneNode(true);
  const part = (name) => row.querySelector(`[data-${name}]`);
  part("what").textContent = `${thing.what}, ${clock(thing.typed ?? thing.at)}`;
  part("state").textContent = STATES[kind];
  part("state").classList.toggle("due", kind === "needs" || kind === "old");
  part("text").textContent = inShort(thing.said);
  part("why").textContent = thing.reason ?? "";
  part("back").textContent = entryFor(thing) ? "Put back" : "Open";
  part("back").hidden = kind === "old";
  part("discard").hidden = kind === "old";
  part("back").addEventListener("click", () => reopen(thing));
  part("copy").addEventListener("click", ({ currentTarget }) => copy(thing, currentTarget));
  part("discard").addEventListener("click", ({ currentTarget }) => discard(thing, currentTarget));
  return row;
};

const words = (items, drafts) => {
  const needs = items.filter((item) => item.state === "needs").length;
  const waits = items.length - needs;
  const said = [];
  if (waits) said.push(`${waits} waiting${items.some((item) => item.state === "sign-in") ? ", sign in" : ""}`);
  if (needs) said.push(needs === 1 ? "1 needs you" : `${needs} need you`);
  if (!said.length && drafts) said.push(`${drafts} half typed`);
  if (!said.length && expired.length) said.push(`${expired.length} not saved`);
  return said.join(" · ");
};

const draw = async () => {
  const items = await store.items();
  const drafts = await leftBehind();
  // What was sent a moment ago is no news; what is still here after that is.
  const slow = items.filter((item) => item.state !== "waiting" || item.tries || Date.now() - item.order > 900);
  if (slow.length < items.length) setTimeout(draw, 1_000);
  const said = words(slow, drafts.length);
  const button = state.querySelector("button");
  if (button.textContent !== said) button.textContent = said;
  button.hidden = !said;
  state.classList.toggle("due", items.some((item) => item.state === "needs"));
  const list = dialog.querySelector("[data-items]");
  const rows = [...items.map((item) => entry(item, item.state)), ...drafts.map((draft) => entry(draft, "draft")), ...expired.map((one) => entry(one, "old"))];
  if (!dialog.contains(document.activeElement) || !dialog.querySelector("[data-sure]")) list.replaceChildren(...rows);
  dialog.querySelector("[data-none]").hidden = rows.length > 0;
  dialog.querySelector("[data-now]").hidden = !items.some((item) => item.state !== "needs");
};

const purge = async () => {
  const { gone, count } = await store.purge();
  expired.push(...gone);
  const total = gone.length + count;
  if (!total) return;
  say(`${plural(total, "line")} you typed could not be sent within 72 hours and had to be removed from this browser.`,
    { urgent: true, ...(gone.length ? { button: "Show", press: () => dialog.showModal() } : {}) });
};

const sayUnprotected = () => {
  const words = document.getElementById("outbox-unprotected");
  if (words.hidden) say(words.textContent, { urgent: true });
  words.hidden = false;
};

if (person.user && state) {
  dialog.querySelector("[data-now]").addEventListener("click", () => sendAgain());
  dialog.addEventListener("toggle", draw);
  hear("changed", draw);
  hear("kept", (said, here) => { if (!here) draw(); });
  hear("unprotected", sayUnprotected);
  purge().then(draw).then(() => { if (!store.isProtected()) sayUnprotected(); });
  setInterval(() => purge().then(draw), OFTEN);
}

