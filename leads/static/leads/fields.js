// Details changed in place: the focus follows, and Escape leaves things as they were.
"use strict";

{
  const at = (id) => document.getElementById(id);

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target?.id ?? "";
    if (target === "tags") at("tag-name")?.focus();
    if (!target.startsWith("detail-")) return;
    const line = at(target);
    (line?.querySelector("[name=value]") ?? line?.querySelector(".edit"))?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest(".detail-form")?.querySelector(".cancel")?.click();
  });
}
