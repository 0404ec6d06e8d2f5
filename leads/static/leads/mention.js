// "@" in a note offers colleagues: a listbox below the box, which keeps the focus. Without it "@Bob" is typed by hand and works the same.
"use strict";

(() => {
  const { find, all } = window.desk;
  const BEGUN = /(?:^|[^\p{L}\p{M}\p{N}_.])@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’. -]{0,60}))?$/u; // Where the server finds a mention, too (mentions.py).
  const OWN_LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", æ: "ae", œ: "oe", ß: "ss" }; // plain_letters, in names.py
  let closedAt = -1; // the place of an "@" whose names somebody closed

  const list = () => find("#mentionable");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[łøđðþħıæœß]/g, (letter) => OWN_LETTERS[letter]);
  const shown = () => all("[role=option]:not([hidden])", list());
  const active = () => find('[aria-selected="true"]', list());
  const isNote = (box) => box.id === "note" && Boolean(list());

  // The "@" before the caret and what is typed after it; null where there is none.
  function begun(box) {
    if (box.selectionStart !== box.selectionEnd) return null;
    const before = box.value.slice(0, box.selectionStart);
    const found = BEGUN.exec(before);
    return found && { at: before.lastIndexOf("@"), typed: plain(found[1] ?? "") };
  }

  function fits(name, typed) {
    const whole = plain(name);
    return whole.startsWith(typed) || whole.split(/\s+/).some((word) => word.startsWith(typed));
  }

  function activate(box, option) {
    for (const other of all('[aria-selected="true"]', list())) other.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function close(box) {
    list().hidden = true;
    box.removeAttribute("aria-activedescendant");
    find("[data-mentionable]").textContent = "";
  }

  function offer(box) {
    const name = begun(box);
    if (!name || name.at !== closedAt) closedAt = -1;
    if (!name || name.at === closedAt) return close(box);
    for (const option of all("[role=option]", list())) option.hidden = !fits(option.dataset.name, name.typed);
    const found = shown();
    if (!found.length) return close(box);
    list().hidden = false;
    activate(box, found[0]);
    tell(found.length);
  }

  function tell(number) {
    const words = find("[data-mentionable]");
    const text = number === 1 ? words.dataset.one : words.dataset.many.replace("#", number);
    if (words.textContent !== text) words.textContent = text;
  }

  function take(box, option) {
    const { at } = begun(box);
    close(box);
    box.setRangeText(`@${option.dataset.name} `, at, box.selectionStart, "end");
    box.dispatchEvent(new Event("input", { bubbles: true })); // It is kept as a draft like what was typed.
  }

  function step(box, by) {
    const options = shown();
    activate(box, options[(options.indexOf(active()) + by + options.length) % options.length]);
  }

  function key(box, event) {
    if (event.key === "ArrowDown") step(box, 1);
    else if (event.key === "ArrowUp") step(box, -1);
    else if (event.key === "Enter" || event.key === "Tab") take(box, active());
    else if (event.key === "Escape") {
      closedAt = begun(box).at;
      close(box);
    } else return false;
    return true;
  }

  document.addEventListener("input", (event) => { if (isNote(event.target)) offer(event.target); });
  document.addEventListener("keydown", (event) => { // Before the page's own keys: Escape closes the list and leaves the box alone.
    const open = isNote(event.target) && !list().hidden;
    if (!open || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (!begun(event.target)) return close(event.target);
    if (!key(event.target, event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("selectionchange", () => { // The caret went elsewhere.
    const box = document.activeElement;
    if (box && isNote(box) && !list().hidden && !begun(box)) close(box);
  });
  document.addEventListener("focusout", (event) => { if (isNote(event.target)) close(event.target); });
  document.addEventListener("mousedown", (event) => { if (event.target.closest("#mentionable")) event.preventDefault(); }); // The box keeps the focus.
  document.addEventListener("click", (event) => {
    const option = event.target.closest("#mentionable [role=option]");
    if (option) take(find("#note"), option);
  });
})();
