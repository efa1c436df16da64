// Blocks of an edition are dragged into order; the buttons beside each do the same without this.
"use strict";
(() => {
  const form = document.querySelector("[data-volgorde]");
  if (!form || !form.querySelector("[draggable]")) return;
  const list = form.querySelector("ol");
  const status = form.querySelector("[data-volgorde-stand]");
  let dragged = null;

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-blok]");
    if (!dragged) return;
    dragged.classList.add("is-gesleept");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-blok]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", async () => {
    if (!dragged) return;
    dragged.classList.remove("is-gesleept");
    dragged = null;
    const data = new FormData(form);
    data.set("volgorde", [...list.querySelectorAll("[data-blok]")].map((row) => row.dataset.blok).join(","));
    status.textContent = "De volgorde wordt bewaard…";
    let saved = false;
    try {
      saved = (await fetch(form.action, { method: "POST", body: data })).ok;
    } catch {
      // No network: said below.
    }
    status.textContent = saved
      ? "De volgorde is bewaard."
      : "De volgorde is niet bewaard. Laad de pagina opnieuw en probeer het nog eens.";
  });
})();
