/*
 * Sends what waits, one after the other and one tab at a time, until the server has said that it is saved.
 * Told to the person's pages: "changed" (look again), "answered" {key, page, ok, status, text, location, url, …}.
 */

import { person, tell, hear, token, whoIsHere } from "./person.js";
import * as store from "./store.js";

const PATIENCE = 20_000;
const LONGEST_PAUSE = 60_000;
let failures = 0;
let timer = null;
let running = null;
let again = false;
let stopped = false; // signed out, or somebody else is signed in

const locked = (work) => (navigator.locks ? navigator.locks.request("tala-outbox", work) : work());

const post = (item) => {
  const body = new URLSearchParams(item.said);
  body.set("typed_at", new Date(item.typed).toISOString());
  body.set("sent_at", new Date().toISOString());
  const headers = { "X-Tala-Outbox": "1", "X-Tala-User": item.user, "X-CSRFToken": token() };
  if (item.fragment) headers["HX-Request"] = "true";
  return fetch(item.url, {
    method: "POST", body, headers, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
  });
};

/* The reason in an answer, as text. */
const reasonIn = (text) => {
  const page = new DOMParser().parseFromString(`<table>${text}</table>`, "text/html");
  const said = [...page.querySelectorAll(".errors li, .note p, main p")].map((one) => one.textContent.trim()).filter(Boolean);
  return said[0]?.replace(" Nothing was changed, and what you typed is still here.", "") ?? "";
};

const ours = (response) => response.headers.has("X-Tala-Answer");

/* One try. Says "saved", "kept" (go on with the next), or "stop" (the server cannot be reached for now). */
const attempt = async (item) => {
  let response;
  let text = "";
  try {
    response = await post(item);
    if (response.status === 403 && ours(response) && (await whoIsHere()).user === item.user) response = await post(item);
    text = await response.text();
  } catch {
    return later(item, "No answer from the server.");
  }
  const { status } = response;
  if (!ours(response) || status === 429 || status >= 502) return later(item, status === 429 ? "Sent too often; waiting a little." : "No answer from the server.");
  if (status === 401) return hold(item, "sign-in", "Sign in again to send it.", () => tell("signed-out"));
  if (response.headers.get("X-Tala-Refused") === "user") return hold(item, "waiting", "Somebody else is signed in.", () => tell("someone-else"));
  if (status >= 500) {
    await store.change(item, { state: "waiting", reason: "Something broke on our side; it is tried again.", tries: item.tries + 1 });
    return "kept";
  }
  const answer = {
    key: item.key, kind: item.kind, page: item.page, form: item.form, url: item.url, ok: response.ok, status, text,
    location: response.headers.get("X-Tala-Location") ?? "", elsewhere: response.headers.has("HX-Retarget"),
  };
  if (response.ok) {
    const gone = await store.drop(item);
    tell("answered", answer);
    return gone ? "saved" : "kept";
  }
  const reason = reasonIn(text) || (status === 404 ? "What it belongs to is not here any more." : "It was not taken.");
  const anew = status === 422 && answer.elsewhere; // the key was used before for other words
  await store.change(item, { state: "needs", reason, anew, answer: answer.elsewhere ? "" : text });
  tell("answered", answer);
  return "kept";
};

const later = async (item, reason) => {
  await store.change(item, { state: "waiting", reason, tries: item.tries + 1 });
  return "stop";
};

const hold = async (item, state, reason, say) => {
  await store.change(item, { state, reason });
  stopped = true;
  say();
  return "stop";
};

const isDue = (item) => item.state !== "needs" && Date.now() - item.typed < store.KEPT;

const round = async () => {
  const tried = new Set();
  let broken = false;
  for (;;) {
    const next = (await store.items()).find((item) => isDue(item) && !tried.has(item.rev));
    if (!next) break;
    tried.add(next.rev);
    const result = await attempt(next);
    tell("changed");
    if (result === "stop") { broken = true; break; }
    if (result === "kept") broken ||= (await store.items()).some((item) => item.rev === next.rev && item.state !== "needs");
  }
  failures = broken ? failures + 1 : 0;
};

const pause = () => Math.min(LONGEST_PAUSE, 1_500 * 2 ** Math.min(failures - 1, 10)) * (0.75 + Math.random() / 2);

/* Send now what waits; resolves when there is nothing more to be done for the moment. */
export const send = () => {
  if (!person.user) return Promise.resolve();
  if (running) { again = true; return running; }
  clearTimeout(timer);
  running = (async () => {
    do {
      again = false;
      if (!stopped) await locked(round);
    } while (again && !stopped);
  })().catch(() => { failures += 1; }).finally(() => {
    running = null;
    if (failures && !stopped) timer = setTimeout(send, pause());
  });
  return running;
};

/* A reason to believe that it works now: sends at once. */
export const sendAgain = () => { stopped = false; return send(); };

hear("kept", (said, here) => { if (!here) send(); });
hear("signed-in", () => sendAgain());
addEventListener("online", () => send());
addEventListener("focus", () => { if (failures) send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && failures) send(); });
