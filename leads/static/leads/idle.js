// Asks three minutes before an idle session ends, in every tab. Whoever types or clicks is not idle, sent or not.
"use strict";

(() => {
  const dialog = document.querySelector("#idle");
  const form = dialog.querySelector("form");
  const lasts = Number(dialog.dataset.seconds) * 1000;
  const warnFor = Math.min(180_000, lasts / 2);
  const tabs = new BroadcastChannel("leadwell-alive");
  let active = Date.now();
  let told = active; // when the server last heard of us

  function signIn() {
    document.dispatchEvent(new Event("signed-out"));
    location.assign(`${dialog.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  async function tell() {
    told = Date.now();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.redirected || answer.status === 403) signIn();
  }

  function alive() {
    active = Date.now();
    dialog.close();
  }

  function noticed(event) {
    if (dialog.open && !dialog.contains(event.target)) return;
    active = Date.now();
    if (active - told < 60_000) return;
    tabs.postMessage("alive");
    tell();
  }

  for (const kind of ["keydown", "pointerdown", "input"]) document.addEventListener(kind, noticed, { passive: true });
  document.addEventListener("htmx:afterRequest", () => { told = Date.now(); });
  tabs.addEventListener("message", alive);
  dialog.addEventListener("cancel", alive);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    alive();
    tell();
    tabs.postMessage("alive");
  });
  setInterval(() => {
    const idle = Date.now() - active;
    if (idle > lasts) signIn();
    else if (idle > lasts - warnFor && !dialog.open) dialog.showModal();
  }, 5_000);
})();
