// In the street the connection comes and goes: nothing typed is lost. Each form with `data-bewaar` keeps its words in
// this tab until the portal has them, and before it leaves it looks whether the portal answers. Without script the form
// works as any other.

const WAIT = 8000;
const SENT = "ronde:verstuurd";
const here = `ronde:${location.pathname}${location.search}`;
const script = document.querySelector('script[src*="ronde"]').src;

// Sent, and the portal went on to another page: it has the words.
const sent = sessionStorage.getItem(SENT);
if (sent && sent !== here) sessionStorage.removeItem(sent);
sessionStorage.removeItem(SENT);

for (const form of document.querySelectorAll("form[data-bewaar]")) {
  const fields = [...form.elements].filter(
    (field) => field.name && field.matches("textarea, input:not([type=hidden]):not([type=file]), select"),
  );
  const warning = form.querySelector("[data-geen-net]");

  // Not after an error: then the portal gave the words back itself.
  const kept = sessionStorage.getItem(here);
  if (kept && !document.querySelector(".fouten, .banner[data-focus]")) {
    const values = JSON.parse(kept);
    for (const field of fields) if (field.name in values) field.value = values[field.name];
  }

  form.addEventListener("input", () => {
    sessionStorage.setItem(here, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value]))));
  });

  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    const button = event.submitter;
    warning.hidden = true;
    try {
      await fetch(script, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(WAIT) });
    } catch {
      warning.hidden = false;
      warning.scrollIntoView({ block: "center" });
      return;
    }
    sure = true;
    sessionStorage.setItem(SENT, here);
    form.requestSubmit(button);
    sure = false;
  });
}
