/* The lines that wait, as quiet rows of the sheet right under the entry row, newest first. */

import { hear } from "./person.js";
import * as store from "./store.js";
import { clock } from "./notes.js";
import { backIntoEntry } from "./submit.js";
import { isUntouched } from "./drafts.js";

const place = document.getElementById("waiting");
const form = document.getElementById("entry-form");
const value = (item, name) => item.said.find(([one]) => one === name)?.[1].trim() ?? "";

const cell = (kind, text) => {
  const made = document.createElement("td");
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
};

const rowOf = (item, index, all) => {
  const row = document.createElement("tr");
  row.className = item.state === "needs" ? "waits needs" : "waits";
  row.dataset.key = item.key;
  const said = item.state === "needs" ? `Needs you: ${item.reason}` : "Waiting";
  // A line that is on its way at this moment is nothing to talk about.
  const isSlow = all.some((one) => one.tries || one.state !== "waiting");
  const state = cell("c-waits", isSlow ? said : "");
  state.colSpan = 4;
  if (item.state === "needs") {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn-sm btn-outline-primary";
    back.textContent = "Put back";
    back.addEventListener("click", () => {
      if (isUntouched(form)) backIntoEntry(form, item);
      else document.getElementById("entry-concern")?.focus();
    });
    state.append(" ", back);
  }
  const time = value(item, "time") || clock(item.typed);
  row.append(cell("c-n", ""), cell("c-time", time), cell("c-agent", value(item, "agent")),
    cell("c-text", value(item, "concern")), cell("c-text", value(item, "resolution")), state);
  return row;
};

const draw = async () => {
  const waiting = document.getElementById("waiting");
  const here = new URL(form.action).pathname;
  const lines = (await store.items()).filter((item) => item.kind === "line" && new URL(item.url, location.href).pathname === here);
  waiting?.replaceChildren(...lines.reverse().map(rowOf));
};

if (place && form) {
  hear("changed", draw);
  draw();
}
