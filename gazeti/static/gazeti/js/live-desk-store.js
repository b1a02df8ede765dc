// Keeps what a reporter typed in this browser (IndexedDB) until the server has it: drafts by form, and what waits to be
// sent in its order. A picture is kept as bytes: the file it came from may be gone when the tab is opened again.

const NAME = "live-desk";

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened = null;
const open = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore("drafts", { keyPath: "form" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

// Resolves once the transaction is on the disk, not when its request was made.
const change = async (store, act) => {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, "readwrite", { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
};

const read = async (store, act) => asked(act((await open()).transaction(store).objectStore(store)));

export const add = (item) => change("waiting", (store) => store.add(item));
export const put = (item) => change("waiting", (store) => store.put(item));
export const drop = (id) => change("waiting", (store) => store.delete(id));
export const waiting = (user) => read("waiting", (store) => store.getAll()).then((all) => all.filter((one) => one.user === user));
// Lets whatever was written in a form on some words go on from a later version of them. Each store in one transaction, so
// that nothing comes back that is dropped meanwhile.
export const goOn = async ({ form, seen, version }) => {
  const renewed = (store) => {
    const request = store.openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      const one = cursor.value;
      const fields = one.fields?.map(([name, value]) => [name, name === "seen" && value === seen ? version : value]);
      if ((one.form ?? `${one.user} ${one.action}`) === form) cursor.update({ ...one, fields });
      cursor.continue();
    };
    return request;
  };
  await change("waiting", renewed);
  await change("drafts", renewed);
};

export const there = (id) => read("waiting", (store) => store.get(id));

export const keepDraft = (draft) => change("drafts", (store) => store.put(draft));
export const dropDraft = (form) => change("drafts", (store) => store.delete(form));
export const draftOf = (form) => read("drafts", (store) => store.get(form));

export const bytesOf = async (file) =>
  file && file.size ? { name: file.name, type: file.type, bytes: await file.arrayBuffer() } : null;

export const fileOf = (kept) => new File([kept.bytes], kept.name, { type: kept.type });
