"use strict";
// Python has decided and worded everything in the island; here it is filtered, highlighted and drawn. Text reaches
// the page only as text nodes, so nothing that a model holds can ever run.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("island").textContent);
  const rows = new Map(data.rows.map((row) => [row.id, row]));
  const things = new Map(Object.entries(data.things));
  const sources = new Map(Object.entries(data.sources));
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const legend = [...document.querySelectorAll("[data-position]")];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 60rem)");

  const off = new Set(); // positions that the legend hides, and `inferred`
  const isOff = (row) => off.has(row.position) || off.has(row.basis);
  let chosen = null; // key of a thing or id of a row
  let opener = null; // what had the focus before the details took it
  let hovered = null;

  function el(tag, props = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === "function") made.addEventListener(name, value);
      else made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  function swatch(position) {
    return legend.find((button) => button.dataset.position === position).querySelector("svg").cloneNode(true);
  }

  function say(text) {
    byId("status").textContent = text;
  }

  // -- drawing

  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const shownNodes = new vis.DataSet();
  const shownEdges = new vis.DataSet();

  // The chosen and what it is tied to by lines in sight, which for a speaker are those that it spoke for; null where
  // none of that is drawn, so that nothing is dimmed in vain.
  function neighbourhood() {
    const spoken = things.get(chosen)?.spoken ?? [];
    const near = data.edges.filter((edge) => !isOff(edge)
      && ([edge.id, edge.from, edge.to].includes(chosen) || spoken.includes(edge.id)));
    return near.length ? new Set([chosen, ...near.flatMap((edge) => [edge.id, edge.from, edge.to])]) : null;
  }

  let near = null;

  function paint() {
    near = neighbourhood();
    const [paper, dark, soft] = ["paper", "ink", "edge"].map(ink);
    shownEdges.update(data.edges.map((edge) => ({
      ...edge,
      hidden: isOff(edge),
      color: { color: ink(edge.ink), inherit: false, opacity: near && !near.has(edge.id) ? 0.12 : edge.basis === "inferred" ? 0.4 : 1 },
    })));
    // The library's own labels would shrink with the drawing and run into each other: see drawLabels.
    shownNodes.update(data.nodes.map((node) => ({
      ...node,
      label: undefined,
      opacity: !near || near.has(node.id) ? 1 : 0.2,
      color: { background: node.kind === "proposal" ? paper : dark, border: node.kind === "proposal" ? soft : dark },
    })));
  }

  const stage = byId("drawing");
  // A wheel turned over the drawing is to move the page, not to zoom, unless Ctrl (or a pinch) says so.
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  }, { capture: true });
  paint();
  const network = new vis.Network(stage, { nodes: shownNodes, edges: shownEdges }, data.options);
  // The canvas takes no keys; everything in it is in the search and in the table too.
  stage.firstElementChild.tabIndex = -1;
  stage.querySelector("canvas").setAttribute("role", "img");
  stage.querySelector("canvas").setAttribute("aria-label", `${data.head.counts.join(", ")}; the same as in the table of all positions`);

  // Labels keep their size on screen. They are placed one by one, the chosen and the most connected first, and left
  // out where nothing is free; zooming in makes room for them.
  const SIZE = 13;
  const LEADING = 15;

  function drawLabels(ctx) {
    const unit = 1 / network.getScale();
    const at = network.getPositions();
    const [paper, dark, sans] = ["paper", "ink", "sans"].map(ink);
    const marks = data.nodes.map((node) => {
      const { x, y } = at[node.id];
      return [x - node.size, y - node.size, x + node.size, y + node.size];
    });
    const taken = [];
    const clearOf = (others) => ([box]) => others.every((other) =>
      box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1]);
    const [start, end] = [{ x: 0, y: 0 }, { x: stage.clientWidth, y: stage.clientHeight }].map((one) => network.DOMtoCanvas(one));
    const isSeen = ([box]) => box[0] >= start.x && box[1] >= start.y && box[2] <= end.x && box[3] <= end.y;
    const rank = (node) => (node.id === hovered || node.id === chosen ? 0 : near?.has(node.id) ? 1 : 2);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3 * unit;
    ctx.strokeStyle = paper;
    ctx.fillStyle = dark;
    for (const node of [...data.nodes].sort((one, other) => rank(one) - rank(other))) {
      const lines = node.label.split("\n");
      ctx.font = `${node.kind === "proposal" ? 400 : 700} ${SIZE * unit}px ${sans}`;
      const wide = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 2 * unit;
      const places = around(at[node.id], node.size + 3 * unit, wide, lines.length * LEADING * unit).filter(isSeen);
      // A prominent name may cover the mark of another thing rather than be missing, never another name.
      const place = places.find(clearOf([...marks, ...taken]))
        ?? (node.prominent || rank(node) < 2 ? places.find(clearOf(taken)) : undefined)
        ?? (rank(node) ? undefined : places[0]);
      if (!place) continue;
      const [box, align] = place;
      taken.push(box);
      ctx.textAlign = align;
      ctx.globalAlpha = !near || rank(node) < 2 ? 1 : 0.35;
      const x = align === "left" ? box[0] : align === "right" ? box[2] : (box[0] + box[2]) / 2;
      lines.forEach((line, number) => {
        const y = box[1] + (number + 0.5) * LEADING * unit;
        ctx.strokeText(line, x, y);
        ctx.fillText(line, x, y);
      });
    }
    ctx.globalAlpha = 1;
  }

  // Where a label may stand, the best place first: [left, top, right, bottom] and how its lines are aligned.
  function around({ x, y }, gap, wide, high) {
    const box = (left, top) => [left, top, left + wide, top + high];
    const [above, level, below] = [y - gap - high, y - high / 2, y + gap];
    return [
      [box(x - wide / 2, below), "center"],
      [box(x - wide / 2, above), "center"],
      [box(x + gap, level), "left"],
      [box(x - gap - wide, level), "right"],
      [box(x + gap / 2, below - gap / 2), "left"],
      [box(x - gap / 2 - wide, below - gap / 2), "right"],
      [box(x + gap / 2, above + gap / 2), "left"],
      [box(x - gap / 2 - wide, above + gap / 2), "right"],
    ];
  }

  function fit() {
    network.fit({ maxZoomLevel: 1.2, animation: false });
    zoom(0.93); // labels stand outside the marks that the library fits
  }

  function moveTo(position, scale) {
    network.moveTo({ position, scale, animation: still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" } });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  }

  // Bring what is chosen into sight, with all that it is tied to.
  function focus() {
    if (!near) return;
    const seen = [...near].filter((key) => nodes.has(key)).map((key) => network.getPosition(key));
    const [left, right, top, bottom] = ["x", "y"].flatMap((axis) => {
      const along = seen.map((one) => one[axis]);
      return [Math.min(...along), Math.max(...along)];
    });
    // Labels stand outside the marks, and take their room on screen whatever the scale.
    const [wide, high] = [stage.clientWidth, stage.clientHeight];
    const scale = Math.min((wide - Math.min(200, wide * 0.3)) / (right - left || 1), (high - 110) / (bottom - top || 1));
    moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 }, Math.max(0.1, Math.min(scale, 1.2)));
  }

  network.on("afterDrawing", drawLabels);
  network.on("click", ({ pointer }) => {
    const found = network.getNodeAt(pointer.DOM) ?? network.getEdgeAt(pointer.DOM);
    if (found === undefined) clear();
    else choose(found, { move: false });
  });
  for (const [event, key] of [["hoverNode", "node"], ["hoverEdge", "edge"]]) {
    network.on(event, (found) => {
      hovered = found[key];
      stage.classList.add("on-something");
      network.redraw();
    });
  }
  for (const event of ["blurNode", "blurEdge"]) {
    network.on(event, () => {
      hovered = null;
      stage.classList.remove("on-something");
      network.redraw();
    });
  }
  network.on("resize", () => {
    if (chosen === null) fit();
  });
  dark.addEventListener("change", paint);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);

  // -- details

  function link(key, text = things.get(key).name) {
    return el("button", { type: "button", class: "link", click: () => choose(key) }, text);
  }

  function evidence(one) {
    const source = sources.get(one.source);
    // Python lets only http, https and mailto through as links.
    const title = source.link
      ? el("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, source.title)
      : source.title;
    const about = [source.author, source.published, one.where, one.via].filter(Boolean).join(", ");
    return el("div", { class: "evidence" },
      el("p", {}, el("b", {}, source.publisher), ": ", title),
      el("p", {}, about),
      el("p", {}, one.grade),
      one.quote && el("blockquote", {}, `“${one.quote}”`),
      source.address && el("p", {}, "Address: ", el("code", {}, source.address)));
  }

  function body(row) {
    const paragraph = (text) => text && el("p", {}, text);
    const made = el("div", { class: "body" }, el("p", {}, row.span), paragraph(row.because), ...row.conditions.map(paragraph));
    if (row.contested.length) {
      made.append(el("p", {}, el("span", { class: "flag" }, "Contested"), " Other sources say: ",
        ...row.contested.flatMap((id, number) => [number ? ", " : "", link(id, rows.get(id).headline)])));
    }
    for (const record of row.records) {
      made.append(el("div", { class: "record" },
        el("p", { class: "said" }, record.said),
        record.speaker && el("p", {}, `Said by ${record.speaker}`),
        paragraph(record.toward),
        // The row's conditions stand above; a record's own only where it has others.
        ...(record.conditions.join() === row.conditions.join() ? [] : record.conditions.map(paragraph)),
        paragraph(record.note),
        ...record.evidence.map(evidence)));
    }
    return made;
  }

  function flags(row) {
    const words = [row.basis === "inferred" && "inferred", row.contested.length && "contested", row.stale && "stale"].filter(Boolean);
    return words.flatMap((word) => [el("span", { class: "flag" }, word), " "]);
  }

  function item(id, other) {
    const row = rows.get(id);
    const meta = [`since ${row.since}`, ...row.conditions].join(". ");
    return el("details", { class: "row" },
      el("summary", {}, swatch(row.position),
        el("span", {}, el("b", {}, row.position), " ", other(row),
          el("small", {}, meta, " ", ...flags(row)))),
      body(row));
  }

  function group(title, ids, other) {
    return ids.length ? [el("h3", {}, `${title} (${ids.length})`), ...ids.map((id) => item(id, other))] : [];
  }

  function thingView(key) {
    const thing = things.get(key);
    const isActor = key.startsWith("actor/");
    const other = (row) => things.get(isActor ? row.proposal : row.actor).name;
    const ofKind = (kind) => thing.rows.filter((id) => rows.get(id).kind === kind);
    const parts = [
      el("h2", { tabindex: "-1" }, thing.name),
      thing.aliases.length && el("p", { class: "soft" }, `Also called ${thing.aliases.join(", ")}`),
      thing.note && el("p", { class: "soft" }, thing.note),
      !thing.rows.length && el("p", {}, isActor
        ? "Nothing is on record in its own name on this day."
        : "Nobody’s position on it is on record on this day."),
      ...group("Stances", ofKind("stance"), other),
      ...group("Commitments", ofKind("commitment"), other),
      ...group("Said for others", thing.spoken, (row) => rows.get(row.id).headline),
    ];
    if (thing.ties.length) {
      parts.push(el("h3", {}, "Ties"), el("dl", { class: "ties" }, ...thing.ties.flatMap((tie) => [
        el("dt", {}, tie.tie),
        ...tie.to.map((end) => el("dd", {}, link(end.key), end.about && el("span", { class: "soft" }, ` ${end.about}`))),
      ])));
    }
    return [thing.kind, thing.name, parts.filter(Boolean)];
  }

  function rowView(id) {
    const row = rows.get(id);
    const kind = row.kind === "stance" ? "Stance" : "Commitment";
    const heading = el("h2", { tabindex: "-1" }, row.headline);
    const more = el("p", { class: "soft" }, "All of ", link(row.actor), "; all on ", link(row.proposal));
    return [kind, row.headline, [swatch(row.position), heading, more, body(row)]];
  }

  // `move` brings the choice into view and takes the focus along; a click on the drawing leaves both where they are.
  function choose(key, { move = true } = {}) {
    const [kind, name, parts] = rows.has(key) ? rowView(key) : thingView(key);
    const inPanel = byId("details").contains(document.activeElement);
    if (chosen === null || !inPanel) opener = document.activeElement;
    chosen = key;
    const close = el("button", { type: "button", click: clear }, "Close");
    byId("chosen").replaceChildren(el("div", { class: "top" }, el("span", {}, kind), close), ...parts);
    byId("chosen").hidden = false;
    byId("reading").hidden = true;
    byId("details").scrollTop = 0;
    paint();
    say(`Details: ${name}`);
    if (!move) return;
    focus();
    byId("chosen").querySelector("h2").focus({ preventScroll: !narrow.matches });
    if (!narrow.matches) byId("details").scrollIntoView({ block: "nearest" });
  }

  function clear() {
    const back = byId("chosen").contains(document.activeElement) ? opener : null;
    byId("query").value = "";
    suggest();
    if (chosen === null) return;
    chosen = null;
    byId("chosen").replaceChildren();
    byId("chosen").hidden = true;
    byId("reading").hidden = false;
    paint();
    say("Nothing chosen");
    back?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  // -- search

  const query = byId("query");
  const list = byId("suggestions");
  let found = [];
  let active = -1;

  // The same folding as Python's `names.fold`, which has folded the names.
  function fold(text) {
    const parts = text.toUpperCase().toLowerCase().normalize("NFKD").toLowerCase();
    const plain = [...parts].map((letter) => data.letters[letter] ?? letter).join("").replace(/\p{M}/gu, "");
    const folded = plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    return folded.replace(/^the /, "") || folded;
  }

  // The whole form, its first words, its beginning, the beginning of a word in it, anything in it, nothing.
  function nearness(form, wanted) {
    if (form === wanted) return 0;
    if (form.startsWith(`${wanted} `)) return 1;
    if (form.startsWith(wanted)) return 2;
    if (form.includes(` ${wanted}`)) return 3;
    return form.includes(wanted) ? 4 : 5;
  }

  function matches(wanted) {
    const ranked = data.search.flatMap((one) => {
      const hits = one.forms
        .map(([form, shown]) => [nearness(form, wanted), shown])
        .sort((a, b) => a[0] - b[0]);
      return hits[0][0] < 5 ? [{ ...one, rank: hits[0][0], shown: hits[0][1] }] : [];
    });
    return ranked.sort((a, b) => a.rank - b.rank).slice(0, 8);
  }

  function suggest() {
    const wanted = fold(query.value);
    found = wanted ? matches(wanted) : [];
    list.replaceChildren(...found.map((one, number) => el("li",
      { role: "option", id: `suggestion-${number}`, "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => pick(number) },
      one.name, el("small", {}, one.shown === one.name ? one.kind : `${one.kind}, found as ${one.shown}`))));
    list.hidden = !found.length;
    query.setAttribute("aria-expanded", String(found.length > 0));
    const missing = Boolean(query.value.trim()) && !found.length;
    byId("no-match").hidden = !missing;
    byId("no-match").textContent = missing ? `Nothing here is called “${query.value.trim()}”.` : "";
    if (missing) say(byId("no-match").textContent);
    else if (found.length) say(found.length === 1 ? "1 suggestion" : `${found.length} suggestions`);
    activate(found.length ? 0 : -1);
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    if (number < 0) query.removeAttribute("aria-activedescendant");
    else query.setAttribute("aria-activedescendant", `suggestion-${number}`);
    list.children[number]?.scrollIntoView({ block: "nearest" });
  }

  function hush() {
    list.hidden = true;
    byId("no-match").hidden = true;
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
  }

  function pick(number) {
    const one = found[number];
    query.value = one.name;
    hush();
    choose(one.key);
  }

  query.addEventListener("input", suggest);
  query.addEventListener("blur", hush);
  query.addEventListener("keydown", (event) => {
    if (list.hidden && ["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) suggest();
    if (!found.length) return;
    if (event.key === "Enter") pick(active);
    else if (event.key === "ArrowDown") activate((active + 1) % found.length);
    else if (event.key === "ArrowUp") activate((active - 1 + found.length) % found.length);
    else return;
    event.preventDefault();
  });

  // -- head, legend, table

  document.title = `${data.head.title} | ${data.head.as_of}`;
  byId("title").textContent = data.head.title;
  byId("as-of").textContent = data.head.as_of;
  byId("date-notes").textContent = data.head.notes.join(" ");
  byId("silent").textContent = data.head.silent;
  byId("counts").append(...data.head.counts.map((count) => el("li", {}, count)));

  const lines = data.rows.map((row) => el("tr", { click: () => choose(row.id) },
    el("td", {}, things.get(row.actor).name),
    el("td", {}, el("button", { type: "button", "aria-label": row.headline }, swatch(row.position), el("span", {}, row.position)),
      ...flags(row)),
    el("td", {}, things.get(row.proposal).name),
    el("td", {}, row.since)));
  byId("rows").append(...lines);
  document.querySelector(".skip").addEventListener("click", () => {
    byId("positions").open = true;
  });

  for (const button of legend) {
    button.addEventListener("click", () => {
      const { position } = button.dataset;
      const shown = !off.delete(position);
      if (shown) off.add(position);
      button.setAttribute("aria-pressed", String(!shown));
      data.rows.forEach((row, number) => {
        lines[number].hidden = isOff(row);
      });
      paint();
      say(`${position}: ${shown ? "hidden" : "shown"}`);
    });
  }

  fit();
})();
