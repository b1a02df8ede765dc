// Shows what waits to be sent, each with its state, and lets it be changed, dropped or tried again.

import { drop, put, there, waiting } from "./live-desk-store.js";

const list = document.querySelector("[data-live-queue]");
const words = list?.dataset ?? {};

const made = (name, text, facts = {}) => Object.assign(document.createElement(name), { textContent: text }, facts);

const field = (item, name) => item.fields.find(([one]) => one === name)?.[1] ?? "";

const labelOf = (item) => {
  const text = [field(item, "heading"), field(item, "text")].filter(Boolean).join(" · ").slice(0, 120);
  return item.file || field(item, "kept") ? `${text} (${words.picture})` : text;
};

const stateOf = (item) => {
  if (item.state === "refused") return `${words.refused} ${item.told || words.server}`;
  return { sending: words.sending, signin: words.signin, server: words.held }[item.state] ?? words.network;
};

const button = (text, act, item) => {
  const one = made("button", text, { type: "button", className: "quiet" });
  one.setAttribute("aria-label", `${text}: ${labelOf(item)}`);
  one.addEventListener("click", act);
  return one;
};

const link = (text, href) => made("a", text, { href, className: "button quiet" });

const linksOf = (item) => {
  const isEdit = /\/(updates\/\d+|change)\/$/.test(item.action);
  if (item.state === "signin") return [link(words.door, `${words.login}?next=${encodeURIComponent(location.pathname)}`)];
  if (item.state !== "refused") return [];
  if (item.number) return [link(words.look, `${item.action}${item.number}/`)];
  return isEdit ? [link(words.look, item.action)] : [];
};

// All that was typed for a form which is not this one, to be taken from here where that form does not open any more.
const wordsOf = (item) => {
  const one = made("textarea", [field(item, "heading"), field(item, "text")].filter(Boolean).join("\n\n"), { readOnly: true, rows: 4, dir: "auto" });
  one.setAttribute("aria-label", words.yours);
  return one;
};

// What was sent otherwise under the key of an update becomes an edit of that update, on the words with which it was posted.
const asEdit = (item) => {
  const fields = [...item.fields.filter(([one]) => one !== "seen" && one !== "due_at"), ["seen", String(item.number)]];
  return { ...item, action: `${item.action}${item.number}/`, fields, number: 0 };
};

// What was changed or sent meanwhile, in another tab too, is left alone.
const still = async (id) => {
  const item = await there(id);
  return item && item.state !== "sending" ? item : null;
};

const row = (item, form, { take, send }) => {
  const one = document.createElement("li");
  const ways = made("p", "", { className: "ways" });
  const isHere = item.action === form.getAttribute("action");
  const again = async (renewed = (now) => now) => {
    const now = await still(item.id);
    if (now) await put({ ...renewed(now), state: "waiting", tries: 0 });
    send();
  };
  const away = async () => {
    if (!(await still(item.id)) || !confirm(words.sure)) return;
    await drop(item.id);
    show(form, { take, send });
  };
  const change = async () => {
    const now = await still(item.id);
    if (now && (await take(now))) await drop(now.id);
    show(form, { take, send });
  };
  ways.append(...linksOf(item));
  if (item.state === "refused") ways.append(button(words.again, () => again(), item));
  if (item.state === "refused" && item.number) ways.append(button(words.edit, () => again(asEdit), item));
  if (item.state !== "sending") {
    if (isHere) ways.append(button(words.change, change, item));
    ways.append(button(words.drop, away, item));
  }
  one.append(made("p", labelOf(item), { dir: "auto" }), made("p", stateOf(item), { className: "facts" }));
  if (item.state === "refused" && !isHere) one.append(wordsOf(item));
  one.append(ways);
  return one;
};

let last = "";
export const show = async (form, acts) => {
  const items = await waiting(form.dataset.user);
  const now = JSON.stringify(items.map((one) => [one.id, one.state, one.told, labelOf(one)]));
  if (now === last) return items;
  last = now;
  list.hidden = !items.length;
  list.querySelector("ol").replaceChildren(...items.map((item) => row(item, form, acts)));
  return items;
};
