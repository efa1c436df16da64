// Django's search fields in the admin have no name for a screen reader: give them that of their label.
(() => {
  "use strict";

  function name(within) {
    for (const select of within.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      const box = select.nextElementSibling;
      if (!label || !box || !box.matches(".select2-container")) continue;
      label.id ||= `${select.id}_label`;
      const chosen = box.querySelector(".select2-selection__rendered");
      box.querySelector('[role="combobox"]')?.setAttribute("aria-labelledby", `${label.id} ${chosen?.id ?? ""}`.trim());
      if (chosen?.getAttribute("role") === "textbox") chosen.setAttribute("aria-labelledby", label.id);
    }
  }

  // After jQuery's own "ready", in which Django makes the search fields.
  window.addEventListener("load", () => window.django?.jQuery?.(() => name(document)));
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)));
})();
