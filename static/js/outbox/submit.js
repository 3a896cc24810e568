/*
 * Enter in a form[data-outbox]: what it says is kept before it is sent. The entry row is free for the next line at
 * once; other forms stay until the answer comes, which is shown as if they had been sent the plain way.
 */

import { person, pageId, uuid, tell, hear } from "./person.js";
import * as store from "./store.js";
import { read, named, empty } from "./fields.js";
import { forms, nameOf, draftId, draftOf, isEntry, isUntouched, letGo, putBack, leaveAlone } from "./drafts.js";
import { sendAgain } from "./sender.js";
import { say } from "./notes.js";

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LETTER = /^[\p{L}\p{N}]$/u;
const GLANCE = 2_000; // milliseconds in which nobody has read a question yet and typed a shortcut on purpose
let cameBack = null; // the item whose question has just come back by itself, and until when that is "just"
let last = 0;
const inOrder = () => { last = Math.max(Date.now(), last + 1); return last; };

const itemOf = (form, said) => {
  const key = said.find(([name]) => name === "key")?.[1] ?? "";
  return {
    key: KEY.test(key) ? key : `${person.user}|${nameOf(form)}|${pageId}`, rev: uuid(), user: person.user, page: pageId,
    kind: isEntry(form) ? "line" : "form", form: nameOf(form), what: form.dataset.outbox,
    program: document.body.dataset.program ?? "", home: form.dataset.outboxHome ?? location.pathname,
    url: form.getAttribute("action"), fragment: form.hasAttribute("hx-post"), said,
    typed: Date.now(), order: inOrder(), state: "waiting", reason: "", tries: 0,
  };
};

/* A fresh entry row: no words, no errors, a new key, the caret in the agent field (or the time, on an earlier sheet). */
const freshen = (form) => {
  empty(form);
  for (const field of named(form)) if (field.name === "key") field.value = uuid();
  document.querySelector("#entry .entry-errors")?.remove();
  document.getElementById("known")?.replaceChildren();
  const more = document.getElementById("entry-more");
  if (more) more.hidden = true;
  document.querySelector('[data-toggle="#entry-more"]')?.setAttribute("aria-expanded", "false");
  (document.querySelector("#entry-time[data-now]") || !document.getElementById("entry-time")
    ? document.getElementById("entry-agent") : document.getElementById("entry-time"))?.focus();
};

const isMissing = (form) => isEntry(form) && named(form).some((field) => field.required && !field.value.trim());

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!person.user || !form.matches("form[data-outbox]") || event.defaultPrevented) return;
  // An unfinished entry is asked about in place, by the server; nothing is put into the outbox.
  if (isMissing(form) && window.htmx) return;
  event.preventDefault();
  if (isMissing(form)) { form.reportValidity(); return; }
  event.stopImmediatePropagation();
  cameBack = null; // answered
  const { said, cards } = read(form, event.submitter);
  const item = itemOf(form, said);
  const draft = draftId(form);
  letGo(form);
  if (item.kind === "line") freshen(form);
  else form.classList.add("htmx-request");
  await store.keep(item, draft);
  tell("kept");
  tell("changed");
  sendAgain();
  if (cards.length) say(`A card number ending in ${cards.join(", ")} was masked before it was kept.`, { urgent: true });
}, true);

const swap = (text, target, how) => window.htmx?.swap({ text, target, swap: how, sourceElement: target, hx: {} });
const refresh = () => document.dispatchEvent(new CustomEvent("sheet-changed"));
const isHere = (url) => new URL(url, location.href).href === new URL(location.pathname + location.search, location.href).href;

/* The whole page as the server answered it to a form that is no fragment, under its name. */
const showPage = (text, name) => {
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  if (!main) return;
  document.getElementById("main").replaceChildren(...document.adoptNode(main).childNodes);
  forms().filter((form) => nameOf(form) === name).forEach(leaveAlone);
  window.htmx.process(document.getElementById("main"));
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
};

