// A lead's page tells that somebody is on it, shows who else is, and keeps what is typed. Without it nothing is lost but comfort.
"use strict";

(() => {
  const here = document.querySelector("[data-presence]");
  const form = document.querySelector("#work");
  if (!here || !form) return;

  const EVERY = 8_000; // milliseconds: whoever is here shows within twenty seconds, elsewhere
  const RESTS = 1_000; // after the last key, before it is kept
  const boxes = [...form.querySelectorAll("#note, #mail-subject, #mail-text")];
  const said = form.querySelector("[data-draft]");
  let wroteAt = -Infinity;
  let resting = 0;
  let kept = Promise.resolve(); // One after the other, or an older text could come last.
  let closed = false;

  function post(address, fields) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return fetch(address, { method: "POST", body, headers: { "X-Polling": "1" }, redirect: "error", keepalive: true });
  }

  async function beHere() {
    if (document.hidden || closed) return;
    const writes = performance.now() - wroteAt < EVERY ? "1" : "";
    try {
      const answer = await post(here.dataset.presence, { writes, text: "", mail_text: "", mail_subject: "" });
      const html = answer.ok ? await answer.text() : "";
      if (answer.ok && html.trim() !== here.dataset.last) {
        here.innerHTML = html; // From our own template, escaped there.
        here.dataset.last = html.trim();
      }
    } catch { /* The next one tells. */ }
  }

  async function keep() {
    if (closed) return;
    const typed = boxes.map((box) => box.value).join("\n");
    try {
      const answer = await post(here.dataset.draftAt, {});
      said.textContent = await answer.text();
      if (answer.ok && typed === boxes.map((box) => box.value).join("\n")) form.dataset.kept = "yes";
    } catch {
      said.textContent = "";
    }
  }

  form.addEventListener("input", (event) => {
    if (!boxes.includes(event.target)) return;
    const first = performance.now() - wroteAt > EVERY;
    wroteAt = performance.now();
    delete form.dataset.kept;
    clearTimeout(resting);
    resting = setTimeout(() => { kept = kept.then(keep); }, RESTS);
    if (first) beHere();
  });
  form.addEventListener("submit", () => { // What is pressed now saves or sends it; a draft that came later would bring it back.
    closed = true;
    clearTimeout(resting);
  });
  window.addEventListener("pageshow", () => { closed = false; });
  window.addEventListener("pagehide", () => { post(here.dataset.presence, { gone: "1", text: "", mail_text: "", mail_subject: "" }); });
  document.addEventListener("visibilitychange", beHere);
  setInterval(beHere, EVERY);
  beHere();
})();
