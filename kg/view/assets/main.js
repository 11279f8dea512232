"use strict";
// Joins the parts of the page: data, views, filters, search, panel, and the address that remembers where one is.

const byId = (id) => document.getElementById(id);
const VIEWS = ["network", "timeline", "map", "sayings", "reader"];

class Page {
  constructor() {
    Object.assign(this, { view: "", target: null, article: null, words: "" });
    this.setTheme(recalled("theme"));
    this.data = new Data();
    this.panel = new Panel(byId("panel"), this.data, this.actions());
    const drawn = { nodes: this.data.block("nodes"), edges: this.data.block("edges") };
    this.drawing = new Drawing(byId("network"), this.data, drawn, this.data.block("options"));
    this.views = this.makeViews();
    this.stale = new Set(VIEWS);
    this.filters = new Filters(byId("filters"), this.data, (nodes, edges, fit) => this.filtered(nodes, edges, fit));
    this.search = new Search(this.data, {
      highlight: (ids) => this.drawing.emphasise(ids && new Set(ids)),
      choose: (id) => { this.select({ node: id }, true); this.panel.element.focus(); },
      everything: (words) => this.find(words),
    });
    this.found = new Found(byId("view-found"), this.data, this.search, this.actions());
    this.trail = new Trail(this.data, (wanted) => this.restore(wanted));
    this.listen();
    byId("scope").textContent = scope(this.data);
    if (!this.data.nodes.length) byId("nothing").replaceChildren(h("p", {}, "This graph is empty."));
    this.restore(this.trail.read());
    document.documentElement.dataset.ready = "true";
    performance.mark("ready");
  }

  makeViews() {
    const actions = this.actions();
    const later = (id, kind) => {
      let made = null;
      return () => { made ||= new kind(byId(`view-${id}`), this.data, actions); return made; };
    };
    return { timeline: later("timeline", Timeline), map: later("map", Atlas), sayings: later("sayings", Sayings), reader: later("reader", Reader) };
  }

  // What the parts may ask of the page.
  actions() {
    return {
      select: (target) => this.select(target, true),
      close: () => this.select(null),
      centre: (node) => { this.open("network"); this.drawing.emphasise(this.data.near(node), { node }); this.drawing.fit(this.data.near(node), true, 1); },
      around: (node) => { this.open("network"); this.filters.around([node]); },
      grow: (node) => { this.open("network"); this.filters.grow(node); },
      read: (source, at = 0, owner = null) => this.read(source, at, owner),
      articles: () => this.open("reader", { article: null }),
      evidence: (target) => this.select(target),
      chain: (from, to) => this.select({ chain: [from, to] }, true),
    };
  }

  // ---- views

  // Show a view; `article` and `words` say which article or search it is of.
  open(view, { article = null, words = "", step = true } = {}) {
    Object.assign(this, { view, article, words });
    for (const name of [...VIEWS, "found"]) byId(`view-${name}`).hidden = name !== view;
    for (const name of VIEWS) {
      byId(`tab-${name}`).setAttribute("aria-selected", String(name === view));
      byId(`tab-${name}`).tabIndex = name === view || (view === "found" && name === "network") ? 0 : -1;
    }
    this.freshen();
    this.remember(step);
  }

  // Draw the view that is open if what it shows has changed since it was last drawn.
  freshen() {
    if (this.view === "network") {
      this.drawing.redraw();
      if (this.unfitted) this.drawing.fit(undefined, false);
      this.unfitted = false;
    } else if (this.view === "reader") {
      if (this.article) this.views.reader().open(this.article.source, this.article.at, this.article.owner);
      else this.views.reader().list(this.shown);
    } else if (this.view === "found") this.found.show(this.words);
    else if (this.stale.delete(this.view)) this.views[this.view]().refresh(this.shown);
    if (this.view === "map") this.views.map().mark(this.marked());
  }

  read(source, at, owner) {
    this.open("reader", { article: { source, at, owner } });
    const { title, outlet } = this.data.sources[source];
    this.trail.note(title || outlet || "Article", () => svg("svg", { class: "swatch", viewBox: "0 0 24 24", "aria-hidden": "true" },
      svg("path", { class: "leaf", d: "M5 2.5h14v19H5ZM8.5 7.5h7M8.5 12h7M8.5 16.5h4.5" })));
  }

