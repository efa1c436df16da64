/* Every map of the portal. The page works without it: it only fills in inputs that are there already.

   <div data-kaart hidden …></div> becomes a map (template: geo/kaart.html). Its attributes:
     data-bron="URL"       outlines: GeoJSON areas with properties {code, naam, url?, opschrift?}; `url` makes an
                           area a link, `opschrift` [lon, lat] is where its name stands.
                           Members of the collection: `nota` (shown in the corner of the map).
     data-punten="URL"     places: GeoJSON points with properties {naam, url?, soort?, aantal?}.
                           `aantal` over 1 is a cluster: a number that zooms in. `soort` becomes a class: landkaart__punt--SOORT.
                           Members of the collection: `nota` (what the map leaves out, said under it).
     data-punten-kader     ask the places again after each move, with ?kader=west,zuid,oost,noord&zoom=N
     data-kies="CODE"      look at this outline
     data-kader="w,z,o,n"  look at this box (else: all places of data-punten, else the outlines, else the city)
     data-vorm, data-invoer="ID"   write what is pointed at or drawn into that input:
         punt    "lat, lon"; click, drag, or arrow keys and Enter for the middle of the map
         lijn, omtrek   one "lat, lon" a line; starts by [data-kaart-teken] in [data-kaart-knoppen="ID"]
     data-tegels, data-tegels-bron   base map ({z}/{x}/{y}) and its credit; without it the outlines stand on paper
   [data-kaart-toon="CODE"] anywhere on the page lights up that outline while pointed at or focused.
   [data-plaats] around inputs and map adds the address search, "waar ik ben" and the name of the chosen place.
   Events: "kaart:klaar" on the div with detail {map}; the input gets "change" each time the map writes to it. */

