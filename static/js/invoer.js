// Keys of quick entry: Enter in the search takes the first category, Ctrl+Enter stores the report.
// Without this file everything is there too, with Tab and the mouse.

document.querySelectorAll("[data-kies-eerste]").forEach((search) => {
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const group = document.getElementById(search.dataset.kiesEerste);
    const radio = group.querySelector("input[type=radio]:checked") || group.querySelector("input[type=radio]");
    if (!radio) return;
    const details = radio.closest("details");
    if (details) details.open = true;
    radio.focus();
    if (event.key === "Enter" && !radio.checked && !details) radio.click();
  });
});

document.querySelectorAll("form[data-bewaar-toets]").forEach((form) => {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".knoppen [name=bewaar]"));
  });
});
