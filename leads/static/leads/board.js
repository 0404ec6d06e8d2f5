// The board: a card is dragged, or moved with Shift and the arrow keys; both press a button of its "Move to…".
"use strict";

(() => {
  const board = () => document.querySelector("[data-board]");
  const columnsOf = () => [...document.querySelectorAll("[data-board] .column")];
  const said = document.body.appendChild(document.createElement("div")); // Outside of what is replaced, so that it is read out.
  said.className = "visually-hidden";
  said.setAttribute("role", "status");

  let moved = null; // the card on its way: {reference, name}
  let scrolled = 0;
  let dragged = null;
  let last = null; // the last card before more came

  function move(card, column) {
    const way = card.querySelector(`[data-move="${column.dataset.stage}"]`);
    if (!way || document.querySelector(".htmx-request")) return;
    moved = { reference: card.dataset.reference, name: card.querySelector(".name").textContent };
    scrolled = board().scrollLeft;
    way.click();
  }

  // Keys

  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const card = event.target.closest?.("[data-board] .board-card");
    if (!step || !card || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const columns = columnsOf().filter((column) => !column.classList.contains("closing-zone")); // No key too many closes a lead.
    const to = columns[columns.indexOf(card.closest(".column")) + step];
    if (to) move(card, to);
    else said.textContent = board().dataset.end;
  });

  // Dragging

  function untarget(but = null) {
    for (const column of columnsOf()) if (column !== but) column.classList.remove("target");
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".board-card") ?? null;
    dragged?.classList.add("dragged");
    setTimeout(() => dragged && board().classList.add("dragging")); // Not at once: Chromium ends a drag whose page changes as it begins.
  });
  document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-board] .column") ?? null;
    untarget(column);
    if (!dragged || !column) return;
    event.preventDefault();
    column.classList.add("target");
  });
  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-board] .column");
    if (!dragged || !column) return;
    event.preventDefault();
    move(dragged, column);
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    board()?.classList.remove("dragging");
    untarget();
    dragged = null;
  });

  // Whatever is changed here leads back here, and each column is then as long as it was.

  function address() {
    const here = new URL(window.location.pathname, window.location);
    for (const column of columnsOf()) {
      const pages = Math.ceil(column.querySelectorAll(".board-card").length / board().dataset.pageLength);
      if (pages > 1) here.searchParams.append("more", `${column.dataset.stage}:${pages}`);
    }
    return here.pathname + here.search;
  }

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (board() && detail.verb === "post" && detail.parameters.next) detail.parameters.next = address();
  });
  document.addEventListener("click", (event) => {
    const closing = event.target.closest?.('[data-board] a[data-move="closed"]');
    if (closing) closing.search = new URLSearchParams({ next: address() });
  }, { capture: true });

  // A part of the page was replaced.

  function ready() {
    for (const card of document.querySelectorAll("[data-board] .board-card")) card.draggable = true;
  }

  function follow() {
    const words = document.querySelector("#toasts .toast p")?.textContent ?? "";
    board().scrollLeft = scrolled;
    document.querySelector(`[data-reference="${moved.reference}"] .name`)?.focus();
    said.textContent = `${moved.name}: ${words}`;
    moved = null;
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    ready();
    if (moved && event.detail.target?.id === "main" && board()) follow();
    if (last) last.nextElementSibling?.querySelector(".name")?.focus(); // The first of those that "Show more" brought.
    last = null;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.matches(".cards")) last = event.detail.target.lastElementChild;
  });
  ready();
})();
