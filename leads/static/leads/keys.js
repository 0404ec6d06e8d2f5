// Single letters, Enter and arrows. Each presses something that is on the page already; `?` lists them and has the off switch.
"use strict";

(() => {
  const { find, rows } = window.desk;
  const ON_A_LEAD = "edsaimxn";

  // On a row, then on the page: something with this key, or a dialog, or a form that stands ready for it.
  function press(key) {
    const row = rows.current();
    const there = row && find(`[data-key="${key}"]`, row);
    if (there?.matches("details")) return openMenu(there);
    if (there) return there.click();
    if (row && find(`[data-act="${key}"]`)) return act(key, row);
    const target = find(`:not(.act)[data-key="${CSS.escape(key)}"]`);
    if (!target) return undefined;
    if (key === "n") find('[name="write"][value="note"]')?.click(); // Its box may be behind another tab.
    if (target.matches("input:not([type=checkbox]), textarea, select")) return target.focus();
    return target.matches("details") ? openMenu(target) : target.click();
  }

  function act(key, row) {
    const button = find(`[data-act="${key}"]`);
    button.setAttribute("formaction", `${find(".name", row).getAttribute("href")}${button.dataset.noun}/`);
    rows.remember(row, key !== "i");
    button.click();
  }

  function openMenu(menu) {
    menu.open = true;
    find(".menu-panel button", menu)?.focus();
  }

  const choose = (key) => () => { if (!window.desk.choose(key)) press(key); };

  function contacted() {
    if (!window.desk.chosen?.().length) press("e"); // One speaks with one person at a time.
  }

  function done() {
    if (window.desk.chosen?.().length) window.desk.pressBulk("done");
    else press("d");
  }

  function mine() {
    if (!window.desk.chosen?.().length) return press("i");
    return window.desk.pressBulk("assign", { owner: find('[data-act="i"]').value });
  }

  function note() {
    const row = rows.current();
    if (row) window.location.assign(`${find(".name", row).href}#note`);
    else press("n");
  }

  // The newest change of one's own; the page that says what was done has a button for it, which goes first.
  function undo() {
    const offered = find('#toasts [data-key="z"], #bulk-page [data-key="z"]');
    const button = offered ?? find('[data-act="z"]');
    if (!button) return;
    if (!offered) aimUndo(button);
    rows.awaitReturn();
    button.click();
  }

  function aimUndo(button) {
    if (!find("#work")) return;
    button.setAttribute("form", "work"); // On a lead's page the note comes along.
    button.setAttribute("name", "next");
    button.value = find("#main").dataset.address;
  }

  function help() {
    const dialog = find("#keys");
    dialog?.showModal();
    find("[data-first]", dialog)?.focus(); // Not the switch: who presses Enter means to go on.
  }

  const keys = {
    j: () => rows.move(1),
    k: () => rows.move(-1),
    e: contacted,
    d: done,
    s: choose("s"),
    a: choose("a"),
    m: choose("m"),
    i: mine,
    n: note,
    x: () => window.desk.toggle?.(),
    z: undo,
    "?": help,
  };

  // Where a list has no row with the focus, a key that is about one goes to the first; the next press does it.
  function perform(key) {
    const needsRow = ON_A_LEAD.includes(key) && rows.leads().length && !rows.current() && !(window.desk.chosen?.().length && key !== "x");
    if (needsRow) return rows.move(1);
    return keys[key] ? keys[key]() : press(key);
  }
  window.desk.perform = perform;

  // One change at a time: what is pressed meanwhile waits until the page has settled. The same key twice is no second contact, but two
  // steps of j are two. The counts of saved views, which load later, are no change.
  const REPEATS = "jkx";
  const busy = () => find(".htmx-request:not(.saved), .htmx-settling");
  let underWay = "";
  let waiting = [];

  function take(key) {
    if (!busy()) {
      underWay = key;
      perform(key);
    } else if (REPEATS.includes(key) || key !== (waiting.at(-1) ?? underWay)) waiting.push(key);
  }

  function goOn() {
    while (waiting.length && !busy()) {
      if (find("dialog[open]")) waiting = []; // What was pressed was not meant for what has opened.
      else take(waiting.shift());
    }
  }
  document.addEventListener("htmx:afterSettle", () => setTimeout(goOn)); // The focus finds its row first.

  function leave(field) {
    window.desk.closeMenus(true);
    if (field.matches("textarea, input[type=search]")) field.blur();
  }

  let going = -Infinity; // when g was pressed

  function go(key) {
    const target = find(`[data-go="${CSS.escape(key)}"]`);
    if (target) target.click();
    return Boolean(target);
  }

  const known = (key) => key.length === 1 && (keys[key] || find(`[data-key="${CSS.escape(key)}"]`));

  function arrows(event) {
    const on = document.activeElement?.matches(".name") && rows.current();
    if (!on || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    take(event.key === "ArrowDown" ? "j" : "k");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave(event.target);
    if (!window.desk.meansThePage(event)) return undefined;
    arrows(event);
    if (!window.desk.keysAreOn()) return undefined;
    if (event.timeStamp - going < 1500 && go(event.key)) return event.preventDefault();
    going = event.key === "g" ? event.timeStamp : -Infinity;
    if (!known(event.key)) return undefined;
    event.preventDefault();
    take(event.key);
    return undefined;
  });
})();
