// Dialogs of choices for the lead that has the focus, or for all that are chosen: a digit takes one, letters find one, Enter takes it.
"use strict";

(() => {
  const { find, all } = window.desk;
  const PAUSE = 900; // ms between two letters of one word
  let typed = "";
  let last = -Infinity;

  // Where the choice goes: to the chosen leads, to a row, or to the lead whose page this is, which takes its note along.
  function target() {
    const chosen = window.desk.chosen?.() ?? [];
    if (chosen.length) return { bulk: true, about: find("[data-chosen]").textContent };
    const row = window.desk.rows.current();
    if (row) return { row, url: find(".name", row).getAttribute("href"), about: find(".name", row).textContent };
    const page = find("#main")?.dataset.address;
    return page && find("#work") ? { page, url: page, about: "" } : null;
  }

  function aim(button, to, dialog) {
    if (to.bulk) button.setAttribute("form", "bulk");
    else if (to.page) button.setAttribute("form", "work");
    else button.removeAttribute("form");
    button.setAttribute("formaction", to.bulk ? find("#bulk").getAttribute("action") : `${to.url}${dialog.dataset.noun}/`);
  }

  function choose(key) {
    const dialog = find(`dialog[data-chooses="${key}"]`);
    const to = dialog && target();
    if (!to || (to.page && !find(`#main [data-key="${key}"]`))) return false; // What waits in Check can't be moved about.
    for (const button of all("[data-choice]", dialog)) aim(button, to, dialog);
    const day = find("input[name=day]", dialog);
    if (day) day.setAttribute("form", to.bulk ? "bulk" : to.page ? "work" : "");
    if (day && !to.bulk && !to.page) day.removeAttribute("form");
    hideWhatIs(dialog, to);
    find("[data-about]", dialog).textContent = to.about;
    dialog.aimed = to;
    typed = "";
    dialog.showModal();
    find("[data-choice]:not([hidden])", dialog).focus();
    return true;
  }

  // Where it stands already is no choice.
  function hideWhatIs(dialog, to) {
    const stage = to.row?.closest("[data-stage]")?.dataset.stage ?? (to.page && find("#stage")?.value);
    const words = to.row && find(".stage", to.row)?.textContent.trim();
    for (const button of all("[name=stage]", dialog)) {
      button.hidden = button.value === stage || find("span", button).textContent === words;
    }
  }

  window.desk.choose = choose;
  window.desk.target = target;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("dialog[data-chooses] [data-choice]");
    if (!button) return;
    const dialog = button.closest("dialog");
    const { row, bulk } = dialog.aimed ?? {};
    if (bulk) window.desk.bulkAction(dialog.dataset.bulk);
    if (row) window.desk.rows.remember(row, dialog.dataset.chooses !== "a");
    if (dialog.aimed?.page) dialog.close();
  }, true);

  function step(dialog, by) {
    const choices = all("[data-choice]:not([hidden])", dialog);
    const at = choices.indexOf(document.activeElement);
    choices[(at + by + choices.length) % choices.length].focus();
  }

  function findByLetters(dialog, key, at) {
    typed = at - last < PAUSE ? typed + key : key;
    last = at;
    const words = typed.toLowerCase();
    const found = all("[data-choice]:not([hidden])", dialog).find((button) => button.textContent.trim().toLowerCase().startsWith(words));
    found?.focus();
  }

  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest("dialog[data-chooses]");
    if (!dialog || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    const digit = find(`[data-digit="${CSS.escape(event.key)}"]`, dialog);
    if (digit) digit.click();
    else if (event.key === "ArrowDown") step(dialog, 1);
    else if (event.key === "ArrowUp") step(dialog, -1);
    else if (event.key.length === 1 && event.key !== " ") findByLetters(dialog, event.key, event.timeStamp);
    else return;
    event.preventDefault();
  });
  document.addEventListener("close", (event) => { // Nothing was chosen: back to the row.
    find("input[name=day]", event.target)?.removeAttribute("form");
    const row = event.target.aimed?.row;
    if (row?.isConnected && !document.activeElement?.closest("#main")) find(".name", row).focus();
  }, true);
})();
