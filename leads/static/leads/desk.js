// What the desk's other scripts share, and its small comforts: menus close like menus, filters apply by themselves.
"use strict";

document.documentElement.classList.add("scripted");

window.desk = {
  find: (selector, within = document) => within.querySelector(selector),
  all: (selector, within = document) => [...within.querySelectorAll(selector)],
  keysAreOn: () => document.querySelector(".page")?.dataset.singleKeys === "on",
  // Whether a key may mean the page: nobody types, and no dialog has it.
  meansThePage: (event) => !event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")
    && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]"),
};

(() => {
  const { find, all } = window.desk;

  window.desk.closeMenus = (back) => {
    for (const menu of all("details.menu[open]")) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (back && inside) find("summary", menu).focus();
    }
  };

  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("change", (event) => event.target.closest("[data-submit-on-change]")?.requestSubmit());
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "main") return; // Only a part of the page changes: whoever chooses something goes on.
    for (const dialog of all("dialog[open]")) dialog.close();
  });
  const reload = (event) => { if (!event.detail.requestConfig?.headers["X-Polling"]) window.location.reload(); };
  document.addEventListener("htmx:sendError", reload);
  document.addEventListener("htmx:responseError", reload);
})();
