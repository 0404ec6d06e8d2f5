// Call mode: a digit presses the button that shows it.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  const on = document.querySelector(".page")?.dataset.singleKeys === "on";
  if (typing || !on || event.repeat || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (document.documentElement.classList.contains("names-hidden")) return;
  const button = /^[0-9]$/.test(event.key) && document.querySelector(`[data-call-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