(() => {
  const GENK = [[50.9142, 5.3838], [51.0196, 5.5963]];
  const text = (value) => document.createTextNode(value);
  const format = (latlng) => `${latlng.lat.toFixed(5)}, ${latlng.lng.toFixed(5)}`;
  const parse = (line) => {
    const match = /^\s*(5[01]\.\d+)[\s,;]+(\d\.\d+)\s*$/.exec(line);
    return match && L.latLng(Number(match[1]), Number(match[2]));
  };
  const get = async (url, signal) => {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const write = (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const icon = (properties) => {
    const cluster = properties.aantal > 1;
    const dot = document.createElement("span");
    if (cluster) dot.append(text(properties.aantal));
    const kind = String(properties.soort || "gewoon").replace(/[^\w-]/g, "");
    return L.divIcon({
      className: `landkaart__punt landkaart__punt--${cluster ? "groep" : kind}`,
      html: dot,
      iconSize: cluster ? [44, 44] : [28, 28],
    });
  };
  // Without a base map a street's width of paper says nothing: stay far enough to see the wijk around it.
  const close = (div) => (div.dataset.tegels ? 17 : 14);
  // Places that are all there at once are what the map is about; those asked per view follow the map.
  const looksAtPlaces = ({ dataset }) => dataset.punten && !("puntenKader" in dataset) && !dataset.kader && !dataset.kies;
  const go = (properties) => {
    if (properties.url) window.location.assign(properties.url);
  };

  const drawOutlines = async (map, div) => {
    const data = await get(div.dataset.bron);
    const layers = new Map();
    const layer = L.geoJSON(data, {
      attribution: data.nota ? L.Util.template("<span>{t}</span>", { t: data.nota }) : undefined,
      interactive: !div.dataset.vorm,
      style: () => ({ className: "landkaart__wijk", weight: 1.5 }),
      onEachFeature: (feature, part) => {
        layers.set(feature.properties.code, part);
        if (div.dataset.vorm) return;
        const label = document.createElement("span");
        label.append(text(feature.properties.naam));
        part.bindTooltip(label, { sticky: true, className: "landkaart__naam" });
        part.on("click", () => go(feature.properties));
      },
    }).addTo(map);
    // Names stand on the outlines that are wide enough to read them; the list has them all.
    const names = [...layers.values()].map((part) => {
      const label = document.createElement("span");
      label.append(text(part.feature.properties.naam));
      const [lon, lat] = part.feature.properties.opschrift || [];
      return {
        part,
        place: lon === undefined ? part.getCenter() : L.latLng(lat, lon),
        label: L.tooltip({ permanent: true, direction: "center", className: "landkaart__opschrift" }).setContent(label),
      };
    });
    const nameWhatFits = () => names.forEach(({ part, label, place }) => {
      const box = part.getBounds();
      const [a, b] = [map.latLngToLayerPoint(box.getSouthWest()), map.latLngToLayerPoint(box.getNorthEast())];
      const fits = b.x - a.x > part.feature.properties.naam.length * 9 && a.y - b.y > 40;
      if (fits) label.setLatLng(place).addTo(map);
      else label.remove();
    });
    map.on("zoomend", nameWhatFits);
    const light = (code, on) => layers.get(code)?.getElement()?.classList.toggle("is-aan", on);
    document.querySelectorAll("[data-kaart-toon]").forEach((element) => {
      const code = element.dataset.kaartToon;
      ["mouseenter", "focusin"].forEach((name) => element.addEventListener(name, () => light(code, true)));
      ["mouseleave", "focusout"].forEach((name) => element.addEventListener(name, () => light(code, false)));
    });
    const chosen = layers.get(div.dataset.kies);
    chosen?.getElement()?.classList.add("is-gekozen");
    chosen?.bringToFront();
    if (chosen) map.fitBounds(chosen.getBounds(), { animate: false, padding: [16, 16] });
    else if (!div.dataset.kader && !looksAtPlaces(div) && layer.getBounds().isValid()) map.fitBounds(layer.getBounds(), { animate: false, paddingTopLeft: [60, 0] });
    nameWhatFits();
  };

  const drawPlaces = (map, div) => {
    const group = L.layerGroup().addTo(map);
    const left = document.createElement("p");
    left.className = "landkaart__hint";
    left.setAttribute("role", "status");
    div.after(left);
    let running;
    const load = async () => {
      running?.abort();
      running = new AbortController();
      const url = new URL(div.dataset.punten, window.location.href);
      if ("puntenKader" in div.dataset) {
        url.searchParams.set("kader", map.getBounds().toBBoxString());
        url.searchParams.set("zoom", map.getZoom());
      }
      const data = await get(url, running.signal);
      group.clearLayers();
      left.textContent = data.nota || "";
      L.geoJSON(data, {
        pointToLayer: (feature, latlng) => {
          const { naam, aantal } = feature.properties;
          const marker = L.marker(latlng, { icon: icon(feature.properties), title: naam, alt: naam });
          return marker.on("click", () => {
            if (aantal > 1) map.setView(latlng, Math.min(map.getZoom() + 2, map.getMaxZoom()));
            else go(feature.properties);
          });
        },
      }).addTo(group);
      if (looksAtPlaces(div) && data.features.length) {
        map.fitBounds(L.geoJSON(data).getBounds(), { animate: false, maxZoom: close(div), padding: [32, 32] });
      }
    };
    const safely = () => load().catch((error) => error.name === "AbortError" || complain(div));
    if ("puntenKader" in div.dataset) map.on("moveend", safely);
    safely();
  };

  const pointAtPlace = (map, div, input) => {
    let pin;
    const show = (latlng) => {
      pin?.remove();
      pin = undefined;
      if (!latlng) return;
      pin = L.marker(latlng, {
        icon: L.divIcon({ className: "landkaart__pin", html: "<span></span>", iconSize: [36, 44], iconAnchor: [18, 42] }),
        draggable: true, keyboard: false, title: div.dataset.pin, alt: div.dataset.pin, zIndexOffset: 1000,
      }).addTo(map);
      pin.on("dragend", () => choose(pin.getLatLng()));
    };
    const choose = (latlng) => {
      show(latlng);
      write(input, format(latlng));
    };
    map.on("click", (event) => choose(event.latlng));
    div.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== div) return;
      event.preventDefault();
      choose(map.getCenter());
    });
    const follow = () => {
      const latlng = parse(input.value);
      show(latlng);
      if (latlng && !map.getBounds().contains(latlng)) map.panTo(latlng);
    };
    input.addEventListener("kaart:toon", () => {
      follow();
      const latlng = parse(input.value);
      if (latlng) map.setView(latlng, Math.max(map.getZoom(), close(div)));
    });
    input.addEventListener("change", follow);
    const hint = document.createElement("p");
    hint.className = "landkaart__hint";
    hint.append(text(div.dataset.hint || ""));
    div.after(hint);
    follow();
    const start = parse(input.value);
    return start && (() => map.setView(start, close(div), { animate: false }));
  };

  const draw = (map, div, input) => {
    const buttons = document.querySelector(`[data-kaart-knoppen="${input.id}"]`);
    const closed = div.dataset.vorm === "omtrek";
    let layer;
    const follow = () => {
      layer?.remove();
      layer = undefined;
      const points = input.value.split("\n").map(parse).filter(Boolean);
      if (points.length < 2) return undefined;
      layer = (closed ? L.polygon : L.polyline)(points, { className: "landkaart__getekend" }).addTo(map);
      return () => map.fitBounds(layer.getBounds(), { animate: false, padding: [24, 24] });
    };
    input.addEventListener("change", follow);
    if (buttons) {
      buttons.hidden = false;
      buttons.querySelector("[data-kaart-teken]").addEventListener("click", () => {
        const Tool = closed ? L.Draw.Polygon : L.Draw.Polyline;
        new Tool(map, { allowIntersection: !closed, showLength: false }).enable();
        div.focus();
      });
      buttons.querySelector("[data-kaart-wis]").addEventListener("click", () => write(input, ""));
    }
    map.on("draw:created", (event) => write(input, event.layer.getLatLngs().flat().map(format).join("\n")));
    return follow();
  };

  const complain = (div) => {
    const line = document.createElement("p");
    line.className = "landkaart__mislukt";
    line.append(text(div.dataset.mislukt));
    div.append(line);
  };

  const startMap = (div) => {
    if (div.dataset.klaar || !window.L) return;
    div.dataset.klaar = "ja";
    div.hidden = false;
    div.setAttribute("role", "region");
    div.setAttribute("aria-label", div.dataset.label);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(div, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.5, minZoom: 10, maxZoom: 19,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
      maxBounds: L.latLngBounds(GENK).pad(0.6),
    });
    L.control.zoom({ zoomInTitle: div.dataset.in, zoomOutTitle: div.dataset.uit }).addTo(map);
    L.control.attribution({ prefix: false }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (div.dataset.tegels) L.tileLayer(div.dataset.tegels, { attribution: div.dataset.tegelsBron, maxZoom: 19 }).addTo(map);
    const box = div.dataset.kader?.split(",").map(Number);
    map.fitBounds(box ? [[box[1], box[0]], [box[3], box[2]]] : GENK, { animate: false });
    const input = document.getElementById(div.dataset.invoer || "");
    const lookBack = input && (div.dataset.vorm === "punt" ? pointAtPlace : draw)(map, div, input);
    lookBack?.();
    if (div.dataset.punten) drawPlaces(map, div);
    const ready = div.dataset.bron ? drawOutlines(map, div).catch(() => complain(div)) : Promise.resolve();
    ready.then(() => {
      lookBack?.();
      div.dispatchEvent(new CustomEvent("kaart:klaar", { bubbles: true, detail: { map } }));
    });
  };

  const startPlace = (place) => {
    if (place.dataset.klaar) return;
    place.dataset.klaar = "ja";
    const part = (name) => place.querySelector(`[data-plaats-${name}]`);
    const [address, found, point, choices, said] = ["adres", "gevonden", "punt", "keuzes", "gekozen"].map(part);
    const ROUGH = 50; // metres: a device that knows less than this asks to look
    let byAddress = false;
    let metres = 0;
    let running;
    let pause;

    const name = async () => {
      said.textContent = "";
      if (!point.value.trim()) return;
      const url = new URL(place.dataset.waarUrl, window.location.href);
      url.searchParams.set("punt", point.value);
      try {
        const answer = await get(url);
        const rough = metres > ROUGH ? ` ${part("gps").dataset.ruw.replace("{meter}", metres)}` : "";
        said.textContent = answer.tekst + rough;
        metres = 0;
        if (answer.punt && !parse(point.value)) {
          point.value = format(L.latLng(answer.punt[1], answer.punt[0]));
          point.dispatchEvent(new Event("kaart:toon"));
        }
      } catch { /* the place stands without its name */ }
    };
    point.addEventListener("change", () => {
      if (!byAddress) address.value = found.value = "";
      name();
    });

    const pick = (row) => {
      byAddress = true;
      address.value = found.value = row.label;
      choices.replaceChildren();
      write(point, `${row.lat.toFixed(5)}, ${row.lon.toFixed(5)}`);
      byAddress = false;
      point.dispatchEvent(new Event("kaart:toon"));
      address.focus();
    };
    const search = async (isAsked) => {
      clearTimeout(pause);
      running?.abort();
      running = new AbortController();
      if (address.value.trim().length < 2) return choices.replaceChildren();
      const url = new URL(place.dataset.adresUrl, window.location.href);
      url.searchParams.set("q", address.value);
      try {
        const answer = await get(url, running.signal);
        const list = document.createElement("ul");
        list.setAttribute("role", "list");
        answer.adressen.forEach((row) => {
          const item = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          button.append(text(row.label));
          if (row.wijk) {
            const where = document.createElement("span");
            where.append(text(row.wijk));
            button.append(text(" "), where);
          }
          button.addEventListener("click", () => pick(row));
          item.append(button);
          list.append(item);
        });
        choices.replaceChildren(list);
        said.textContent = answer.tekst;
        if (isAsked && answer.adressen.length === 1) pick(answer.adressen[0]);
        else if (isAsked) list.querySelector("button")?.focus();
      } catch { /* typing on, or no connection: the button and the form still work */ }
      return undefined;
    };
    address.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(search, 250, false);
    });
    address.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      search(true);
    });
    part("zoek").addEventListener("click", (event) => {
      event.preventDefault();
      search(true);
    });
    choices.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const buttons = [...choices.querySelectorAll("button")];
      const next = step && buttons[buttons.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });

    const gps = part("gps");
    if (gps && navigator.geolocation) {
      gps.hidden = false;
      gps.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          metres = Math.round(coords.accuracy);
          write(point, `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`);
          point.dispatchEvent(new Event("kaart:toon"));
        },
        () => { said.textContent = gps.dataset.mislukt; },
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
      ));
    }
    if (!choices.children.length) name();
  };

  const start = (root) => {
    root.querySelectorAll("[data-plaats]").forEach(startPlace);
    root.querySelectorAll("[data-kaart]").forEach(startMap);
  };
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target.parentNode || document));
})();
