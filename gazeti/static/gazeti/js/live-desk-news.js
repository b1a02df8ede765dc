// Brings what colleagues post into the part below the form, without moving what is typed or taking the focus away.

import { setToken, within } from "./live-desk-queue.js";

const EVERY = 10_000;
const PATIENCE = 20_000;
const below = document.querySelector("[data-live-below]");
const status = document.querySelector("[data-live-told]");
const words = document.querySelector("[data-live-queue]")?.dataset ?? {};
let later = null;
let busy = false;

const show = () => {
  if (!later || below.contains(document.activeElement)) return;
  below.innerHTML = later.html;
  below.dataset.seen = later.stamp;
  later = null;
};

const take = (told, isAsked) => {
  setToken(told.token);
  if (!told.html) return;
  later = told;
  show();
  // Read out once, politely (WCAG 4.1.3); what whoever reads it did themselves is no news to them.
  if (!isAsked) status.textContent = words.new;
};

export const look = async (isAsked = false) => {
  if (!below || busy) return;
  busy = true;
  try {
    const seen = later?.stamp ?? below.dataset.seen;
    const address = `${below.dataset.liveBelow}?seen=${encodeURIComponent(seen)}`;
    const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: within(PATIENCE) };
    const answer = await fetch(address, options);
    if (answer.ok) take(await answer.json(), isAsked);
  } catch {
    // The line is down: what is shown stays until it is back.
  }
  busy = false;
};

export const follow = () => {
  if (!below || location.search) return;
  below.addEventListener("focusout", () => setTimeout(show));
  setInterval(() => document.visibilityState === "visible" && look(), EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
};
