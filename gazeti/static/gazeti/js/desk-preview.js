// Tells beside a story's preview what readers will load, again whenever the preview has been drawn anew.
const line = document.querySelector("[data-story-weight]");
const preview = document.querySelector("[data-w-preview-url-value]");
let asked = 0;

// A new story has no number before its first autosave, which gives the preview its address.
function address() {
  const number = preview.dataset.wPreviewUrlValue.match(/\/pages\/(\d+)\/edit\/preview\//);
  return number && preview.dataset.wPreviewUrlValue.replace(/pages\/\d+\/edit\/preview\/.*/, `stories/${number[1]}/weight/?typed`);
}

async function tell() {
  const from = address();
  if (!from) return;
  const turn = ++asked;
  const answer = await fetch(from, { headers: { Accept: "application/json" } });
  if (!answer.ok || turn !== asked) return;
  const { lines } = await answer.json();
  line.replaceChildren(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
}

if (line && preview) document.addEventListener("w-preview:loaded", tell);
