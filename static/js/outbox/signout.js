/* Signing out with something unsent or half typed asks first, and leaves nothing of the person in this browser. */

import { person, tell, hear } from "./person.js";
import * as store from "./store.js";
import { forms, isUntouched, stop } from "./drafts.js";
import { sendAgain } from "./sender.js";
import { plural } from "./notes.js";

const dialog = document.getElementById("sign-out-ask");
let leaving = null;

const waiting = async () => {
  const items = (await store.items()).length;
  const kept = (await store.drafts()).length;
  return { items, drafts: Math.max(kept, forms().filter((form) => !isUntouched(form)).length) };
};

const goOut = async () => {
  stop();
  await store.forget();
  tell("forgotten");
  leaving.submit();
};

const describe = ({ items, drafts }) => {
  const parts = [];
  if (items) parts.push(`${plural(items, "line or change", "lines or changes")} not sent yet`);
  if (drafts) parts.push(`${plural(drafts, "half-typed text")}`);
  dialog.querySelector("[data-words]").textContent = `In this browser: ${parts.join(" and ")}. Signing out leaves nothing of yours behind here.`;
  dialog.querySelector("[data-send]").hidden = !items;
};

document.addEventListener("submit", async (event) => {
  if (!dialog || !event.target.matches("form[data-sign-out]")) return;
  event.preventDefault();
  leaving = event.target;
  const what = await waiting();
  if (!what.items && !what.drafts) { goOut(); return; }
  describe(what);
  dialog.querySelector("[data-problem]").hidden = true;
  dialog.showModal();
}, true);

dialog?.querySelector("[data-send]").addEventListener("click", async ({ currentTarget }) => {
  currentTarget.disabled = true;
  await sendAgain();
  currentTarget.disabled = false;
  const what = await waiting();
  if (!what.items) { goOut(); return; }
  describe(what);
  const problem = dialog.querySelector("[data-problem]");
  problem.textContent = "Not everything could be sent. Stay signed in, or discard it.";
  problem.hidden = false;
});
dialog?.querySelector("[data-discard]").addEventListener("click", goOut);

// Signed out in another tab: this one shows nothing of the person any more, and keeps nothing again.
hear("forgotten", (said, here) => {
  if (here) return;
  stop();
  location.replace("/");
});

if (person.user) document.documentElement.dataset.outbox = "ready";
