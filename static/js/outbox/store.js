/*
 * What this browser keeps, in IndexedDB: items (sent by Enter, not yet saved), drafts (half typed) and notes
 * (how many lines of a person had to be removed unsent). Each record carries its user. Where IndexedDB is not to
 * be had, the page's memory takes its place, and `isProtected()` says no.
 */

import { person, tell } from "./person.js";

export const KEPT = 72 * 3600_000; // milliseconds; the server takes a time of typing no further back

const STORES = { items: "key", drafts: "id", notes: "id" };
let opening = null;
let ready = null; // the open database, for the moment when a page goes
let memory = null;

export const isProtected = () => !memory;

const asPromise = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const open = () => {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("tala", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      ready = request.result;
      ready.onclose = () => { opening = ready = null; };
      ready.onversionchange = () => { request.result.close(); opening = ready = null; };
      resolve(ready);
    };
    request.onerror = () => reject(request.error);
    setTimeout(() => reject(new Error("IndexedDB does not answer")), 5_000);
  });
  return opening;
};

const inMemory = () => {
  if (!memory) {
    memory = {};
    for (const [name, keyPath] of Object.entries(STORES)) {
      const rows = new Map();
      memory[name] = {
        get: async (key) => structuredClone(rows.get(key)),
        getAll: async () => structuredClone([...rows.values()]),
        put: async (row) => { rows.set(row[keyPath], structuredClone(row)); },
        delete: async (key) => { rows.delete(key); },
      };
    }
    tell("unprotected");
  }
  return memory;
};

const once = async (mode, work, durability) => {
  const db = await open();
  const transaction = db.transaction(Object.keys(STORES), mode, { durability });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  done.catch(() => {});
  const stores = {};
  for (const name of Object.keys(STORES)) {
    const store = transaction.objectStore(name);
    stores[name] = Object.fromEntries(
      ["get", "getAll", "put", "delete"].map((verb) => [verb, (...args) => asPromise(store[verb](...args))]),
    );
  }
  const result = await work(stores);
  await done;
  return result;
};

/* One transaction over everything: `work` gets the stores and may await only them. */
const transact = async (mode, work, durability = "relaxed") => {
  for (let left = memory ? 0 : 2; left; left -= 1) {
    try {
      return await once(mode, work, durability);
    } catch {
      opening = null; // the connection may have been closed under us: once more with a new one
    }
  }
  return work(inMemory());
};

const mine = (rows) => rows.filter((row) => row.user === person.user);

export const items = async () => mine(await transact("readonly", ({ items }) => items.getAll())).sort((a, b) => a.order - b.order);
export const drafts = async () => mine(await transact("readonly", ({ drafts }) => drafts.getAll())).sort((a, b) => b.at - a.at);

/* Keep an item before it is sent; the draft it was typed as goes in the same transaction. */
export const keep = (item, draftId) => transact("readwrite", async ({ items, drafts }) => {
  await items.put(item);
  await drafts.delete(draftId);
}, "strict");

/* Change an item that is still the same; `rev` says so, as it may have been typed over meanwhile. */
export const change = ({ key, rev }, changes) => transact("readwrite", async ({ items }) => {
  const found = await items.get(key);
  if (found && found.rev === rev) await items.put({ ...found, ...changes });
  return Boolean(found && found.rev === rev);
});

export const drop = ({ key, rev }) => transact("readwrite", async ({ items }) => {
  const found = await items.get(key);
  if (!found || found.rev !== rev) return false;
  await items.delete(key);
  return true;
});

/* An item becomes a draft again; false when another tab was faster. */
export const toDraft = ({ key }, draft) => transact("readwrite", async ({ items, drafts }) => {
  if (!(await items.get(key))) return false;
  await items.delete(key);
  await drafts.put(draft);
  return true;
}, "strict");

export const keepDraft = (draft) => transact("readwrite", ({ drafts }) => drafts.put(draft));
/* The same while the page goes: committed at once, as nobody will be there to hear of it. */
export const keepDraftAtOnce = (draft) => {
  if (memory || !ready) return;
  const transaction = ready.transaction("drafts", "readwrite");
  transaction.objectStore("drafts").put(draft);
  transaction.commit();
};

export const dropDraft = (id) => transact("readwrite", ({ drafts }) => drafts.delete(id));

/* Take over what a page that is gone left behind; false when another page was faster. */
export const takeDraft = (id, draft) => transact("readwrite", async ({ drafts }) => {
  if (!(await drafts.get(id))) return false;
  await drafts.delete(id);
  await drafts.put(draft);
  return true;
});

/* Whose browser this is at the moment, for the page that stands in for the sheet without a network. */
export const rememberPerson = () => {
  const { user, name, login } = person;
  const { program, programName, zone } = document.body.dataset;
  if (!user || !program || !programName) return null;
  return transact("readwrite", async ({ notes }) => {
    const before = await notes.get("here");
    const programs = before?.user === user ? before.programs : {};
    await notes.put({ id: "here", user, name, login, programs: { ...programs, [program]: { name: programName, zone } } });
  });
};

/* Leave nothing of this person behind. */
export const forget = () => transact("readwrite", async (stores) => {
  for (const [name, keyPath] of Object.entries(STORES)) {
    for (const row of mine(await stores[name].getAll())) await stores[name].delete(row[keyPath]);
  }
}, "strict");

/*
 * What is older than KEPT goes. Of this person's it is given back once, to be shown; of others' only
 * how many there were stays, for them.
 */
export const purge = () => transact("readwrite", async ({ items, drafts, notes }) => {
  const old = (row) => (row.typed ?? row.at) < Date.now() - KEPT;
  const gone = [];
  for (const [store, keyPath] of [[items, "key"], [drafts, "id"]]) {
    for (const row of (await store.getAll()).filter(old)) {
      await store.delete(row[keyPath]);
      if (row.user === person.user) gone.push(row);
      else {
        const note = (await notes.get(row.user)) ?? { id: row.user, user: row.user, count: 0, at: Date.now() };
        await notes.put({ ...note, count: note.count + 1 });
      }
    }
  }
  const note = await notes.get(person.user);
  if (note) await notes.delete(person.user);
  return { gone, count: note?.count ?? 0 };
});
