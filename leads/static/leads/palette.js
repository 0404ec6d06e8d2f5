// The palette: a combobox over people, what can be done with the lead at hand, and places. Ctrl or ⌘ K opens it everywhere.
"use strict";

(() => {
  const { find, all } = window.desk;
  const dialog = find("#palette");
  if (!dialog) return;
  const box = find("#palette-q", dialog);
  const list = find("#palette-list", dialog);
  const people = find("[data-people]", dialog);
  const WAIT = 150; // ms after the last letter

  let origin = null; // what had the focus
  let wait = 0;
  let asked = 0;
  let atHand = null; // the lead that actions are about

  const options = () => all("[role=option]", list).filter((option) => !option.hidden && !option.parentElement.hidden);
  const active = () => find('[aria-selected="true"]', list);

  function activate(option) {
    for (const other of all('[aria-selected="true"]', list)) other.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function fits(option, words) {
    const text = option.textContent.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  // With many, what can be done with many; on a lead's page what stands there, too. Of a row all is tried, and what can't be done says why.
  function possible(key) {
    if (!key || key === "?") return true;
    if (atHand?.bulk) return "dsiam".includes(key);
    return !atHand?.page || Boolean(find(`#main [data-key="${key}"]`));
  }

  function narrow() {
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const about = Boolean(atHand);
    for (const option of all("[role=option]", list)) {
      if (people.contains(option)) continue;
      option.hidden = !fits(option, words) || !possible(option.dataset.press);
    }
    for (const group of all("[role=group]", list)) {
      const useless = group.matches("[data-actions]") && !about;
      group.hidden = useless || all("[role=option]", group).every((option) => option.hidden);
    }
    const found = options();
    activate(found[0]);
    tell(found.length);
  }

  function tell(number) {
    const words = find("[data-found]", dialog);
    words.textContent = number === 0 ? words.dataset.none : number === 1 ? words.dataset.one : words.dataset.many.replace("#", number);
    find("[data-nothing]", dialog).hidden = number > 0;
  }

  async function ask() {
    const mine = ++asked;
    const answer = await fetch(`${dialog.dataset.url}?q=${encodeURIComponent(box.value)}`, { headers: { "HX-Request": "true" } });
    const elsewhere = answer.headers.get("HX-Redirect"); // the session is over
    if (elsewhere) window.location.assign(elsewhere);
    if (elsewhere || mine !== asked) return; // Another letter was typed meanwhile.
    people.innerHTML = answer.ok ? await answer.text() : "";
    narrow();
  }

  function typed() {
    narrow();
    window.clearTimeout(wait);
    wait = window.setTimeout(ask, WAIT);
  }

  function open() {
    origin = document.activeElement;
    const target = window.desk.target();
    atHand = target;
    find("[data-about]", dialog).textContent = target?.about || find("h1")?.textContent || "";
    box.value = "";
    people.replaceChildren();
    narrow();
    dialog.showModal();
    box.focus();
    ask();
  }

  function take(option) {
    if (!option) return;
    dialog.close();
    if (option.dataset.href) return void window.location.assign(option.dataset.href);
    origin?.focus();
    window.desk.perform(option.dataset.press);
  }

  function step(by) {
    const found = options();
    if (!found.length) return;
    const at = found.indexOf(active());
    activate(found[(at + by + found.length) % found.length]);
  }

  const moves = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => take(active()),
  };

  box.addEventListener("input", typed);
  box.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  });
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  dialog.addEventListener("close", () => { // People are not kept on a page where they were not asked for.
    window.clearTimeout(wait);
    asked += 1;
    people.replaceChildren();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!find("dialog[open]")) open();
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-open-palette]")) open(); });
})();
