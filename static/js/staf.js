// Keys for staff: "/" goes to the search box, j and k walk the rows of a list and Enter opens the row;
// on the page of one report j and k go to the next and the previous one of the list; n enters a new report.

const typing = (element) => element.closest("input, select, textarea, [contenteditable]");

function select(rows, step) {
  const at = rows.findIndex((row) => row.classList.contains("is-gekozen"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.classList.remove("is-gekozen");
  next.classList.add("is-gekozen");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector('[data-sneltoets="/"]');
    if (!box) return;
    event.preventDefault();
    box.select();
  } else if (event.key === "n") {
    document.querySelector('a[data-sneltoets="n"]')?.click();
  } else if (event.key === "j" || event.key === "k") {
    const rows = [...document.querySelectorAll("[data-rijen] tbody tr")];
    if (rows.length) select(rows, event.key === "j" ? 1 : -1);
    else document.querySelector(`a[data-sneltoets="${event.key}"]`)?.click();
  }
});
