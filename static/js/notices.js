/* Messages: close them, let good news go by itself, and say so when an answer did not come. */

import { makeNote } from "./note.js";

const LINGER = 12_000;
const alertBox = () => document.getElementById("notice");

const say = (words) => alertBox()?.replaceChildren(makeNote(words, "error"));

const linger = (note) => {
  if (note.dataset.lingers) return;
  note.dataset.lingers = "yes";
  const leave = () => {
    if (note.matches(":hover, :focus-within")) setTimeout(leave, LINGER / 4);
    else note.remove();
  };
  setTimeout(leave, LINGER);
};

const watch = (box) => {
  // A message with something to press stays until it is closed.
  const mind = () => {
    for (const note of box.querySelectorAll(".note-success, .note-info")) {
      if (!note.querySelector("form, a")) linger(note);
    }
  };
  mind();
  new MutationObserver(mind).observe(box, { childList: true, subtree: true });
};

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.closest(".note")?.remove();
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx?.request) {
    say("No answer from the server. What you typed is still here; try again in a moment.");
  }
});

document.addEventListener("htmx:response:error", (event) => {
  const { status, headers } = event.detail.ctx.response;
  if (status >= 500) {
    const reason = headers.get("X-Tala-Reason") ?? "Something broke on our side.";
    say(`${reason} What you typed is still here; try again in a moment.`);
  }
});

// The next good answer takes the last refusal away.
document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.sourceEvent?.type !== "every") alertBox()?.replaceChildren();
});

const box = document.getElementById("messages");
if (box) watch(box);
