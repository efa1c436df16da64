// Choosing rows of a list: ticks stay when one goes to another page of the same list, and "x" ticks the chosen row.
// Without this the boxes of the page at hand work as they are.

const form = document.querySelector("form[data-bulk]");
const PREFIX = "bulk:";

const stored = (key) => new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));

function forget() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
}

function start() {
  const key = PREFIX + form.dataset.bulk;
  const chosen = stored(key);
  const boxes = [...document.querySelectorAll('input[form="bulk"][name="kies"]')];
  const option = form.querySelector('option[value="kies"]');
  const none = form.querySelector("[data-niets]");

  function show() {
    boxes.forEach((box) => { box.checked = chosen.has(box.value); });
    option.textContent = chosen.size ? `${option.dataset.aantal} (${chosen.size})` : option.dataset.aantal;
    none.hidden = !chosen.size;
    sessionStorage.setItem(key, JSON.stringify([...chosen]));
  }

  boxes.forEach((box) => box.addEventListener("change", () => {
    if (box.checked) chosen.add(box.value); else chosen.delete(box.value);
    form.elements.bereik.value = "kies";
    show();
  }));
  none.addEventListener("click", () => { chosen.clear(); show(); form.elements.bereik.focus(); });
  form.addEventListener("submit", () => { form.querySelector("[data-erbij]").value = [...chosen].join(","); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("select, textarea, [contenteditable], input:not([type=checkbox])")) return;
    const row = document.querySelector("[data-rijen] tr.is-gekozen") ?? event.target.closest("tr");
    row?.querySelector('input[name="kies"]')?.click();
  });
  show();
}

if (document.querySelector("[data-bulk-klaar]")) forget();
if (form) start();
