/*
 * The shift board says since when its figures are old while no answer comes, and recovers by itself.
 * Signed out, or not let in any more, it says so and asks no more. requests.js rests it while hidden.
 */

const board = document.getElementById("board");
const warnings = document.getElementById("board-warnings");
const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: document.body.dataset.zone });
const LATE = 50_000; // three answers that did not come, whatever became of them

let answered = Date.now();
let isOver = false;

const warn = (name) => {
  for (const warning of warnings.children) {
    const said = warning.dataset.warning === name;
    if (said && warning.hidden) warning.querySelector("[data-since]").textContent = clock.format(answered);
    if (warning.hidden === said) warning.hidden = !said;
  }
};

const heard = (status) => {
  if (status < 400) {
    answered = Date.now();
    warn("");
  } else if (status >= 500 || status === 429) {
    warn("away");
  } else {
    isOver = true;
    warn(status === 401 || status === 409 ? "out" : "gone");
  }
};

board.addEventListener("htmx:config:request", (event) => { if (isOver) event.preventDefault(); });
board.addEventListener("htmx:before:response", ({ detail }) => heard(detail.ctx.response.status));
// What is said about them elsewhere is about text that was typed: nothing is typed here.
board.addEventListener("htmx:response:error", (event) => event.stopPropagation());
board.addEventListener("htmx:error", (event) => {
  event.stopPropagation();
  if (!isOver) warn("away");
});

const look = () => {
  if (document.hidden || isOver) return;
  if (Date.now() - answered > LATE) warn("away");
};
setInterval(look, 5_000);

document.addEventListener("visibilitychange", () => {
  if (document.hidden || isOver) return;
  board.dispatchEvent(new CustomEvent("board-seen"));
});
