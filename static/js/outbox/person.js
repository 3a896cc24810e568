/* Whose page this is, which page of theirs, and the current CSRF token. */

const { user = "", userName = "", userLogin = "" } = document.body.dataset;

export const person = { user, name: userName, login: userLogin };

// Away from HTTPS and localhost a browser has neither randomUUID nor locks.
export const uuid = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

export const pageId = uuid();

// A page holds a lock of its name as long as it lives: what a dead page left behind can be taken over.
const lockOf = (id) => `tala-page-${id}`;
if (user) navigator.locks?.request(lockOf(pageId), () => new Promise(() => {}));

export const livePages = async () => {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace(lockOf(""), "")));
};

export const token = () => {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : "";
};

/* Who is signed in here now: {user, name, token}; also sets a fresh CSRF cookie. Throws when nobody answers. */
export const whoIsHere = async () => {
  const response = await fetch("/accounts/here/", {
    credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
};

const channel = "BroadcastChannel" in window ? new BroadcastChannel("tala-outbox") : null;
const heard = new Map();

/* Tell this page and the person's other pages; `hear` is called with what was told, and whether it was told here. */
export const tell = (what, more = {}) => {
  const said = { ...more, what, user };
  channel?.postMessage(said);
  for (const listener of heard.get(what) ?? []) listener(said, true);
};

export const hear = (what, listener) => heard.set(what, [...(heard.get(what) ?? []), listener]);

channel?.addEventListener("message", ({ data }) => {
  if (data?.user === user) for (const listener of heard.get(data.what) ?? []) listener(data, false);
});
