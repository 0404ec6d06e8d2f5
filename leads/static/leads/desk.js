// Keys, focus and small comforts of the desk. Everything here presses a button that is on the page already.
"use strict";

document.documentElement.classList.add("scripted");

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const keysAreOn = () => find(".page")?.dataset.singleKeys === "on";

// Rows, and cards of the board: the focus is the selection.

const LEADS = "[data-rows] > .row, [data-board] .board-card";
const names = () => all("[data-rows] .name, [data-board] .name");
const row = () => document.activeElement?.closest(LEADS);
let place = 0; // Where the focus was in the list, so that it comes back there when the list has changed.

function move(step) {
  const links = names();
  if (!links.length) return;
  const at = links.indexOf(find(".name", row() ?? document.createElement("li")));
  const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  links[to].focus();
  links[to].closest(LEADS).scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("focusin", () => {
  const here = row();
  if (here) place = all(LEADS).indexOf(here);
});

function focusPlace() {
  const links = names();
  (links[Math.min(place, links.length - 1)] ?? find("#main")).focus({ preventScroll: false });
}

// Keys

function press(key) {
  const here = row();
  if (find(LEADS) && !here && "edm".includes(key)) return move(1);
  const target = (here && find(`[data-key="${key}"]`, here)) || find(`:not(.act)[data-key="${key}"]`);
  if (!target) return;
  if (key === "n") find('[name="write"][value="note"]')?.click(); // Its box may be behind another tab.
  if (target.matches("input, textarea, select")) target.focus();
  else if (target.matches("details")) openMenu(target);
  else target.click();
}

function openMenu(menu) {
  menu.open = true;
  find(".menu-panel button", menu)?.focus();
}

function snooze() {
  const here = row();
  const dialog = find("#snooze");
  if (!here || !dialog) return press("s");
  const address = `${find(".name", here).getAttribute("href")}snooze/`;
  for (const button of all("[name=until]", dialog)) button.setAttribute("formaction", address);
  dialog.showModal();
}

function help() {
  const dialog = find("#keys");
  dialog?.showModal();
  find("[data-first]", dialog)?.focus(); // Not the switch: who presses Enter means to go on.
}

function leave(field) {
  closeMenus(true);
  if (field.matches("textarea, input[type=search]")) field.blur();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  s: snooze,
  "?": help,
};
for (const key of "ednzcam/") keys[key] ??= () => press(key);

// The note: Ctrl+Enter saves it, nothing is sent twice, and nobody leaves it behind without a word.

let sent = false;

const address = find("#main")?.dataset.address; // What they wrote is opened by a POST elsewhere: reloading asks for the lead's own page.
if (address && address !== window.location.pathname) window.history.replaceState(null, "", address);

document.addEventListener("keydown", (event) => {
  if (event.target.id === "note" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
document.addEventListener("keydown", (event) => { // Enter in a line presses the button beside it, not the page's first.
  const button = event.key === "Enter" && event.target.matches("input") && find("button", event.target.closest("[data-enter]") ?? event.target);
  if (!button) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "work") return;
  if (sent) event.preventDefault();
  sent = true;
});
document.addEventListener("signed-out", () => { sent = true; }); // No question may keep the page open then.
window.addEventListener("pageshow", () => { sent = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sent && !find("#work")?.dataset.kept && (find("#note")?.value.trim() || find("#mail-text")?.value.trim())) event.preventDefault();
});

let going = -Infinity; // when g was pressed

function go(key) {
  const target = find(`[data-go="${key}"]`);
  if (target) target.click();
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave(event.target);
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || find("dialog[open]")) return;
  if (event.timeStamp - going < 1500 && go(event.key)) return event.preventDefault();
  going = event.key === "g" ? event.timeStamp : -Infinity;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  if (!find(".htmx-request")) act(); // One change at a time: a key pressed twice is no second contact.
});

// Menus close like menus.

function closeMenus(back) {
  for (const menu of all("details.menu[open]")) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (back && inside) find("summary", menu).focus();
  }
}

document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Filters apply by themselves.

document.addEventListener("change", (event) => event.target.closest("[data-submit-on-change]")?.requestSubmit());

// A part of the page was replaced: the focus stays where it was.

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "main" && !document.activeElement?.closest("#main")) focusPlace();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  for (const dialog of all("dialog[open]")) dialog.close();
});
document.addEventListener("htmx:sendError", () => window.location.reload());
document.addEventListener("htmx:responseError", () => window.location.reload());
