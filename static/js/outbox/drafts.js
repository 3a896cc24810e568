/*
 * What is half typed in a form[data-outbox] comes back: kept in pieces of 200 ms, and when the page goes.
 * A draft belongs to the form's name and to the page it was typed in; when that page is gone, the next one that
 * shows the form takes it over, unless something is typed there or the server has just answered into it.
 */

import { person, pageId, livePages, tell, hear } from "./person.js";
import * as store from "./store.js";
import { read, fill, isTyped, isBlank } from "./fields.js";
import { say } from "./notes.js";

const PAUSE = 200;
const waits = new Map(); // form → timer
const seen = new WeakSet();
let ended = false;

export const forms = () => [...document.querySelectorAll("form[data-outbox]")];
export const nameOf = (form) => form.dataset.outboxId || new URL(form.action).pathname;
export const draftId = (form) => `${person.user}|${nameOf(form)}|${pageId}`;
export const isEntry = (form) => form.id === "entry-form";
const hasErrors = (form) => Boolean((isEntry(form) ? document.getElementById("entry") : form.closest("tbody") ?? form).querySelector(".errors"));
export const isUntouched = (form) => !hasErrors(form) && (isEntry(form) ? isBlank(form) : !isTyped(form));

export const draftOf = (form, said = read(form, null, { unfinished: true }).said) => ({
  id: draftId(form), user: person.user, page: pageId, form: nameOf(form), what: form.dataset.outbox,
  program: document.body.dataset.program ?? "", home: form.dataset.outboxHome ?? location.pathname, said, at: Date.now(),
});

const keepNow = (form) => {
  clearTimeout(waits.get(form));
  waits.delete(form);
  if (ended) return null;
  if (!isUntouched(form)) return store.keepDraft(draftOf(form));
  return store.dropDraft(draftId(form));
};

/* What was typed is on its way, or given up: no draft of it is written any more. */
export const letGo = (form) => {
  clearTimeout(waits.get(form));
  waits.delete(form);
};

export const stop = () => { ended = true; };

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.matches?.("form[data-outbox]")) return;
  clearTimeout(waits.get(form));
  waits.set(form, setTimeout(() => keepNow(form), PAUSE));
});
document.addEventListener("change", ({ target }) => {
  if (target.form?.matches?.("form[data-outbox]")) keepNow(target.form);
});
const keepAll = () => {
  for (const form of waits.keys()) if (!ended && !isUntouched(form)) store.keepDraftAtOnce(draftOf(form));
};
addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => { if (document.hidden) keepAll(); });

// Cancel, Esc: given up on purpose.
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-escape]")?.closest("form[data-outbox]");
  if (!form) return;
  letGo(form);
  store.dropDraft(draftId(form));
}, true);

/* Fill a form with what was kept, open what hides it, and keep it under this page's own name. */
export const putBack = (form, said) => {
  fill(form, said);
  const drawer = document.getElementById(`${isEntry(form) ? "entry" : form.id}-more`);
  if (drawer && [...drawer.querySelectorAll("input, textarea")].some((field) => field.value)) drawer.hidden = false;
  const fold = form.closest("details");
  if (fold) fold.open = true;
};

/* The server has just answered into it: what it says there stays, its version and key above all. */
export const leaveAlone = (form) => seen.add(form);

const orphans = async () => {
  const live = await livePages();
  return (await store.drafts()).filter((draft) => draft.page === pageId || !live.has(draft.page));
};

const restore = async (form) => {
  const found = (await orphans()).filter((draft) => draft.form === nameOf(form));
  for (const draft of found) {
    if (!form.isConnected || !isUntouched(form)) return true;
    if (await store.takeDraft(draft.id, draftOf(form, draft.said))) {
      if (!form.isConnected || !isUntouched(form)) { // somebody began to type in this very moment
        await store.keepDraft({ ...draft, page: "" });
        return true;
      }
      putBack(form, draft.said);
      say("What you had half typed is back.");
      tell("changed");
      return true;
    }
  }
  return false;
};

// The page that held it may take a moment to be gone after a reload.
const restoreSoon = async (form) => {
  for (const wait of [0, 150, 400, 1_000]) {
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    if (!form.isConnected || await restore(form)) return;
  }
};

// A row in which something was typed is opened again; its form then finds its draft.
const opens = (path) => `a[hx-get="${CSS.escape(path)}"]`;
const reopenRows = async () => {
  for (const draft of await orphans()) {
    const link = document.querySelector(`.line ${opens(`${draft.form}edit/`)}, .line ${opens(draft.form)}, .told ${opens(draft.form)}`);
    if (link && !forms().some((form) => nameOf(form) === draft.form)) link.click();
  }
};

const look = () => {
  for (const form of forms()) {
    if (seen.has(form)) continue;
    seen.add(form);
    restoreSoon(form);
  }
};

/* Drafts that no form on any live page shows. */
export const leftBehind = async () => {
  const here = new Set(forms().filter((form) => !isUntouched(form)).map(draftId));
  return (await orphans()).filter((draft) => !here.has(draft.id));
};

if (person.user) {
  look();
  for (const wait of [50, 700]) setTimeout(reopenRows, wait);
  document.addEventListener("htmx:after:swap", look);
  hear("put-back", look);
}
