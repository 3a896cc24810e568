/*
 * The session is over, the page is not: a dialog over it asks for the password, and the text stays where it is.
 * Somebody else signing in here ends the page; what its person typed stays for them.
 */

import { person, tell, hear, whoIsHere } from "./person.js";

const dialog = document.getElementById("sign-in-again");
const form = dialog?.querySelector("form");
const problem = dialog?.querySelector("[data-problem]");
const QUIET = 300_000; // milliseconds after "Later" in which polling does not ask again
let isOther = false;
let quietUntil = 0;

const show = (words = "") => {
  problem.textContent = words;
  problem.hidden = !words;
};

const open = () => {
  if (!dialog || dialog.open || isOther) return;
  show();
  dialog.showModal();
  form.password.focus();
};

/* Another person's page from now on: says so, and goes to theirs. */
const leave = (name) => {
  isOther = true;
  dialog.querySelector("[data-again]").hidden = true;
  const other = dialog.querySelector("[data-other]");
  other.hidden = false;
  other.querySelector("[data-words]").textContent = `${name || "Somebody else"} is signed in in this browser now. What ${person.name} typed is kept for ${person.name}.`;
  if (!dialog.open) dialog.showModal();
  other.querySelector("button").focus();
};

const settle = async () => {
  const here = await whoIsHere();
  if (!here.user) return false;
  if (here.user !== person.user) {
    leave(here.name);
    return true;
  }
  dialog.close();
  form.reset();
  tell("signed-in");
  document.dispatchEvent(new CustomEvent("sheet-changed"));
  return true;
};

const reasonIn = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector(".errors li, .alert li, .invalid-feedback, .alert, .errors, main p")?.textContent.trim() || "That did not work. Try again.";
};

const signIn = async () => {
  const { token } = await whoIsHere();
  const body = new URLSearchParams({ login: form.login.value, password: form.password.value, csrfmiddlewaretoken: token });
  const response = await fetch(form.action, {
    method: "POST", body, credentials: "same-origin", cache: "no-store",
    headers: { "X-Tala-Outbox": "1", "X-CSRFToken": token }, signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (!(await settle())) show(reasonIn(text));
};

if (dialog) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      if (!(await settle())) await signIn();
    } catch {
      show("No answer from the server. Your text is still here; try again in a moment.");
    }
    button.disabled = false;
    if (dialog.open && !isOther) form.password.select();
  });
  dialog.addEventListener("cancel", (event) => { if (isOther) event.preventDefault(); });
  dialog.addEventListener("close", () => { quietUntil = Date.now() + QUIET; });
  dialog.querySelector("[data-other] button").addEventListener("click", () => location.assign("/"));
  hear("signed-out", open);
  hear("signed-in", (said, here) => { if (!here && dialog.open && !isOther) dialog.close(); });
  hear("someone-else", async () => { leave(await whoIsHere().then(({ name }) => name).catch(() => "")); });
  document.addEventListener("htmx:response:error", ({ detail }) => {
    const { status, headers } = detail.ctx.response;
    if (status === 401 && Date.now() > quietUntil) open();
    if (headers.get("X-Tala-Refused") === "user") tell("someone-else");
  });
}
