// The boxes of a lead's page: Ctrl+Enter saves the note, nothing is sent twice, and nobody leaves what they typed behind without a word.
"use strict";

(() => {
  const { find } = window.desk;
  let sent = false;

  const address = find("#main")?.dataset.address; // What they wrote is opened by a POST elsewhere: reloading asks for the lead's own page.
  if (address && address !== window.location.pathname) window.history.replaceState(null, "", address);
  if (window.location.hash === "#note") find("#note")?.focus();

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "note" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => { // Enter in a line presses the button beside it, not the page's first.
    const line = event.key === "Enter" && event.target.matches("input:not([role=combobox], [type=checkbox])");
    const button = line && find("button", event.target.closest("[data-enter]") ?? event.target);
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
})();
