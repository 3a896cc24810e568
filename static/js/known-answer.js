/*
 * What is said of the known answer while a line is typed: used, did not fit (and why), nothing known. It stands in
 * the entry form's own fields #entry-known and #entry-known-reason, so that it is kept and sent with the line.
 * And the guide beside it, by one key. Nothing here moves the focus but the wish to say why it did not fit.
 */

const said = () => document.getElementById("entry-known");
const reason = () => document.getElementById("entry-known-reason");
const concern = () => document.getElementById("entry-concern");
const inOneLine = (text) => text.trim().replace(/\s+/g, " ");

const valueOf = ({ dataset }) => {
  if (dataset.use) return `used:${dataset.use}`;
  return dataset.misfit ? `did_not_fit:${dataset.misfit}` : "nothing";
};

const offered = () => document.querySelector("#known [data-use]")?.dataset.use ?? "";
let beside; // the answer, if any, that was offered when nothing was said to be known

/* The buttons say what stands in the field; the reason is asked for only where it is wanted. */
const mark = () => {
  const now = said()?.value ?? "";
  for (const button of document.querySelectorAll("#known :is([data-use], [data-misfit], [data-nothing])")) {
    button.setAttribute("aria-pressed", String(now === valueOf(button)));
  }
  const why = document.getElementById("known-why");
  if (why) why.hidden = !now.startsWith("did_not_fit:");
};

const say = (value) => {
  const field = said();
  if (!field) return;
  field.value = value;
  beside = value === "nothing" ? offered() : undefined;
  if (!value.startsWith("did_not_fit:") && reason()) reason().value = "";
  field.dispatchEvent(new Event("input", { bubbles: true })); // a draft keeps it
  mark();
};

/* "Nothing known" was said before there was this answer: it holds no longer. */
const forget = () => {
  if (said()?.value !== "nothing" || !offered()) return;
  const isOffered = document.querySelector("#known [data-nothing]");
  if (!isOffered || ![undefined, offered()].includes(beside)) say("");
};

// On the way down: known.js fills the resolution after this, or puts back what stood there.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("#known :is([data-take], [data-misfit], [data-nothing])");
  if (!button) return;
  if (button.matches("[data-take]:not([data-use])")) { // how another line ended: the answer is not used
    if (said()?.value.startsWith("used:")) say("");
    return;
  }
  const value = valueOf(button);
  const use = document.querySelector("#known [data-use][aria-pressed=true]");
  if (use && use !== button) use.click(); // what it filled in is put back
  const isOn = button.dataset.use
    ? document.getElementById("entry-resolution")?.value === inOneLine(button.querySelector("[data-resolution]").textContent)
    : said()?.value === value;
  say(isOn ? "" : value);
  if (!isOn && button.dataset.misfit) reason()?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target !== reason()) return;
  event.preventDefault();
  event.stopPropagation();
  say("");
  concern()?.focus();
}, true);

/* The panel is written anew while one types, the entry row after each line. */
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.id === "known" || target.id === "entry" || target.querySelector?.("#entry"))) { forget(); mark(); }
}).observe(document.getElementById("main"), { childList: true, subtree: true });
mark();

/* The guide: fetched once, shown and put away by the same key. */

const guideIn = (text) => {
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-guide]");
  return found && document.adoptNode(found);
};

const showGuide = async (place) => {
  place.hidden = !place.hidden;
  if (place.hidden || place.hasChildNodes()) return;
  try {
    const response = await fetch(place.dataset.src, {
      credentials: "same-origin", cache: "no-store",
      headers: { "HX-Request": "true", "X-Tala-User": document.body.dataset.user ?? "" },
    });
    const guide = response.ok && guideIn(await response.text());
    if (!guide) throw new Error("no answer of ours");
    place.replaceChildren(guide);
  } catch {
    place.textContent = "The guide could not be fetched just now.";
    setTimeout(() => place.replaceChildren(), 3_000);
  }
};

document.addEventListener("click", (event) => {
  const place = document.getElementById("guide");
  if (!place || !event.target.closest?.("[data-guide-key]")) return;
  event.preventDefault();
  if (!document.activeElement?.closest("#entry")) concern()?.focus(); // it stands beside the entry row
  showGuide(place);
});
document.addEventListener("mousedown", (event) => { // the field being typed in keeps the focus
  if (event.target.closest?.("[data-guide-key]")) event.preventDefault();
});
