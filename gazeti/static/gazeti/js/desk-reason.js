// Opens a story's form at the panel (data-panel) that a reason's link names, also behind another tab or folded.
// Wagtail goes there once, as the page loads; what is built after that may push it out of sight again.
const SETTLES = 4000;
const STEP = 400;
const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];

const panelAt = (hash) => document.getElementById(hash.slice(1))?.closest("[data-panel]");

const isInSight = (panel) => {
  const box = panel.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.top < innerHeight;
};

const open = (panel) => {
  const tab = panel.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
  panel.querySelector(":scope > * > [data-panel-toggle][aria-expanded=false]")?.click();
  panel.scrollIntoView();
};

const asked = location.hash;
addEventListener("load", () => {
  const turn = setInterval(() => {
    const panel = panelAt(asked);
    if (panel && !isInSight(panel)) open(panel);
  }, STEP);
  const rest = () => clearInterval(turn);
  setTimeout(rest, SETTLES);
  for (const hand of HANDS) addEventListener(hand, rest, { once: true, passive: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  const panel = link?.pathname === location.pathname && panelAt(link.hash);
  if (panel) setTimeout(() => open(panel));
});
