/* Short words where the person is looking: #messages for what is well, #notice for what needs them. */

import { makeNote } from "../note.js";

export const say = (words, { urgent = false, kind = urgent ? "warning" : "info", button, press } = {}) => {
  const box = document.getElementById(urgent ? "notice" : "messages");
  if (!box) return;
  box.replaceChildren(makeNote(words, kind, { button, press }));
};

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/* "9:15 PM", with the day when that is not today; in the program's zone. */
export const clock = (instant) => {
  const zone = document.body.dataset.zone || undefined;
  const day = (date) => date.toLocaleDateString("en-GB", { timeZone: zone });
  const date = new Date(instant);
  const time = date.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone });
  if (day(date) === day(new Date())) return time;
  return `${date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: zone })}, ${time}`;
};
