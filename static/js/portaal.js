// What every page gets on top of plain HTML. Nothing here is needed to finish a task.

document.querySelector("[data-focus]")?.focus();

// A double click sends a form once; a page that comes back from the browser's memory can be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.verstuurd) event.preventDefault();
  form.dataset.verstuurd = "ja";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-verstuurd]").forEach((form) => delete form.dataset.verstuurd);
  // What was typed before the scripts had come in, or kept by the browser, is searched too.
  document.querySelectorAll("input[type=search][hx-get]").forEach((search) => {
    if (search.value !== search.defaultValue) search.dispatchEvent(new Event("alsnog"));
  });
});

// Buttons that only work with a script stay hidden without one.
document.querySelectorAll("[data-afdrukken]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Menus made with <details data-sluit> close on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-sluit][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-sluit][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// How many characters are left, told once the writer comes near the limit.
document.querySelectorAll("textarea[maxlength]").forEach((area) => {
  const counter = document.createElement("p");
  counter.className = "veld__teller";
  counter.setAttribute("aria-live", "polite");
  area.after(counter);
  area.addEventListener("input", () => {
    const left = area.maxLength - area.value.length;
    const words = document.documentElement.lang === "nl" ? `Nog ${left} tekens` : String(left);
    counter.textContent = left < area.maxLength / 5 ? words : "";
  });
});
