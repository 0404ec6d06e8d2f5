// Call mode: a digit presses the button that shows it.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.repeat || !window.desk.keysAreOn() || !window.desk.meansThePage(event)) return;
  if (document.documentElement.classList.contains("names-hidden")) return;
  const button = /^[0-9]$/.test(event.key) && document.querySelector(`[data-call-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
