/* The page that stands in for the log sheet without a network: whose it is comes from this browser's own store. */

const SOON = 10_000;
const { dataset } = document.body;
let send = null;

/* Who signed in here last, and their programs; nothing after a sign-out. */
const lastPerson = () => new Promise((resolve) => {
  const request = indexedDB.open("tala", 1);
  request.onupgradeneeded = () => request.transaction.abort(); // there is nothing yet, and it stays so
  request.onerror = () => resolve(null);
  request.onsuccess = () => {
    const found = request.result.transaction("notes").objectStore("notes").get("here");
    found.onsuccess = () => { request.result.close(); resolve(found.result); };
    found.onerror = () => resolve(null);
  };
});

const start = async () => {
  const here = await lastPerson().catch(() => null);
  const slug = location.pathname.split("/")[2];
  const program = here?.programs?.[slug];
  if (!program) {
    document.getElementById("nobody").hidden = false;
    return;
  }
  Object.assign(dataset, { user: here.user, userName: here.name, userLogin: here.login, program: slug, zone: program.zone });
  for (const place of document.querySelectorAll("[data-name]")) place.textContent = here.name;
  for (const place of document.querySelectorAll("[data-program-name]")) place.textContent = program.name;
  document.getElementById("again-login").value = here.login;
  const form = document.getElementById("entry-form");
  form.action = `/p/${slug}/log/`;
  form.querySelector("[name=key]").value = crypto.randomUUID();
  document.getElementById("typing").hidden = false;
  ({ send } = await import(dataset.outbox));
  document.getElementById("entry-agent").focus();
};

// As soon as the server answers: what waits is sent, then the sheet itself; what is half typed goes with it.
const look = async () => {
  try {
    const response = await fetch("/accounts/here/", { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    if (!response.ok) return;
    await send?.();
    location.reload();
  } catch {
    // still not
  }
};

start();
addEventListener("online", look);
setInterval(look, SOON);
