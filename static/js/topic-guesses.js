/* Which topic each line in view may belong to: asked for some rows at a time, again after every step of grouping. */

const CHUNK = 12;
const MARGIN = 300; // pixels below the window that are asked for ahead

const address = () => document.getElementById("bench")?.dataset.guesses;
const cells = () => [...document.querySelectorAll("#pile td.c-guess")];
const known = new Set(); // numbers of lines that were asked about since the last step

const number = (cell) => cell.closest("tbody").dataset.number;
const inView = (cell) => {
  const { top, bottom } = cell.getBoundingClientRect();
  return bottom > -MARGIN && top < innerHeight + MARGIN;
};

let busy = false;
const ask = async () => {
  if (busy || document.hidden || !address()) return;
  const wanted = cells().filter((cell) => !known.has(number(cell)) && inView(cell)).slice(0, CHUNK);
  if (!wanted.length) return;
  busy = true;
  const query = new URLSearchParams(wanted.map((cell) => ["n", number(cell)]));
  for (const cell of wanted) known.add(number(cell));
  try {
    await htmx.ajax("GET", `${address()}?${query}`, { source: document.getElementById("engine"), target: "#engine", swap: "none" });
  } finally {
    busy = false;
  }
  later();
};

let timer;
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 100);
};

// The engine learns from every step: what was suggested before stays until the answer comes.
for (const step of ["grouped", "topics-changed"]) document.addEventListener(step, () => { known.clear(); later(); });
document.addEventListener("htmx:after:swap", later);
document.addEventListener("visibilitychange", later);
addEventListener("scroll", later, { passive: true });
addEventListener("resize", later, { passive: true });
addEventListener("load", later);
later();
