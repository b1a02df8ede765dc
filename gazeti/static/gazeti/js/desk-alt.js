// Asks for a picture's alt text before its file is sent: on a phone's line the file is what costs.

document.addEventListener(
  "click",
  (event) => {
    const form = event.target.closest?.("button, input")?.form;
    const words = form?.querySelector("[name$=description]");
    const decorative = form?.querySelector("[name$=is_decorative]");
    if (words && decorative) words.required = !decorative.checked;
  },
  { capture: true },
);
