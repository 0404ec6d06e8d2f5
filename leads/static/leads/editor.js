// Variables are put where one writes: each stands on the page as text, and becomes a button.
"use strict";

const WRITTEN_IN = "[data-variables]";
let field = document.querySelector(`textarea${WRITTEN_IN}`); // where one wrote last

document.addEventListener("focusin", (event) => {
  if (event.target.matches(WRITTEN_IN)) field = event.target;
});

function put(code) {
  if (!field) return;
  const text = code.getAttribute(`data-put-${field.lang}`) ?? code.textContent;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

for (const code of document.querySelectorAll(".variables code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "variable";
  button.addEventListener("click", () => put(code));
  code.replaceWith(button);
  button.append(code);
}

// Nobody leaves what they typed behind without a word.

let saved = !document.querySelector(".error-summary");

document.addEventListener("input", (event) => { if (event.target.closest(".editor-step")) saved = false; });
document.addEventListener("submit", () => { saved = true; });
document.addEventListener("signed-out", () => { saved = true; });
window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
