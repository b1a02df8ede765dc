// Begins the parts of Wagtail's forms that a data-desk-part names, with the arguments beside it: choosers, pickers of
// dates and panels of rows. Wagtail would write a script into the page for each; the desk's policy refuses those.

const KNOWN = /^(?:init|create)?[A-Z]?\w*(?:Chooser|Panel)$/;

const begin = (mark) => {
  const { deskPart: name, deskArguments: words } = mark.dataset;
  mark.remove();
  if (!KNOWN.test(name) || typeof window[name] !== "function") return;
  const given = JSON.parse(words);
  if (/^[A-Z]/.test(name)) new window[name](...given);
  else window[name](...given);
};

const beginWithin = (node) => {
  if (!(node instanceof Element)) return;
  if (node.matches("template[data-desk-part]")) begin(node);
  else node.querySelectorAll("template[data-desk-part]").forEach(begin);
};

new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(beginWithin);
}).observe(document.documentElement, { childList: true, subtree: true });

beginWithin(document.documentElement);
