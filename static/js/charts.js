/*
 * Charts by keyboard: a chart is one stop of the Tab key; arrows, Home and End go from value to value, t opens the table.
 * Without this module every value is a stop, and the table opens by its own summary.
 */

const marksOf = (chart) => [...chart.querySelectorAll(".ch-mark")];

document.addEventListener("focusin", ({ target }) => {
  const mark = target.closest?.(".ch-mark");
  if (!mark) return;
  for (const other of marksOf(mark.closest("[data-chart]"))) other.setAttribute("tabindex", other === mark ? "0" : "-1");
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const chart = event.target.closest?.("[data-chart]");
  if (!chart) return;
  if (event.key === "t") {
    const table = chart.querySelector("details");
    table.open = !table.open;
    table.querySelector("summary").focus();
    event.preventDefault();
    return;
  }
  const mark = event.target.closest(".ch-mark");
  if (!mark) return;
  const all = marksOf(chart);
  const at = all.indexOf(mark);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
});
