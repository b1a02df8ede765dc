// Spares the page load when a comment is posted: the same form goes to the same address, and what became of it stands
// in its place. Whatever goes wrong, the words stay in the form, and its key sees to it that they are posted once.

const link = (address, words) => {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = words;
  return made;
};

const show = (form, said) => {
  const outcome = document.createElement("p");
  outcome.setAttribute("role", "status");
  outcome.tabIndex = -1;
  const waits = said.state === "held" ? `${form.dataset.held} ` : "";
  outcome.append(waits, said.words, " ");
  if (said.state === "published") outcome.append(link(said.url, form.dataset.see), " · ");
  outcome.append(link(said.mine, form.dataset.change), ` ${form.dataset.keep}`);
  form.replaceWith(outcome);
  outcome.focus();
};

const complain = (form, said) => {
  const alert = form.querySelector("[data-alert]");
  alert.textContent = [said.detail, ...Object.values(said.errors || {}).flat()].join(" ");
  alert.hidden = false;
  if (said.key) form.elements.key.value = said.key;
};

const post = async (form) => {
  const button = form.querySelector(".button");
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    (answer.ok ? show : complain)(form, await answer.json());
  } catch {
    complain(form, { detail: form.dataset.failed });
  }
  button.disabled = false;
};

for (const form of document.querySelectorAll("form[data-comment]"))
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post(form);
  });
