// The inbox beside its keys: the lead that has the focus is shown in the reading pane, and new arrivals are announced without moving a row.
"use strict";

(() => {
  const wide = matchMedia("(min-width: 68.75rem)");
  const RESTS = 150; // milliseconds the focus stays on a row before its lead is fetched: who walks past reads nothing
  let resting = 0;
  let wanted = "";

  const pane = () => document.querySelector("#pane");
  const rowOf = (target) => target?.closest?.("[data-rows] > .row");

  async function show(row) {
    const reference = row.dataset.reference;
    wanted = reference;
    if (pane()?.querySelector(`[data-reference="${reference}"]`)) return;
    const address = `${row.querySelector(".name").getAttribute("href")}glance/`;
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, redirect: "error" }).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (wanted !== reference || !pane() || !html.includes('class="glance"')) return; // In waiting-room mode nobody is shown.
    pane().innerHTML = html; // Our own template, escaped there.
    for (const other of document.querySelectorAll(".row[data-current]")) delete other.dataset.current;
    row.dataset.current = "";
  }

  document.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    clearTimeout(resting);
    if (row && wide.matches) resting = setTimeout(show, RESTS, row);
  });
  document.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    const plain = event.detail === 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!row || !plain || !wide.matches || !event.target.closest(".name")) return; // Enter and a double click open the lead's page.
    event.preventDefault();
    row.querySelector(".name").focus();
    clearTimeout(resting);
    show(row);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#pane [data-press]");
    const reference = button?.closest("[data-reference]").dataset.reference;
    if (button) document.querySelector(`.row[data-reference="${reference}"] [data-key="${button.dataset.press}"]`)?.click();
  });
  document.addEventListener("dblclick", (event) => {
    const name = rowOf(event.target)?.querySelector(".name");
    if (name && event.target.closest(".name") && wide.matches) location.assign(name.href);
  });

  // New arrivals

  const EVERY = 2_500; // milliseconds: a new lead shows within three seconds
  let wait = EVERY;
  let tag = "";

  async function ask() {
    const place = document.querySelector("[data-arrivals]");
    if (place && !document.hidden) {
      const asked = new URLSearchParams({ of: place.dataset.of, shown: place.dataset.shown });
      if (tag && place.dataset.tagged !== "yes") tag = ""; // Another list stands here now.
      const headers = { "X-Polling": "1", ...(tag && { "If-None-Match": tag }) };
      try {
        const answer = await fetch(`${place.dataset.arrivals}?${asked}`, { headers, cache: "no-store", redirect: "error" });
        if (answer.ok) {
          place.innerHTML = await answer.text();
          place.dataset.tagged = "yes";
          tag = answer.headers.get("ETag") ?? "";
        }
        wait = answer.ok || answer.status === 304 ? EVERY : Math.min(wait * 2, 60_000);
      } catch {
        wait = Math.min(wait * 2, 60_000);
      }
    }
    setTimeout(ask, wait);
  }
  setTimeout(ask, EVERY);
  document.addEventListener("visibilitychange", () => { wait = EVERY; });
})();
