/* Keeps the pages of the screening and their files at hand for when there is no connection. It never answers a form
   and never sends anything by itself: the queue in js/screening.js does that. Scope: /werk/screening/. */
const PAGES = "screening-bladen-1";
const FILES = "screening-bestanden-1";
const PATIENCE = 6000; // milliseconds to wait for the portal before the kept page is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("screening-") && ![PAGES, FILES].includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

const bare = (request) => {
  const url = new URL(request.url);
  url.hash = "";
  return url.href;
};

const keepPage = async (request, response) => {
  if (response.redirected && new URL(response.url).pathname.startsWith("/account/")) {
    // The log-in ended: what was kept is of somebody who may not read it any more.
    await caches.delete(PAGES);
    return;
  }
  if (response.ok && !response.redirected) await (await caches.open(PAGES)).put(bare(request), response.clone());
};

const page = async (request) => {
  const kept = await caches.match(bare(request), { cacheName: PAGES, ignoreVary: true });
  const fresh = fetch(request).then(async (response) => {
    await keepPage(request, response);
    return response;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => { setTimeout(() => resolve(kept), PATIENCE); });
  return Promise.race([fresh.catch(() => kept), late]);
};

const file = async (request) => {
  const kept = await caches.match(request, { cacheName: FILES, ignoreVary: true });
  if (kept) {
    // A name with a hash never changes; another may.
    if (!/\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname)) {
      fetch(request).then(async (response) => response.ok && (await caches.open(FILES)).put(request, response)).catch(() => {});
    }
    return kept;
  }
  const response = await fetch(request);
  if (response.ok) await (await caches.open(FILES)).put(request, response.clone());
  return response;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/werk/screening/")) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

/* What a page needs to look and work as it does: the files of the portal that it names. */
const keepFiles = async (html) => {
  const names = new Set([...html.matchAll(/(?:src|href)="(\/static\/[^"#]+)/g)].map(([, name]) => name));
  const files = await caches.open(FILES);
  await Promise.all([...names].map(async (name) => (await files.match(name)) || files.add(name).catch(() => {})));
};

/* "neem mee": keep these pages now, with their files; answers how many are there. */
self.addEventListener("message", (event) => {
  if (event.data?.doe !== "neem mee") return;
  event.waitUntil((async () => {
    let there = 0;
    for (const address of event.data.adressen) {
      try {
        const request = new Request(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
        const response = await fetch(request);
        await keepPage(request, response);
        if (response.ok && !response.redirected) {
          await keepFiles(await response.text());
          there += 1;
        }
      } catch { /* the rest may still come */ }
      event.source.postMessage({ stand: "neem mee", klaar: there, alles: event.data.adressen.length });
    }
  })());
});
