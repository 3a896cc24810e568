/* Resolves data-theme="system" to what the person's machine prefers, before the first paint, and follows its changes. */
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const resolve = () => {
    const wanted = root.dataset.theme || "system";
    root.dataset.bsTheme = wanted === "system" ? (dark.matches ? "dark" : "light") : wanted;
  };

  resolve();
  dark.addEventListener("change", resolve);
  new MutationObserver(resolve).observe(root, { attributeFilter: ["data-theme"] });
})();
