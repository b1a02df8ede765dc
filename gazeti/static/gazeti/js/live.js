// Follows live coverage: every event once and in order, by the stream, or by asking where the stream does not hold.
// What is being read never moves: new updates wait behind a button unless the reader is at the top.

const live = document.getElementById("live");
const { at, newOne, newMany, gone, pause, goOn } = live.dataset;
const part = (name) => document.querySelector(`[data-live=${name}]`);
const [pinned, list, rows, last, older] = ["pinned", "updates", "keys", "last", "older"].map(part);
const isOlder = location.search.includes("before=");
const SECOND = 1000;
// As the server shows them.
const [MOST, MOST_KEYS] = [30, 20];

// Of each update the article that is wanted and the one that is `shown`. The version of what is gone is Infinity.
const updates = new Map();
const keys = {};
const parts = new Map();
let { seq, floor, state } = live.dataset;
seq = Number(seq);

for (const article of live.querySelectorAll(".update")) {
  const number = Number(article.id.slice(1));
  const pin = pinned.contains(article) ? 1 / (updates.size + 1) : 0;
  updates.set(number, { number, pin, v: Number(article.dataset.v) || Infinity, article, shown: article });
}
// A row that is known is no older.
const learn = (list) => {
  for (const row of list.children) keys[row.dataset.u] ??= row;
};
learn(rows);

const byNumber = (one, two) => two.number - one.number;
const all = () => [...updates.values()].sort((one, two) => two.pin - one.pin || byNumber(one, two));
const waiting = () => all().filter((one) => !one.shown && one.v < Infinity);
// What is older than this page stands on another one, unless it is pinned.
const belongs = (one) => (isOlder ? one.shown : one.pin || one.number >= floor);

const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstChild;
};

const note = (event) => {
  const { kind, update: number } = event;
  if (event.state) state = event.state;
  if (event.state) parts.set("flag", event.html);
  else if (!number && !isOlder) parts.set("summary", event.html);
  if (!number) return;
  const one = updates.get(number) || { number, v: 0, pin: 0 };
  const html = event.html || `<article class="update gone" id="u${number}" data-v="gone"><p>${gone}</p></article>`;
  const article = parsed(html);
  const v = Number(article.dataset.v) || Infinity;
  if (kind.endsWith("pin")) one.pin = kind === "pin" ? event.seq : 0;
  if (event.gone) one.pin = 0;
  if (v > one.v) Object.assign(one, { article, v });
  if (v === one.v) delete keys[number];
  if (v === one.v) learn(parsed(`<ol>${event.item}${event.items}</ol>`));
  if (one.shown || belongs(one)) updates.set(number, one);
  else updates.delete(number);
};

const following = parsed(
  '<div class="following"><p class="unseen" role="status"></p><button class="button new-updates" hidden></button></div>',
);
const [status, button] = following.children;
const pauses = parsed(`<button class="pause">${pause}</button>`);
live.prepend(following);
last.parentNode.after(" ", pauses);

let isPaused;
let isDirty;
let isTold;
let saying;
let placed;
let unsaid = 0;

const counted = (count) => (count === 1 ? newOne : newMany.replace("%d", count));

const say = () => {
  isTold = waiting().length;
  status.textContent = isTold || unsaid ? counted(isTold || unsaid) : "";
  saying = unsaid = 0;
};

// Those that come together are told once; while some wait, only the button counts more.
const tell = () => {
  const count = isPaused ? 0 : waiting().length;
  button.hidden = !count;
  button.textContent = counted(count);
  isTold &&= count;
  if (saying || isTold || !(count || unsaid)) return;
  status.textContent = "";
  saying = setTimeout(say, SECOND);
};

const focus = (one) => one.focus({ preventScroll: true });
const enter = (article) => {
  article.tabIndex = -1;
  article.onblur = () => article.removeAttribute("tabindex");
  focus(article);
};

// An article in the place of another, with the focus where it was.
const swap = (one) => {
  const { shown, article } = one;
  const stops = (within) => [within, ...within.querySelectorAll("a,audio,button,summary,video")];
  const place = stops(shown).indexOf(document.activeElement);
  shown.replaceWith(article);
  one.shown = article;
  if (place > 0 && stops(article)[place]) focus(stops(article)[place]);
  else if (place >= 0) enter(article);
};

const arrange = (parent, wanted) => {
  let next = parent.firstChild;
  for (const one of wanted)
    if (one === next) next = next.nextSibling;
    else parent.insertBefore(one, next);
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove();
};

const insert = () => {
  if (!isTold) unsaid += waiting().length;
  const numbers = all().filter((one) => one.number >= floor).sort(byNumber).map((one) => one.number);
  floor = numbers[MOST - 1] || numbers.pop() || floor;
  older.hidden &&= !numbers[MOST];
  older.lastChild.search = `before=${floor}`;
  for (const one of updates.values())
    if (belongs(one)) one.shown = one.article;
    else updates.delete(one.number);
  for (const parent of [pinned, list])
    arrange(parent, all().flatMap((one) => ((one.pin ? pinned : list) === parent ? one.article : [])));
};

