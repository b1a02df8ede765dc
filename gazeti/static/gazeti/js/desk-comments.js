// Moves through a queue by keys: j and k go on and back, x ticks, and each button or link tells its own (data-key).

const comments = [...document.querySelectorAll("[data-comment]")];
const told = document.querySelector("[data-keys]");
if (told && matchMedia("(pointer: fine)").matches) told.hidden = false;

const place = () => comments.findIndex((one) => one.contains(document.activeElement));

const go = (step) => {
  const next = comments[Math.min(Math.max(place() + step, 0), comments.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "start" });
};

const isTyping = (element) => element.matches("textarea,select,input:not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") return go(1);
  if (event.key === "k") return go(-1);
  const comment = comments[place()];
  if (!comment) return;
  if (event.key === "x") comment.querySelector("[type=checkbox]").click();
  else comment.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});
