// Sends what waits, one after the other in its order, whichever tab it was written in; the server knows each by its key,
// so that what is sent again is there once. While the line or the server is down all of it waits, and none overtakes
// another; what is refused itself is left where it stands, and the next one goes on.

import { drop, fileOf, goOn, put, waiting } from "./live-desk-store.js";

const SLOWEST = 60_000;
const FIRST = 2_000;
const PATIENCE = 60_000;
const PATIENCE_WITH_FILE = 300_000;
const LONGEST_ASKED = 300_000;
const TRIES = 5;
const ASK_LATER = new Set([408, 425, 429]);
const channel = "BroadcastChannel" in window ? new BroadcastChannel("live-desk") : null;

let user = "";
let token = "";
let changed = () => {};
let timer = 0;
let misses = 0;
let turns = Promise.resolve();
let isAsked = false;

export const setToken = (fresh) => {
  token = fresh;
};

// Safari before 16 and Chrome before 103 have no AbortSignal.timeout.
export const within = (patience) => {
  if (AbortSignal.timeout) return AbortSignal.timeout(patience);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), patience);
  return controller.signal;
};

const told = (step = {}) => {
  changed(step);
  channel?.postMessage(step);
};

const bodyOf = (item) => {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  if (item.file) body.append("picture", fileOf(item.file));
  body.append("key", item.key);
  body.append("as", item.user);
  return body;
};

const request = (item) =>
  fetch(item.action, {
    method: "POST",
    body: bodyOf(item),
    headers: { Accept: "application/json", "X-CSRFToken": token },
    redirect: "manual",
    signal: within(item.file ? PATIENCE_WITH_FILE : PATIENCE),
  });

const factsOf = (answer) => answer.json().catch(() => null);

const isForAll = (status) => status >= 500 || ASK_LATER.has(status);

const waitOf = (answer) => {
  const told = answer.headers.get("Retry-After") ?? "";
  return { wait: Number(told) * 1000 || Date.parse(told) - Date.now() || 0 };
};

// What the server says: "sent", "refused", "signin", "again" (with a fresh token); "server" and "network", which hold for
// whatever waits; or "moved" and "fault", where something else has to be asked to know whom it is about.
const judged = async (answer) => {
  if (answer.status === 401) return ["signin", {}];
  if (answer.type === "opaqueredirect") return ["moved", {}];
  if (answer.status === 500) return ["fault", {}];
  if (isForAll(answer.status)) return ["server", waitOf(answer)];
  const facts = await factsOf(answer);
  // Good news that cannot be read are somebody else's, or were cut off: by its key it is there once, however often it comes.
  if (answer.ok) return facts ? ["sent", facts] : ["network", {}];
  if (answer.status === 403 && facts?.token) return ["again", facts];
  return ["refused", facts ?? {}];
};

// Where something small comes through it is neither the line nor the server: a picture that is too large, or one of somebody
// who is signed out, is cut off unread, which looks as if the line failed; and no other redirect than that to the door is
// met by both.
const beside = async (item, alone) => {
  const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: within(PATIENCE) };
  try {
    const answer = await fetch(item.action.replace(/(\/live\/\d+\/).*/, "$1news/"), options);
    if (answer.type === "opaqueredirect" || answer.status === 401) return ["signin", {}];
    return isForAll(answer.status) ? ["server", waitOf(answer)] : [alone, {}];
  } catch {
    return ["network", {}];
  }
};

const once = async (item) => {
  try {
    const [outcome, facts] = await judged(await request(item));
    if (outcome === "moved") return beside(item, "refused");
    return outcome === "fault" ? beside(item, outcome) : [outcome, facts];
  } catch {
    return item.file ? beside(item, "fault") : ["network", {}];
  }
};

const tried = async (item) => {
  const [outcome, facts] = await once(item);
  if (outcome !== "again") return [outcome, facts];
  setToken(facts.token);
  const [second, others] = await once(item);
  return [second === "again" ? "signin" : second, others];
};

const pause = (tries) => Math.min(SLOWEST, FIRST * 2 ** Math.min(tries, 5));

const later = (wait = 0) => {
  clearTimeout(timer);
  timer = setTimeout(send, Math.max(pause(misses) * (0.5 + Math.random()), Math.min(wait, LONGEST_ASKED)));
};

// A fault of the item counts once in a while: tries that come sooner, because somebody looks, use nothing up.
const faultsOf = (item) => {
  const isDue = Date.now() - (item.missed ?? 0) >= pause(item.tries) / 2;
  return isDue ? { tries: item.tries + 1, missed: Date.now() } : {};
};

const refusedWith = (item, facts) => {
  // A picture that the server has need not be sent again with better words.
  const kept = facts.kept ? { file: null, fields: [...item.fields.filter(([name]) => name !== "kept"), ["kept", String(facts.kept)]] } : {};
  // What was refused at the desk stays out under its key; changed, it is something new.
  const isTried = facts.status !== 410;
  return { ...item, ...kept, isTried, state: "refused", told: facts.detail || "", number: facts.number || 0, tries: 0 };
};

// What was written on the same words goes on from what this edit made of them; a colleague's edit in between is none of ours.
const goneOn = async (item, version) => {
  const seen = new Map(item.fields).get("seen");
  if (!seen || !version) return;
  const step = { form: `${item.user} ${item.action}`, seen, version: String(version) };
  await goOn(step);
  told(step);
};

// Whether the next one may be tried now.
const settled = async (item, outcome, facts) => {
  const faults = outcome === "fault" ? faultsOf(item) : {};
  misses += 1;
  if (outcome === "sent") {
    await goneOn(item, facts.version);
    await drop(item.id);
  } else if (outcome === "refused" || faults.tries >= TRIES) {
    await put(refusedWith(item, facts));
  } else {
    await put({ ...item, ...faults, state: outcome === "fault" ? "network" : outcome });
    later(facts.wait);
    return false;
  }
  misses = 0;
  return true;
};

const run = async () => {
  for (;;) {
    const item = (await waiting(user)).find((one) => one.state !== "refused");
    if (!item) return;
    if (!navigator.onLine) return later();
    const sending = { ...item, state: "sending", isTried: true };
    await put(sending);
    told();
    const goesOn = await settled(sending, ...(await tried(sending)));
    told();
    if (!goesOn) return;
  }
};

// One tab at a time sends (Web Locks); where a browser has none, the keys see to it that nothing is there twice.
export const send = () => {
  // A turn that has not begun yet will see whatever is there by now; one that has may have looked before.
  if (isAsked) return turns;
  isAsked = true;
  const begin = () => {
    isAsked = false;
    return run();
  };
  const take = () => (navigator.locks ? navigator.locks.request("live-desk", begin) : begin());
  turns = turns.then(take).catch(() => later());
  return turns;
};

export const follow = (person, show) => {
  user = person;
  changed = show;
  channel?.addEventListener("message", ({ data }) => show(data));
  const atOnce = () => {
    misses = 0;
    send();
  };
  for (const name of ["online", "focus", "pageshow"]) addEventListener(name, atOnce);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && atOnce());
  return send();
};
