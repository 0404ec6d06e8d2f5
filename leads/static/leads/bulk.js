// Choosing rows: x, a click, or a click with Shift for all between; what is done then is done with every one of them.
"use strict";

(() => {
  const { find, all, rows } = window.desk;
  const boxes = () => all(".row > [name=lead]");
  let last = -1; // the box that was clicked last

  const chosen = () => boxes().filter((box) => box.checked);

  function told() {
    const words = find("[data-chosen]");
    if (!words) return;
    const number = chosen().length;
    words.textContent = number === 1 ? words.dataset.one : words.dataset.many.replace("#", number);
    const page = find("[data-choose-page]");
    page.checked = number === boxes().length;
    page.indeterminate = number > 0 && !page.checked;
    if (!page.checked) find("#bulk [name=all]").checked = false;
  }

  function set(which, checked) {
    for (const box of which) box.checked = checked;
    told();
  }

  window.desk.chosen = chosen;
  window.desk.toggle = () => {
    const box = find("[name=lead]", rows.current() ?? document.createElement("li"));
    if (!box) return;
    set([box], !box.checked);
    last = boxes().indexOf(box);
  };
  window.desk.bulkAction = (name) => {
    const field = find("#bulk [data-action]");
    field.value = name;
    field.disabled = false;
  };
  window.desk.pressBulk = (name, values = {}) => {
    for (const [field, value] of Object.entries(values)) find(`#bulk [name="${field}"]`).value = value;
    find(`#bulk button[value="${name}"]`).click();
  };

  document.addEventListener("click", (event) => {
    if (event.target.matches(".row > [name=lead]")) {
      const each = boxes();
      const at = each.indexOf(event.target);
      if (event.shiftKey && last >= 0) set(each.slice(Math.min(at, last), Math.max(at, last) + 1), event.target.checked);
      last = at;
    } else if (event.target.matches("[data-choose-none]")) {
      set(boxes(), false);
      rows.restore();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".row > [name=lead]")) told();
    else if (event.target.matches("[data-choose-page]")) set(boxes(), event.target.checked);
    else if (event.target.matches("#bulk [name=all]") && event.target.checked) set(boxes(), true);
  });
  document.addEventListener("submit", (event) => { // What was dealt with is not what comes next.
    const left = event.target.id === "bulk" && rows.leads().find((row) => !find("[name=lead]", row)?.checked);
    if (left) rows.remember(left);
  });
  window.addEventListener("pageshow", () => {
    const field = find("#bulk [data-action]");
    if (field) field.disabled = true;
    told();
  });
  document.addEventListener("htmx:afterSettle", told);
})();
