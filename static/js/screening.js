/* Measuring without a connection.

   A form [data-meet] that cannot reach the portal is kept in the browser's own database, with its photos, and sent
   when there is a connection again: from any page of the screening, by one tab at a time, with the key of the form
   (`inzending`) that lets the portal keep it once. What the portal refuses stays here, with its reasons, until
   somebody corrects it or throws it away. Without this script the form is an ordinary form. */

(() => {
  const bar = document.querySelector("[data-wachtrij-balk]");
  if (!bar || !window.indexedDB) return;
  const { wachtrijUrl: QUEUE_URL, tokenUrl: TOKEN_URL, swUrl: WORKER_URL } = bar.dataset;
  const TIMEOUT = 20000; // milliseconds after which a form that is being sent is kept instead
  const AGAIN = 30000; // milliseconds between two tries
  const WORDS = {
    wacht: "wacht op verbinding", bezig: "wordt verstuurd", login: "log eerst in", ander: "is van een andere collega",
    geweigerd: "geweigerd: verbeter wat hieronder staat", conflict: "iemand was je voor: kies hieronder",
  };

  /* ---- the database --------------------------------------------------------------------------------------------- */
  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open("screening", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("wachtrij", { keyPath: "inzending" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const store = async (mode, work) => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("wachtrij", mode, mode === "readwrite" ? { durability: "strict" } : {});
        const request = work(transaction.objectStore("wachtrij"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };
  const all = async () => (await store("readonly", (rows) => rows.getAll())).sort((a, b) => (a.op < b.op ? -1 : 1));
  const get = (key) => store("readonly", (rows) => rows.get(key));
  const put = (entry) => store("readwrite", (rows) => rows.put(entry));
  const drop = (key) => store("readwrite", (rows) => rows.delete(key));

  /* ---- sending -------------------------------------------------------------------------------------------------- */
  const ask = async (url, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      return await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: stop.signal, ...options });
    } finally {
      clearTimeout(timer);
    }
  };
  // Throws when the portal cannot be reached; answers undefined when nobody is logged in.
  const token = async () => {
    const answer = await ask(TOKEN_URL, { headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect" || answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const body = (fields) => {
    const data = new FormData();
    fields.forEach(([name, value, file]) => (file ? data.append(name, value, file) : data.append(name, value)));
    return data;
  };
  const deliver = async (entry, who) => {
    const fields = entry.velden.filter(([name]) => name !== "csrfmiddlewaretoken");
    const answer = await ask(entry.url, {
      method: "POST",
      body: body(fields),
      headers: { "X-CSRFToken": who.token, "X-Wachtrij": "ja", Accept: "application/json" },
    });
    if (answer.type === "opaqueredirect") return { stand: "login" };
    if (answer.status === 404) return { stand: "geweigerd", fouten: ["Dit object is er niet meer, of je mag het niet meer meten."] };
    if (answer.status === 413) return { stand: "geweigerd", fouten: ["De foto's zijn samen te groot."] };
    if (![200, 409, 422].includes(answer.status)) throw new Error(`${answer.status}`);
    return answer.json();
  };

  const sendAll = async () => {
    const rows = (await all()).filter(({ stand }) => !["geweigerd", "conflict"].includes(stand));
    if (!rows.length) return;
    const who = await token();
    for (const entry of rows) {
      if (!who) await put({ ...entry, stand: "login" });
      else if (entry.wie && String(entry.wie) !== String(who.wie)) await put({ ...entry, stand: "ander" });
      else {
        await put({ ...entry, stand: "bezig" });
        await show();
        try {
          const said = await deliver(entry, who);
          if (said.stand === "ok") {
            await drop(entry.inzending);
            sent.push({ naam: said.naam, url: said.url });
          } else await put({ ...entry, stand: said.stand, fouten: said.fouten || [], bekijk: said.url });
        } catch (error) {
          await put({ ...entry, stand: "wacht" });
          throw error;
        }
      }
      await show();
    }
  };
  const sent = [];
  // One tab at a time: two that send the same form at once are told apart by the portal, but need not try.
  const work = () => sendAll().catch(() => {}).then(show);
  // When the connection comes back, a try that is still under way was made without it: go once more after that.
  const sendAfter = async () => (navigator.locks ? navigator.locks.request("screening-wachtrij", work) : work());
  const send = async () => {
    if (!navigator.locks) return work();
    return navigator.locks.request("screening-wachtrij", { ifAvailable: true }, (lock) => (lock ? work() : show()));
  };

  /* ---- what people see ------------------------------------------------------------------------------------------ */
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.append(document.createTextNode(text));
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const show = async () => {
    const rows = await all();
    const stuck = rows.filter(({ stand }) => ["geweigerd", "conflict"].includes(stand)).length;
    bar.hidden = !rows.length;
    bar.classList.toggle("is-fout", stuck > 0);
    const count = rows.length === 1 ? "1 meting staat" : `${rows.length} metingen staan`;
    const link = element("a", stuck ? `Bekijk ze: ${stuck} kan zo niet bewaard worden` : "Bekijk ze", { href: QUEUE_URL });
    if (rows.length) bar.replaceChildren(document.createTextNode(`${count} nog op dit toestel. `), link);
    drawList(rows);
  };
  const drawList = (rows) => {
    const list = document.querySelector("[data-wachtrij]");
    if (!list) return;
    document.querySelector("[data-wachtrij-leeg]").hidden = rows.length > 0;
    document.querySelector("[data-verstuur-nu]").hidden = !rows.length;
    const words = sent.map(({ naam }) => naam);
    document.querySelector("[data-wachtrij-stand]").textContent = words.length ? `Verstuurd: ${words.join(", ")}.` : "";
    list.replaceChildren(...rows.map((entry) => {
      const item = element("li", "", { class: "paneel" });
      item.append(element("h2", entry.naam));
      item.append(element("p", `${new Date(entry.op).toLocaleString("nl-BE", { dateStyle: "long", timeStyle: "short" })} · ${WORDS[entry.stand] || entry.stand}`));
      if (entry.fouten?.length) {
        const errors = element("ul");
        entry.fouten.forEach((error) => errors.append(element("li", error)));
        item.append(errors);
      }
      const buttons = element("p", "", { class: "knoppen" });
      const button = (text, kind, work) => {
        const made = element("button", text, { type: "button", class: `knop ${kind}` });
        made.append(element("span", ` ${entry.naam}`, { class: "onzichtbaar" }));
        made.addEventListener("click", work);
        buttons.append(made);
      };
      if (entry.stand === "conflict") {
        button("Bewaar toch", "", async () => {
          await put({ ...entry, stand: "wacht", fouten: [], velden: [...entry.velden.filter(([name]) => name !== "toch"), ["toch", "ja"]] });
          await send();
        });
        if (entry.bekijk) buttons.append(element("a", "Bekijk wat er gemeten is", { href: entry.bekijk, class: "knop knop--tweede" }));
      }
      if (entry.stand === "geweigerd") buttons.append(element("a", "Verbeter", { href: `${entry.url}${entry.url.includes("?") ? "&" : "?"}wachtrij=${entry.inzending}`, class: "knop" }));
      if (entry.stand === "login") buttons.append(element("a", "Log in", { href: QUEUE_URL, class: "knop" }));
      if (["geweigerd", "conflict"].includes(entry.stand)) {
        button("Gooi weg", "knop--stil", async () => {
          if (window.confirm(`Deze meting van ${entry.naam} weggooien? Ze is nergens anders bewaard.`)) await drop(entry.inzending);
          await show();
        });
      }
      if (buttons.children.length) item.append(buttons);
      return item;
    }));
  };

  /* ---- the form ------------------------------------------------------------------------------------------------- */
  const form = document.querySelector("[data-meet]");
  const FIELD = /^[cn]_/;
  const copyKey = form && `screening-vorige-${form.dataset.onderwerp}`;
  const fieldsOf = (button) => {
    const data = new FormData(form, button || undefined);
    return [...data.entries()].filter(([, value]) => !(value instanceof File) || value.size).map(([name, value]) => (value instanceof File ? [name, value, value.name] : [name, value]));
  };
  const fillIn = (fields, wanted) => {
    [...form.elements].forEach((input) => {
      if (!input.name || !wanted(input.name) || ["file", "submit", "button"].includes(input.type)) return;
      const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
      else if (values.length) [input.value] = values;
    });
  };
  const newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    // On a page without https: the same form of number, from the same dice.
    const dice = crypto.getRandomValues(new Uint8Array(16));
    dice[6] = (dice[6] & 15) | 64;
    dice[8] = (dice[8] & 63) | 128;
    const hex = [...dice].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  const startForm = async () => {
    // A page from the cache carries the key of the day it was kept: every form that is filled in gets its own.
    const hasErrors = document.querySelector(".fouten, .banner--let-op");
    let key = hasErrors ? form.elements.inzending.value : newKey();
    let files = [];
    const again = new URLSearchParams(window.location.search).get("wachtrij");
    const entry = again && (await get(again));
    if (entry) {
      key = entry.inzending;
      fillIn(entry.velden, (name) => name !== "csrfmiddlewaretoken" && name !== "versie");
      files = entry.velden.filter(([, , file]) => file);
      form.prepend(element("p", `Je verbetert een meting van dit toestel.${files.length ? ` De foto's die je nam (${files.length}), gaan mee.` : ""} ${(entry.fouten || []).join(" ")}`, { role: "status", class: "banner banner--let-op" }));
    }
    form.elements.inzending.value = key;

    const copy = document.querySelector("[data-kopieer]");
    copy?.addEventListener("click", (event) => {
      const before = JSON.parse(localStorage.getItem(copyKey) || "null");
      if (!before) return;
      event.preventDefault();
      fillIn(before, (name) => FIELD.test(name));
      copy.replaceWith(element("p", "De waarden van je vorige object staan ingevuld. Wijzig wat hier anders is.", { role: "status" }));
      form.querySelector("[name^=c_]")?.focus();
    });

    const keep = async (button) => {
      const fields = fieldsOf(button).filter(([name]) => name !== "uitgesteld");
      const chosen = new Set(fields.filter(([, , file]) => file).map(([name]) => name));
      await put({
        inzending: key,
        url: form.getAttribute("action") || `${window.location.pathname}`,
        naam: form.elements.naam?.value || form.dataset.naam,
        wie: form.dataset.wie,
        op: new Date().toISOString(),
        stand: "wacht",
        fouten: [],
        velden: [...fields, ...files.filter(([name]) => !chosen.has(name)), ["uitgesteld", "on"]],
      });
      form.hidden = true;
      const told = document.querySelector("[data-bewaard]");
      told.hidden = false;
      told.focus();
      navigator.storage?.persist?.();
      await show();
    };

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.dataset.bezig) return;
      form.dataset.bezig = "ja";
      const button = event.submitter;
      if (!form.elements.gemeten_op.value) form.elements.gemeten_op.value = new Date().toISOString();
      localStorage.setItem(copyKey, JSON.stringify(fieldsOf().filter(([name]) => FIELD.test(name) && !name.startsWith("n_"))));
      try {
        const who = await token();
        if (who && entry) {
          // What came from the queue goes through the queue: its photos are not in this form.
          await keep(button);
          await send();
        } else if (who) {
          // There is a connection: let the browser send the form as it always does, with a token that is fresh.
          form.elements.csrfmiddlewaretoken.value = who.token;
          if (button?.name) {
            const hidden = element("input", "", { type: "hidden", name: button.name, value: button.value });
            form.append(hidden);
          }
          const said = await deliver({ url: form.getAttribute("action") || window.location.pathname, velden: fieldsOf(button) }, who);
          if (said.stand === "ok") window.location.assign(said.url);
          else if (said.stand === "login") await keep(button);
          else form.submit(); // the page comes back with what is wrong, and nothing is lost
        } else await keep(button);
      } catch {
        await keep(button);
      } finally {
        delete form.dataset.bezig;
      }
    }, { capture: true });
  };
  if (form) startForm();

  /* ---- keeping pages at hand ------------------------------------------------------------------------------------ */
  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register(WORKER_URL).catch(() => {});
    const take = document.querySelector("[data-neem-mee]");
    if (take) {
      take.hidden = false;
      const stand = document.querySelector("[data-neem-mee-stand]");
      take.addEventListener("click", async () => {
        const { active } = await navigator.serviceWorker.ready;
        const links = [...document.querySelectorAll("a[data-mee]")].map(({ href }) => href);
        const bare = [...new Set(links.map((href) => href.split("?")[0]))];
        active.postMessage({ doe: "neem mee", adressen: [...new Set([window.location.href, new URL(QUEUE_URL, window.location.href).href, ...links, ...bare])] });
      });
      navigator.serviceWorker.addEventListener("message", ({ data }) => {
        if (data.stand !== "neem mee") return;
        stand.textContent = data.klaar < data.alles ? `${data.klaar} van ${data.alles} bladen staan klaar …` : `${data.klaar} bladen staan klaar. Je kunt meten zonder verbinding.`;
      });
    }
  }

  window.addEventListener("online", sendAfter);
  document.querySelector("[data-verstuur-nu]")?.addEventListener("click", send);
  setInterval(send, AGAIN);
  show().then(send);
})();