  find(words) {
    this.drawing.emphasise(null);
    this.open("found", { words });
  }

  // ---- what is shown and selected

  filtered(nodes, edges, fit) {
    this.shown = nodes;
    this.stale = new Set(VIEWS);
    this.drawing.show(nodes, edges);
    byId("nothing").hidden = nodes.size > 0;
    this.tellFocus();
    this.tellPart();
    this.overview?.show(nodes, this.target?.node);
    if (fit && this.view === "network") this.drawing.fit(nodes);
    else if (fit) this.unfitted = true;
    if (!this.trail) return;
    if (this.view !== "reader" || !this.article) this.freshen();
    this.remember(false);
  }

  tellFocus() {
    const { focus } = this.filters || { focus: [] };
    byId("around").hidden = focus.length === 0;
    const names = focus.slice(0, 3).map((id) => this.data.nodes[id].label).join(", ");
    byId("around").firstElementChild.textContent = `Around ${names}${focus.length > 3 ? ` and ${focus.length - 3} more` : ""}`;
  }

  // Of more items than are drawn at once, say so, and offer the overview.
  tellPart() {
    const drawn = this.drawing.visible.size;
    byId("part").hidden = drawn >= this.shown.size;
    byId("part").firstElementChild.textContent = `${drawn.toLocaleString("en")} of ${this.shown.size.toLocaleString("en")} drawn, the best connected; the rest is a search away.`;
    byId("toggle-overview").hidden = !Overview.possible();
  }

  // Show the evidence of a node or edge ({ node } or { edge }), a chain ({ chain: [from, to] }), or nothing (null).
  select(target, move = false) {
    this.target = target;
    this.drawing.release();
    if (!target) {
      this.drawing.emphasise(null);
      this.panel.welcome();
    } else if (target.chain) this.selectChain(...target.chain);
    else if (target.node !== undefined) this.selectNode(target, move);
    else this.selectEdge(target, move);
    if (this.view === "map") this.views.map().mark(this.marked());
    this.overview?.show(this.shown, target?.node);
    this.tellPart();
    this.remember(true);
    if (target) this.noteTarget(target);
  }

  selectNode(target, move) {
    if (!this.shown.has(target.node)) this.filters.reset(false);
    const near = this.data.near(target.node);
    this.drawing.add(near.size <= MOST_ADDED ? near : [target.node]);
    this.drawing.emphasise(near, target);
    this.panel.node(this.data.nodes[target.node]);
    if (move) this.drawing.fit(near, true, 1);
  }

  selectEdge(target, move) {
    const edge = this.data.edges[target.edge];
    this.drawing.emphasise(new Set([edge.from, edge.to]), target);
    this.panel.edge(edge);
    if (move) this.drawing.fit(new Set([edge.from, edge.to]));
  }

  selectChain(from, to) {
    const steps = this.panel.chain(from, to) || [];
    const nodes = new Set([from, to, ...steps.map((step) => step.to)]);
    this.drawing.emphasise(nodes, null, new Set(steps.map((step) => step.edge.id)));
    if (this.view === "network") this.drawing.fit(nodes, true, 1);
  }

  noteTarget({ node, edge, chain: ends }) {
    if (node !== undefined) this.trail.note(this.data.nodes[node].name, () => swatch(this.data.nodes[node].kind));
    else if (edge !== undefined) this.trail.note(`${this.data.edges[edge].words}: ${this.data.nodes[this.data.edges[edge].from].name}`, () => lineSample(this.data.edges[edge].family));
    else this.trail.note(ends.map((id) => this.data.nodes[id].name).join(" – "), () => lineSample("relation"));
  }

  // The nodes that the map lets stand out: the selected one and what it is joined to.
  marked() {
    return this.target?.node === undefined ? null : this.data.near(this.target.node);
  }

  // ---- the address

