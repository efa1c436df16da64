// Draws the areas of a photo with the mouse or a finger, beside the numbers that say the same. Without it the numbers do.

(() => {
  const root = document.querySelector("[data-vervaag]");
  if (!root) return;
  const drawing = root.querySelector("svg");
  const rows = root.querySelector("[data-rijen]");
  const total = root.querySelector('input[name="vlak-TOTAL_FORMS"]');
  const clear = root.querySelector("[data-wis]");
  const NAMES = ["links", "boven", "breedte", "hoogte"];
  const SMALLEST = 0.5;

  const fields = (row) => NAMES.map((name) => row.querySelector(`input[name$="-${name}"]`));
  const numbers = (row) => fields(row).map((field) => (field.value === "" ? null : Number(field.value.replace(",", "."))));
  const all = () => [...rows.querySelectorAll("[data-rij]")];

  const show = () => {
    drawing.replaceChildren(
      ...all().map(numbers).filter((box) => box.every((value) => value !== null)).map(([x, y, width, height]) => {
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        Object.entries({ x, y, width, height }).forEach(([name, value]) => rect.setAttribute(name, value));
        return rect;
      }),
    );
  };

  const add = () => {
    const place = all().length;
    if (place >= Number(root.dataset.hoogstens)) return null;
    const row = all()[0].cloneNode(true);
    row.classList.remove("veld--fout");
    row.querySelectorAll(".veld__fout").forEach((error) => error.remove());
    row.querySelectorAll("[name], [id], [for]").forEach((element) => {
      for (const name of ["name", "id", "for"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/vlak-\d+-/, `vlak-${place}-`));
      }
    });
    fields(row).forEach((field) => { field.value = ""; });
    row.querySelector("legend").textContent = row.querySelector("legend").textContent.replace(/\d+/, place + 1);
    rows.append(row);
    total.value = place + 1;
    return row;
  };

  const free = () => all().find((row) => numbers(row).every((value) => value === null)) || add();
  const write = (row, box) => fields(row).forEach((field, i) => { field.value = box[i].toFixed(1); });

  const at = (event) => {
    const frame = drawing.getBoundingClientRect();
    const part = (value, size) => Math.min(100, Math.max(0, (100 * value) / size));
    return [part(event.clientX - frame.left, frame.width), part(event.clientY - frame.top, frame.height)];
  };

  let start = null;
  let row = null;
  drawing.addEventListener("pointerdown", (event) => {
    row = free();
    if (!row) return;
    start = at(event);
    drawing.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!start) return;
    const now = at(event);
    const corner = start.map((value, i) => Math.min(value, now[i]));
    write(row, [...corner, ...start.map((value, i) => Math.abs(value - now[i]))]);
    show();
  });
  drawing.addEventListener("pointerup", () => {
    if (start) {
      const [, , width, height] = numbers(row);
      if (!(width > SMALLEST && height > SMALLEST)) fields(row).forEach((field) => { field.value = ""; });
    }
    start = null;
    show();
  });

  rows.addEventListener("input", show);
  clear.hidden = false;
  clear.addEventListener("click", () => {
    all().forEach((one) => fields(one).forEach((field) => { field.value = ""; }));
    show();
  });
  show();
})();
