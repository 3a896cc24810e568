/*
 * Definitions beside figures: pointed at, focused or touched they show (that is CSS); here they are kept within the window,
 * and Escape puts one away until it is asked for again.
 */

const ruleOf = (node) => node?.closest?.(".rule");

const place = ({ target }) => {
  const rule = ruleOf(target);
  if (!rule || rule.contains(document.querySelector(".rule.is-placed"))) return;
  rule.classList.remove("is-away");
  const words = rule.querySelector(".rule-words");
  words.classList.remove("is-left");
  words.classList.toggle("is-left", words.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
};

document.addEventListener("pointerover", place);
document.addEventListener("focusin", place);
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const rule of document.querySelectorAll(".rule:is(:hover, :focus-within)")) rule.classList.add("is-away");
});
