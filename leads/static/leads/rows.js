// Rows of a list and cards of the board: the focus is the selection, and it never gets lost.
"use strict";

(() => {
  const { find, all } = window.desk;
  const LEADS = "[data-rows] > .row, [data-board] .board-card";
  const KEPT = "desk-place"; // which leads to look for after a reload: references alone, read once
  const PAGE = window.location.pathname; // When a page is left its address is the next one's already.
  const ON = 20; // of them to each side

  let plan = []; // The references to look for when the list has changed, the first that is still there wins.
  let before = null; // Who stood here when something was taken back: whoever is new then is who came back.
  let dealt = ""; // Who is being dealt with: until the answer is here the focus may go about, and means nothing.

  const leads = () => all(LEADS);
  const current = () => document.activeElement?.closest(LEADS) ?? null;
  const reference = (row) => row.dataset.reference;

  function focusOn(row) {
    find(".name", row).focus();
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function move(step) {
    const rows = leads();
    if (!rows.length) return;
    const at = rows.indexOf(current());
    const to = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    focusOn(rows[to]);
  }

  // What follows, then what came before. A lead that was dealt with comes last: the next one is meant.
  function remember(row, dealtWith = false) {
    const beside = [...(row.closest(".cards")?.querySelectorAll(".board-card") ?? leads())];
    const at = beside.indexOf(row);
    const others = [...beside.slice(at + 1, at + 1 + ON), ...beside.slice(Math.max(at - ON, 0), at).reverse()].map(reference);
    plan = dealtWith ? [...others, reference(row)] : [reference(row), ...others];
    dealt = dealtWith ? reference(row) : "";
  }

  const first = (ref) => { plan = [ref, ...plan.filter((each) => each !== ref)]; };

  function restore() {
    if (dealt && find("#toasts .toast.error")) first(dealt); // Nothing was done, so nobody else comes next.
    dealt = "";
    const back = before && leads().find((row) => !before.has(reference(row)));
    before = null;
    if (back) return focusOn(back);
    const byReference = new Map(leads().map((row) => [reference(row), row]));
    const row = plan.map((each) => byReference.get(each)).find(Boolean) ?? leads()[0];
    if (row) return focusOn(row);
    return find("#main")?.focus({ preventScroll: true });
  }

  const awaitReturn = () => { before = new Set(leads().map(reference)); };

  window.desk.rows = { current, leads, move, remember, restore, first, awaitReturn };

  document.addEventListener("focusin", () => {
    const row = current();
    if (row && !dealt) remember(row);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".act");
    if (button) remember(button.closest(LEADS), true);
  }, true);
  document.addEventListener("click", (event) => { // What comes back by "Undo" gets the focus.
    const undo = event.target.closest(".undo");
    const back = /\/leads\/([^/]+)\//.exec(undo?.getAttribute("formaction") ?? undo?.form?.getAttribute("action") ?? "");
    if (back) window.desk.rows.first(back[1]);
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "main" && !document.activeElement?.matches("#main *")) restore();
  });

  window.addEventListener("pagehide", () => {
    if (plan.length) sessionStorage.setItem(KEPT, JSON.stringify({ page: PAGE, plan, before: before && [...before] }));
  });
  function comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    const here = kept?.page === PAGE;
    if (here || find("#toasts")?.childElementCount) sessionStorage.removeItem(KEPT);
    if (document.activeElement !== document.body || window.location.hash) return;
    if (here && leads().length) {
      plan = kept.plan;
      before = kept.before && new Set(kept.before);
      restore();
    } else if (find("#toasts .toast")) find("#main")?.focus({ preventScroll: true }); // Something was done: what comes next begins here.
  }
  comeBack();
})();
