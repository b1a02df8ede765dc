// The form of the live desk on a bad line: what is typed is kept, "Post" puts it among what waits, and it is sent from
// there. Where this browser keeps nothing (a private window) the form is sent as without this script.

import { follow as followNews, look } from "./live-desk-news.js";
import { follow as followQueue, send, setToken } from "./live-desk-queue.js";
import { show } from "./live-desk-shown.js";
import { add, bytesOf, draftOf, dropDraft, fileOf, keepDraft } from "./live-desk-store.js";

const PAUSE = 250;
const OURS = new Set(["csrfmiddlewaretoken", "key", "picture"]);
// These are the same for the next update.
const STAY = new Set(["author", "credit"]);
const form = document.querySelector("[data-live-form]");
const status = document.querySelector("[data-live-told]");
const words = document.querySelector("[data-live-queue]").dataset;
const inputs = form.elements;
const isOffline = "offline" in form.dataset;
if (isOffline) {
  // The page of all who have no line: whose it is and where it leads to is known here alone.
  form.setAttribute("action", `${location.pathname}updates/`);
  form.dataset.user = (await draftOf("me"))?.user ?? "";
}
const name = `${form.dataset.user} ${form.getAttribute("action")}`;
let key = "";
let pause = 0;

// randomUUID is for pages on https alone.
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

const fieldsOf = () => [...new FormData(form)].filter(([one, value]) => !OURS.has(one) && typeof value === "string");

const isEmpty = () => ![...fieldsOf().filter(([one]) => ["text", "heading", "alt"].includes(one))].some(([, value]) => value.trim()) && !inputs.picture.files.length;

// Asked before anything is sent: on a slow line the picture is what costs, and a refusal comes when nobody looks.
const ask = () => {
  const hasFile = inputs.picture.files.length > 0;
  const isTooLarge = hasFile && inputs.picture.files[0].size > words.most;
  inputs.picture.setCustomValidity(isTooLarge ? words.large : "");
  const hasPicture = (hasFile || Boolean(inputs.kept.value)) && !inputs.without?.checked;
  inputs.alt.required = hasPicture && !inputs.decorative.checked;
  inputs.credit.required = hasFile && hasPicture;
  inputs.text.required = !hasPicture && !form.dataset.more && !inputs.heading.value.trim();
};

const keep = async () => {
  clearTimeout(pause);
  if (form.dataset.sent) return;
  if (isEmpty() && !form.dataset.back) await dropDraft(name);
  else await keepDraft({ form: name, fields: fieldsOf(), file: await bytesOf(inputs.picture.files[0]), key });
};

const typed = () => {
  delete form.dataset.sent;
  ask();
  clearTimeout(pause);
  pause = setTimeout(() => keep().catch(() => {}), PAUSE);
};

const setFile = (kept) => {
  const files = new DataTransfer();
  if (kept) files.items.add(fileOf(kept));
  inputs.picture.files = files.files;
};

const fill = ({ fields, file, state }) => {
  const given = new Map(fields);
  // What was refused for being behind goes by the version that this page shows.
  if (state === "refused") given.delete("seen");
  for (const one of inputs) {
    if (!one.name || OURS.has(one.name)) continue;
    if (one.type === "checkbox") one.checked = given.has(one.name);
    else if (given.has(one.name)) one.value = given.get(one.name);
  }
  setFile(file);
  for (const one of [inputs.due_at, inputs.alt, inputs.credit]) if (one?.value && !STAY.has(one.name)) one.closest("details").open = true;
  if (file) inputs.picture.closest("details").open = true;
  ask();
};

const empty = () => {
  for (const one of inputs) {
    if (!one.name || OURS.has(one.name) || STAY.has(one.name)) continue;
    if (one.type === "checkbox") one.checked = false;
    else one.value = "";
  }
  setFile(null);
  for (const one of form.querySelectorAll("details")) one.open = false;
  for (const one of form.querySelectorAll(".alert, [data-live-kept]")) one.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  ask();
};

// Takes something that waits back into the form; not where it would push out what is being written.
const take = async (item) => {
  if (!isEmpty() && !form.dataset.back) {
    status.textContent = words.busy;
    return false;
  }
  delete form.dataset.sent;
  fill(item);
  key = item.isTried ? item.key : "";
  await keep();
  inputs.text.focus();
  return true;
};

let before = 0;
const shown = async (step = {}) => {
  if (step.form === name && inputs.seen?.value === step.seen) inputs.seen.value = step.version;
  const items = await show(form, { take, send });
  const isSent = items.length < before && !items.some((one) => one.action === form.getAttribute("action"));
  if (items.length < before) {
    if (isSent) status.textContent = words.sent;
    look(true);
  }
  before = items.length;
  if (isSent && form.dataset.sent) location.assign(form.dataset.back);
  if (isOffline && isSent && isEmpty()) location.reload();
};

const queue = async () => {
  const item = {
    user: form.dataset.user,
    action: form.getAttribute("action"),
    fields: fieldsOf(),
    file: await bytesOf(inputs.picture.files[0]),
    key: key || newKey(),
    state: "waiting",
    told: "",
    tries: 0,
    isTried: false,
  };
  await add(item);
  key = "";
  if (form.dataset.back) form.dataset.sent = "1";
  else empty();
  clearTimeout(pause);
  await dropDraft(name);
  await shown();
  status.textContent = words.kept;
  send();
};

const begin = async () => {
  setToken(inputs.csrfmiddlewaretoken?.value ?? "");
  if (!isOffline) await keepDraft({ form: "me", user: form.dataset.user });
  ask();
  const draft = await draftOf(name);
  if (draft && !form.querySelector(".alert")) {
    fill(draft);
    key = draft.key;
  }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue().catch(() => HTMLFormElement.prototype.submit.call(form));
  });
  addEventListener("pagehide", () => keep().catch(() => {}));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep().catch(() => {}));
  await shown();
  followQueue(form.dataset.user, shown);
  followNews();
};

if (form.dataset.worker) navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
begin().catch(() => followNews());