const lineAnswered = async (answer) => {
  const waiting = document.getElementById("waiting");
  if (answer.ok) {
    if (waiting && answer.page === pageId && isHere(answer.url)) await swap(answer.text, waiting, "afterend");
    else if (answer.page === pageId) say("Saved.", { kind: "success" });
    refresh();
    return;
  }
  // What the person can set right comes back; a role or a program that is gone waits in the list.
  if (![409, 422].includes(answer.status)) return;
  const form = document.getElementById("entry-form");
  if (!form || nameOf(form) !== new URL(answer.url, location.href).pathname || !isUntouched(form)) return;
  const item = (await store.items()).find((one) => one.key === answer.key && one.state === "needs");
  if (!item || !(answer.page === pageId || answer.here) || !(await backIntoEntry(form, item))) return;
  cameBack = { item, until: performance.now() + GLANCE };
};

/*
 * Who types on before having seen the question is at the next line: the first letter lets the question wait in the
 * list, with its line, and stands in a fresh entry row. A blank within a name would have pressed the answer's button.
 */
document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  if (!LETTER.test(key) || ctrlKey || altKey || metaKey || !target.closest?.("#entry .entry-errors")) return;
  if (!cameBack || performance.now() > cameBack.until) return;
  const form = document.getElementById("entry-form");
  const { item } = cameBack;
  cameBack = null;
  event.stopImmediatePropagation(); // a letter here is no shortcut
  letGo(form);
  freshen(form);
  store.keep(item, draftId(form)).then(() => tell("changed"));
}, true);

/* What an item says; under a new key when the old one stands for other words already. */
export const saidBy = (item) => (item.anew ? item.said.map(([name, value]) => [name, name === "key" ? uuid() : value]) : item.said);

/* Put an item back into the entry row, with the server's words about it; false when it has to wait after all. */
export const backIntoEntry = async (form, item) => {
  const said = saidBy(item);
  if (!(await store.toDraft(item, draftOf(form, said)))) return false;
  if (!isUntouched(form)) { // something was typed at this very moment
    await store.keep(item, draftId(form));
    tell("changed");
    return false;
  }
  if (item.answer?.includes('id="entry"')) await swap(item.answer, document.getElementById("entry"), form.getAttribute("hx-swap"));
  else {
    putBack(form, said);
    if (item.reason) say(`Not saved yet: ${item.reason}`, { urgent: true });
    document.getElementById("entry-concern")?.focus();
  }
  tell("changed");
  return true;
};

const formAnswered = async (answer) => {
  const form = answer.page === pageId && forms().find((one) => nameOf(one) === answer.form);
  if (!form) {
    if (answer.ok) refresh();
    return;
  }
  form.classList.remove("htmx-request");
  if (!answer.ok) {
    // What was refused stays in the form, and is a draft again.
    const item = (await store.items()).find((one) => one.key === answer.key && one.state === "needs");
    if (!item || !(await store.toDraft(item, draftOf(form, item.said)))) return;
    tell("changed");
    if (answer.elsewhere) { say(item.reason, { urgent: true }); return; }
  }
  if (answer.ok && (await store.drafts()).some((draft) => draft.id === draftId(form))) {
    say(`${form.dataset.outbox} is saved. What you typed after that is not yet.`);
    return; // typed on while it waited: the form stays as it is
  }
  const aim = form.getAttribute("hx-target");
  const place = aim && document.querySelector(aim);
  if (answer.location) location.assign(answer.location);
  else if (place) await swap(answer.text, place, form.getAttribute("hx-swap"));
  else if (!answer.ok) showPage(answer.text, answer.form);
  if (answer.ok && !answer.location) refresh();
};

hear("answered", (answer, here) => (answer.kind === "line" ? lineAnswered({ ...answer, here }) : formAnswered(answer)));

// A change that could not be sent at once: the form stays, and says so once.
hear("changed", async () => {
  const waiting = (await store.items()).filter((item) => item.page === pageId && item.kind === "form" && item.tries);
  for (const form of forms().filter((one) => one.matches(".htmx-request"))) {
    const item = waiting.find((one) => one.form === nameOf(form));
    if (!item) continue;
    form.classList.remove("htmx-request");
    say(`${item.what} is kept here and saved as soon as the server answers.`);
  }
});