const dress = () => {
  for (const [name, html] of parts) part(name).innerHTML = html;
  parts.clear();
  if (isOlder) return;
  if (state !== "planned") part("begins")?.remove();
  const [newest] = all().filter((one) => one.v < Infinity).sort(byNumber);
  last.parentNode.hidden = !newest;
  last.replaceChildren(...(newest ? [newest.article.querySelector("time").cloneNode(true)] : []));
  const found = Object.values(keys).reverse().slice(0, MOST_KEYS);
  arrange(rows, found);
  for (const { dataset, lastChild } of found)
    lastChild.setAttribute("href", document.getElementById(`u${dataset.u}`) ? `#u${dataset.u}` : `updates/${dataset.u}/`);
};

const isRead = () => {
  const { isCollapsed, anchorNode } = getSelection();
  const active = document.activeElement;
  return (active !== placed && active?.closest("#live .update")) || (!isCollapsed && live.contains(anchorNode));
};

// What may be shown of what came: only that something is gone (0), what changes in its place (1), all (2).
const allowed = () => (isPaused ? 0 : isOlder || scrollY > 8 || isRead() ? 1 : 2);

// What stands at the upper edge of the window stays where it is, to the pixel.
document.documentElement.style.overflowAnchor = "none";
const render = (level = allowed()) => {
  const box = (one) => one.getBoundingClientRect();
  const marks = [...live.querySelectorAll("[data-live=summary],[data-live=keys],.update")];
  const mark = marks.find((one) => box(one).bottom > 0);
  const place = () => (mark ? box(document.getElementById(mark.id) || mark).top : box(live).bottom);
  const before = place();
  for (const one of updates.values())
    if (one.shown && one.shown !== one.article && (level || one.v === Infinity)) swap(one);
  if (level > 1) insert();
  if (level) dress();
  Object.assign(live.dataset, { seq, state, floor });
  tell();
  isDirty = level < 2;
  if (isDirty && scrollY) scrollBy({ top: place() - before, behavior: "instant" });
};

button.addEventListener("click", () => {
  placed = waiting()[0].article;
  render(2);
  unsaid = 0;
  enter(placed);
  placed.scrollIntoView();
});
pauses.addEventListener("click", () => {
  isPaused = !isPaused;
  pauses.textContent = isPaused ? goOn : pause;
  render();
});
addEventListener("scroll", () => isDirty && allowed() > 1 && render());

// Each event is taken once, at its turn; what is missing before it is asked for.
const streams = window.EventSource && !navigator.connection?.saveData;
let known = seq;
let source;
let asking;
let turn;
let isGone;
let failures = 0;
let heard = 0;
let again = 0;

const take = (events) => {
  const before = seq;
  for (const event of events) {
    known = Math.max(known, event.seq);
    if (event.seq !== seq + 1) continue;
    seq += 1;
    note(event);
  }
  if (seq > before) render();
  return seq > before;
};

const close = () => {
  source?.close();
  source = null;
};

const ask = async () => {
  for (let isMore = true; isMore; ) {
    const answer = await fetch(`${at}after/${seq}/`, { signal: AbortSignal.timeout?.(15 * SECOND) });
    isGone = answer.status === 410;
    const { events, head } = await answer.json();
    // A backup was restored.
    if (head < seq) location.reload();
    known = Math.max(known, head);
    // The head of a full answer may be an old one.
    isMore = take(events) && (seq < known || events.length >= 50);
  }
};

const isOver = () => isGone || (state === "closed" && seq >= known);

const plan = (wait) => {
  const usual = seq < known ? 2 : source ? (heard ? 45 : 20) : document.hidden ? 60 : 10;
  clearTimeout(turn);
  if (!isOver()) turn = setTimeout(step, (wait || usual) * SECOND * (0.8 + 0.4 * Math.random()));
};

// Twice without an event: for five minutes it is asked instead.
const fail = () => {
  close();
  failures = heard ? 1 : failures + 1;
  again = failures < 2 ? 0 : Date.now() + 300 * SECOND;
  plan(failures < 2 && 2);
};

const listen = () => {
  heard = 0;
  source = new EventSource(`${at}stream/?after=${seq}`);
  source.onerror = fail;
  source.onmessage = ({ data }) => {
    heard += 1;
    take([JSON.parse(data)]);
    if (seq < known || isOver()) step();
    else plan();
  };
};

// A stream that does not bring what asking brought has failed too.
const follow = async () => {
  const [before, was, had] = [seq, source, heard];
  const isLost = await ask().catch(() => true);
  if (isOver()) return close();
  if (was && seq > before) setTimeout(() => was === source && had === heard && fail(), 5 * SECOND);
  if (!isLost && !source && streams && Date.now() >= again) listen();
  plan();
};

function step() {
  asking ||= follow().finally(() => {
    asking = null;
  });
}

const wake = () => {
  if (document.hidden) return plan();
  close();
  step();
};
document.addEventListener("visibilitychange", wake);
document.addEventListener("resume", wake);
addEventListener("online", wake);
addEventListener("pageshow", ({ persisted }) => persisted && wake());
addEventListener("pagehide", close);
if (streams) listen();
plan();
