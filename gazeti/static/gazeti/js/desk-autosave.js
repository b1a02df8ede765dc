// Saves once more what was typed while a save was on its way: on a slow line Wagtail would take it for saved.

const OWN = /^(?:csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;

const written = (data, but) =>
  JSON.stringify(
    [...data].filter(([name]) => !OWN.test(name) && !but.has(name)).map(([name, value]) => [name, value.name ?? value]),
  );

let sent = null;

document.addEventListener("w-autosave:save", (event) => {
  sent = event.detail.formData;
});

document.addEventListener("w-autosave:success", (event) => {
  const form = event.target;
  const given = new Set(Object.keys(event.detail.response?.field_updates ?? {}));
  if (!(form instanceof HTMLFormElement) || !sent) return;
  if (written(sent, given) !== written(new FormData(form), given)) {
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  }
});
