/*
 * What is known of a concern, while it is typed: asked for after a few words, and for the topic that is chosen, and
 * shown in #known; a key takes over how a similar line ended, the answer in force with its topic, or the suggested
 * topic. It never moves the focus, changes nothing by itself, and gives way to saving. #known has the address
 * (data-src); its buttons are [data-topic] and [data-take], with [data-of] for the topic of an answer.
 */

import { allowed } from "./card-fields.js";
import { maskCards } from "./cards.js";

const PAUSE = 250;
const PATIENCE = 5_000;
const WORDS = 3; // while it is typed; once the field is left, any words will do
const LONGEST = 600;
const SAVING = "saving";

const panel = () => document.getElementById("known");
const field = (name) => document.getElementById(`entry-${name}`);
const inOneLine = (text) => text.trim().replace(/\s+/g, " ");

let timer = null;
let running = null; // the one request in flight
let asked = ""; // what was asked about last, answered or not
let askedOf = ""; // and of which chosen topic

const concern = () => inOneLine(maskCards(field("concern")?.value ?? "", allowed(), { unfinished: true }).text).slice(0, LONGEST);
const chosen = () => field("topic")?.value ?? "";
const isAsked = () => concern() === asked && chosen() === askedOf;
const isEnough = (text, isLeft) => (isLeft ? text.length > 3 : text.split(" ").length >= WORDS);

/* Words for a screen reader: polite, and only when they are others than before. */
const announce = (words) => {
  const place = document.getElementById("known-said");
  if (place && place.textContent !== words) place.textContent = words;
};

const note = (words) => {
  const made = document.createElement("p");
  made.className = "known-none";
  made.textContent = words;
  panel()?.replaceChildren(made);
};

const clear = () => {
  clearTimeout(timer);
  asked = "";
  if (panel()?.hasChildNodes()) panel().replaceChildren();
  announce("");
};

const answerIn = (text) => {
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-known]");
  return found && document.adoptNode(found);
};

const show = (answer) => {
  const place = panel();
  if (!place || place.contains(document.activeElement)) return; // somebody is in it: it stays as it is
  place.replaceChildren(answer);
  announce(answer.dataset.said);
  markTopic();
};

const fetched = async (text, signal) => {
  const url = new URL(panel().dataset.src, document.baseURI);
  url.searchParams.set("concern", text);
  if (askedOf) url.searchParams.set("topic", askedOf);
  const response = await fetch(url, {
    signal, credentials: "same-origin", cache: "no-store",
    headers: { "HX-Request": "true", "X-Tala-User": document.body.dataset.user ?? "" },
  });
  const answer = response.ok && answerIn(await response.text());
  if (!answer) throw new Error("no answer of ours");
  return answer;
};

const ask = async (text) => {
  if (running) return; // when it ends, the newest words are looked at
  if (!navigator.onLine) { note("No network: nothing is looked up."); return; }
  asked = text;
  askedOf = chosen();
  const mine = (running = new AbortController());
  const patience = setTimeout(() => mine.abort(), PATIENCE);
  try {
    const answer = await fetched(text, mine.signal);
    if (asked && chosen() === askedOf) show(answer); // never the answer of another topic
  } catch {
    if (asked) note("No answer just now.");
  } finally {
    clearTimeout(patience);
    running = null;
    if (mine.signal.reason !== SAVING && !isAsked()) look();
  }
};

const look = ({ isLeft = false } = {}) => {
  clearTimeout(timer);
  if (!panel()?.dataset.src) return;
  const text = concern();
  if (text && isAsked()) return;
  if (isEnough(text, isLeft)) ask(text);
  else if (!isLeft || !text) clear();
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
};

/* Saving comes first: what is asked is given up, and the next line begins with an empty place. */
const stop = () => {
  clear();
  filled = "";
  running?.abort(SAVING);
};

document.addEventListener("input", ({ target }) => { if (target.id === "entry-concern") soon(); });
document.addEventListener("change", ({ target }) => {
  if (target.id === "entry-concern") look({ isLeft: true });
  if (target.id === "entry-topic") {
    markTopic();
    if (asked) look({ isLeft: true }); // the answer is that of the topic
  }
});
document.addEventListener("focusin", ({ target }) => { if (target.closest?.("#entry .entry-row") && !asked) look({ isLeft: target.id !== "entry-concern" }); });
document.addEventListener("htmx:after:swap", () => { if (panel() && !panel().hasChildNodes()) { asked = ""; look({ isLeft: true }); } });
addEventListener("online", () => { asked = ""; look({ isLeft: true }); });
// Before anybody on the way down to the form: the outbox ends the event there.
addEventListener("submit", ({ target }) => { if (target.id === "entry-form") stop(); }, true);

/* Taking over. Pressed once more, a button puts back what stood there before. */

const own = { resolution: "", topic: "" };
let filled = ""; // the topic that came with the answer, put back with it

const setField = (name, value, kind) => {
  const input = field(name);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event(kind, { bubbles: true }));
};

const endings = () => [...document.querySelectorAll("#known [data-resolution]")].map((one) => inOneLine(one.textContent));

const take = (button) => {
  const text = inOneLine(button.querySelector("[data-resolution]").textContent);
  const now = field("resolution")?.value ?? "";
  const isTaken = now === text;
  if (!endings().includes(now)) own.resolution = now;
  setField("resolution", isTaken ? own.resolution : text, "input");
  if (button.dataset.of) takeItsTopic(button.dataset, isTaken);
  announce(isTaken ? "Put back." : "Taken over. The same key puts it back.");
};

const topics = () => [...document.querySelectorAll("#known [data-topic]")];

/* Which suggestion stands in the field, and which one the key takes next. */
const markTopic = () => {
  const all = topics();
  const now = field("topic")?.value ?? "";
  for (const button of all) button.setAttribute("aria-pressed", String(button.dataset.topic === now));
  const at = all.findIndex((button) => button.dataset.topic === now);
  const next = all[at + 1] ?? all[at];
  for (const button of all) {
    if (button === next) button.dataset.chord = "alt+t";
    else delete button.dataset.chord;
  }
};

/* Newer than this page, it is not in the list yet. */
const offer = (select, topic, name) => {
  if (![...select.options].some((option) => option.value === topic)) select.add(new Option(name, topic));
};

/* A topic's answer says which topic it is, when none is chosen. */
const takeItsTopic = ({ of, ofName }, isTaken) => {
  const select = field("topic");
  if (!select) return;
  if (isTaken && filled && select.value === filled) setField("topic", "", "change");
  if (isTaken || select.value) return;
  offer(select, of, ofName);
  filled = of;
  setField("topic", of, "change");
};

const takeTopic = (button) => {
  const select = field("topic");
  if (!select) return;
  const { topic } = button.dataset;
  const name = button.querySelector("span").textContent;
  filled = "";
  const isTaken = select.value === topic;
  if (!topics().some((one) => one.dataset.topic === select.value)) own.topic = select.value;
  offer(select, topic, name);
  setField("topic", isTaken ? own.topic : topic, "change");
  announce(isTaken ? "Topic put back." : `Topic: ${name}.`);
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("#known :is([data-take], [data-topic])");
  if (button) (button.matches("[data-take]") ? take : takeTopic)(button);
});
document.addEventListener("mousedown", (event) => { // the field being typed in keeps the focus
  if (event.target.closest?.("#known button")) event.preventDefault();
});
