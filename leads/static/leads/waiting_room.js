// Waiting-room mode: `w` switches it, and after two minutes without a hand it comes by itself. Nothing that was typed is lost.
"use strict";

(() => {
  const form = document.querySelector(".hide-names");
  if (!form) return;
  const root = document.documentElement;
  const button = form.querySelector("button");
  const tabs = new BroadcastChannel("leadwell-waiting-room");
  const title = document.title;
  const after = Number(form.dataset.after ?? 120) * 1000;
  let active = Date.now();

  const tell = (address) => fetch(address, {
    method: "POST", body: new FormData(form), redirect: "manual", headers: { "X-Polling": "1" },
  });
  const isHidden = () => root.classList.contains("names-hidden");

  function cover() {
    for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog.id !== "idle") dialog.close();
    root.classList.add("names-hidden");
    document.title = button.dataset.title;
  }

  function uncover() {
    window.location.assign(window.location.pathname);
  }

  async function hideByItself() {
    cover();
    tabs.postMessage("hide");
    await tell(form.action);
  }

  async function showAgain(event) {
    event?.preventDefault();
    await tell(form.dataset.show);
    root.classList.remove("names-hidden");
    document.title = title;
    active = Date.now();
    tabs.postMessage("show");
  }

  form.addEventListener("submit", (event) => {
    if (isHidden()) return showAgain(event);
    tabs.postMessage("veiled" in form.dataset ? "show" : "hide");
  });
  tabs.addEventListener("message", ({ data }) => {
    if ("veiled" in form.dataset) return data === "show" && uncover();
    if (data === "hide") return cover();
    root.classList.remove("names-hidden");
    document.title = title;
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]") && !isHidden();
    const on = document.querySelector(".page")?.dataset.singleKeys === "on";
    if (event.key !== "w" || typing || event.ctrlKey || event.metaKey || event.altKey || !on || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  });
  for (const kind of ["keydown", "pointerdown", "pointermove", "input", "scroll"]) {
    document.addEventListener(kind, () => { if (!isHidden()) active = Date.now(); }, { passive: true, capture: true });
  }
  if ("veiled" in form.dataset) return;
  setInterval(() => { if (!isHidden() && Date.now() - active > after) hideByItself(); }, 1_000);
})();
