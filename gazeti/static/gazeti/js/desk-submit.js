// Lets a save that is on its way end before the form is handed in: of a new story each of the two would make one.

let onItsWay = false;
let waiting = null;

const on = (names, act) => names.forEach((name) => document.addEventListener(name, act));

on(["w-autosave:save"], () => {
  onItsWay = true;
});

on(["w-autosave:success", "w-autosave:error"], () => {
  onItsWay = false;
  // Whatever was typed meanwhile is saved right after; the form waits for that, too.
  setTimeout(() => {
    if (onItsWay || !waiting) return;
    const { form, button } = waiting;
    waiting = null;
    // Wagtail's button shows that it is at work, and a disabled button's name is not sent.
    if (button) button.disabled = false;
    form.requestSubmit(button);
  });
});

document.addEventListener(
  "submit",
  (event) => {
    if (!onItsWay || event.target.id !== "page-edit-form") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form: event.target, button: event.submitter };
  },
  { capture: true },
);
