// Keeps the panel "Before it goes out" true: asks for it anew after each save, and when the editor comes back to it.

const panel = document.querySelector("[data-preflight]");

if (panel) {
  const state = panel.querySelector("[data-preflight-state]");
  const status = panel.querySelector("[data-preflight-status]");
  let asked = null;

  const refresh = async (address) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: asked.signal, redirect: "error" });
      if (!answer.ok) return;
      const told = await answer.text();
      if (told === state.innerHTML) return;
      state.innerHTML = told;
      const count = state.querySelector("[data-preflight-count]")?.textContent ?? "";
      if (status.textContent !== count) status.textContent = count;
    } catch {
      // The line is down, or a newer save asks again: what is shown stays until then.
    }
  };

  document.addEventListener("w-autosave:success", (event) => {
    const number = event.detail?.response?.pk;
    if (number) panel.dataset.preflight = panel.dataset.preflight.replace("/0/", `/${number}/`);
    refresh(panel.dataset.preflight);
  });

  document.addEventListener("visibilitychange", () => {
    const isSaved = !panel.dataset.preflight.includes("/0/");
    if (document.visibilityState === "visible" && isSaved) refresh(panel.dataset.preflight);
  });
}