  remember(step) {
    if (this.trail && !this.restoring) this.trail.write({ ...this.trail.state(this), ...this.filters.state }, step);
  }

  restore(wanted) {
    this.restoring = true;
    this.filters.restore(wanted);
    const view = [...VIEWS, "found"].includes(wanted.get("view")) ? wanted.get("view") : "network";
    const target = this.trail.target(wanted);
    this.open(view, { article: this.trail.article(wanted), words: wanted.get("find") || "" });
    if (view === "network" && !target) this.drawing.fit(undefined, false);
    else this.unfitted = view !== "network";
    this.select(target, view === "network");
    this.restoring = false;
  }

  // ---- pointer and switches

  listen() {
    this.drawing.network.on("click", ({ nodes, edges }) => {
      if (nodes.length) this.select({ node: nodes[0] });
      else this.select(edges.length ? { edge: edges[0] } : null);
    });
    this.drawing.network.on("doubleClick", ({ nodes }) => { if (nodes.length) this.filters.grow(nodes[0]); });
    const press = (id, act) => byId(id).addEventListener("click", act);
    press("zoom-in", () => this.zoom(1.4));
    press("zoom-out", () => this.zoom(1 / 1.4));
    press("fit", () => this.drawing.fit());
    press("reset-filters", () => this.filters.reset());
    byId("nothing-reset")?.addEventListener("click", () => this.filters.reset());
    byId("around").lastElementChild.addEventListener("click", () => this.filters.around([]));
    press("toggle-overview", () => this.toggleOverview());
    press("toggle-filters", () => this.toggleFilters());
    press("theme", () => this.setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark", true));
    helpDialog(byId("keys"));
    press("help", () => byId("keys").showModal());
    byId("views").addEventListener("click", ({ target }) => { if (target.dataset.view) this.open(target.dataset.view); });
    listenForKeys(this, byId("keys"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.setTheme(recalled("theme")));
  }

  readEvidence(node) {
    const [first_] = this.data.evidence({ node }).passages;
    if (first_) this.read(first_[0], first_[1], node);
  }

  zoom(factor) {
    if (this.overview && !byId("overview").hidden) this.overview.sigma?.getCamera().animatedZoom(factor);
    else this.drawing.zoom(factor);
  }

  toggleOverview() {
    const open = byId("overview").hidden;
    byId("overview").hidden = !open;
    byId("network").hidden = open;
    byId("toggle-overview").setAttribute("aria-pressed", String(open));
    byId("toggle-overview").textContent = open ? "Back to the network" : "Overview of all";
    if (!open) return;
    this.overview ||= new Overview(byId("overview"), this.data, (node) => { this.toggleOverview(); this.select({ node }, true); });
    this.overview.show(this.shown, this.target?.node);
    this.overview.open();
  }

  toggleFilters() {
    const small = matchMedia("(max-width: 860px)").matches;
    const open = small ? byId("filters").classList.toggle("open") : !document.body.classList.toggle("wide");
    byId("toggle-filters").setAttribute("aria-expanded", String(open));
    requestAnimationFrame(() => this.drawing.resize());
  }

  // Light or dark: as chosen, or else as the system has it.
  setTheme(chosen, keep = false) {
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    byId("theme").setAttribute("aria-pressed", String(dark));
    if (keep) recalled("theme", chosen);
    readTheme();
    this.drawing?.restyle(true);
    this.overview?.restyle();
  }
}

// A choice that outlasts the page, where the browser lets pages keep any: read, or set when `value` is given.
function recalled(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(`newskg-${name}`, value);
    return localStorage.getItem(`newskg-${name}`);
  } catch (error) {
    if (error instanceof DOMException) return null; // storage is refused, to a page in a frame for example
    throw error;
  }
}

function scope(data) {
  const outlets = new Set(data.sources.map((source) => source.outlet).filter(Boolean));
  const days = data.sources.map((source) => source.date).filter(Boolean).sort();
  const parts = [several(data.sources.length, "document")];
  if (outlets.size) parts.push(`from ${several(outlets.size, "outlet")}`);
  if (days.length) parts.push(days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`);
  return parts.join(", ");
}

const page = new Page();
