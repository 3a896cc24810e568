/* The sheet on paper runs from the first line to the last: newest first is for the screen. */

let asOnScreen = null;

/* A day's heading stays above its lines: turn the days, and the lines within each. */
const forwards = (bodies) => {
  const days = [{ heading: [], lines: [] }];
  for (const body of bodies) {
    if (body.matches(".day")) days.push({ heading: [body], lines: [] });
    else days.at(-1).lines.push(body);
  }
  return days.reverse().flatMap(({ heading, lines }) => [...heading, ...lines.reverse()]);
};

const toPaper = () => {
  if (asOnScreen) return;
  asOnScreen = [];
  for (const table of document.querySelectorAll("table.sheet:not(.paper-sheet)")) {
    const bodies = [...table.tBodies].filter((body) => body.matches(".day, .line"));
    asOnScreen.push([table, bodies]);
    table.append(...forwards(bodies));
  }
};

const toScreen = () => {
  for (const [table, bodies] of asOnScreen ?? []) table.append(...bodies);
  asOnScreen = null;
};

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
