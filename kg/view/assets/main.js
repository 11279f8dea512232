"use strict";
// Reads what the page holds and joins its parts: drawing, filters, search and panel.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

class Data {
  constructor() {
    const details = read("details");
    this.total = details.total;
    this.sources = details.sources;
    this.passages = details.passages;
    this.nodes = read("nodes").map((node, id) => ({ ...details.nodes[id], ...node }));
    this.edges = read("edges").map((edge, id) => ({ ...details.edges[id], ...edge }));
    this.joined = this.nodes.map(() => []);
    for (const node of this.nodes) node.outlets = [...new Set(node.documents.map((place) => this.sources[place].outlet))].filter(Boolean).sort();
    for (const edge of this.edges) {
      edge.words = edge.readings.map(([forth]) => forth).join(", ");
      this.joined[edge.from].push(edge);
      this.joined[edge.to].push(edge);
    }
  }

  // The edges at a node in the order of the legend.
  links(node) {
    const order = Object.keys(LINES);
    const urgent = (edge) => (edge.family === "conflict" ? -2 : edge.family === "agreement" ? -1 : order.indexOf(edge.family));
    return [...this.joined[node]].sort((a, b) => urgent(a) - urgent(b) || a.id - b.id);
  }

  near(node) {
    return new Set([node, ...this.joined[node].flatMap((edge) => [edge.from, edge.to])]);
  }
}

function scope(data) {
  const outlets = new Set(data.sources.map((source) => source.outlet).filter(Boolean));
  const days = data.sources.map((source) => source.date).filter(Boolean).sort();
  const several = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
  const parts = [several(data.sources.length, "document")];
  if (outlets.size) parts.push(`from ${several(outlets.size, "outlet")}`);
  if (days.length) parts.push(days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`);
  return parts.join(", ");
}

function start() {
  readTheme();
  const data = new Data();
  const byId = (id) => document.getElementById(id);
  byId("scope").textContent = scope(data);
  if (!data.nodes.length) byId("nothing").replaceChildren(h("p", {}, "This graph is empty."));
  const light = ({ id, from, to, label, x, y, size, shape, family, claimed, kind, words }) =>
    ({ id, from, to, label, x, y, size, shape, family, claimed, kind, words });
  const drawing = new Drawing(byId("network"), data.nodes.map(light), data.edges.map(light), read("options"));

  const panel = new Panel(byId("panel"), data, {
    select: (target) => select(target, true),
    close: () => select(null),
    centre: (node) => drawing.fit(data.near(node), true, 1),
    around: (node) => filters.around(node),
  });

  const filters = new Filters(byId("filters"), data, (nodes, edges, fit) => {
    drawing.show(nodes, edges);
    byId("nothing").hidden = nodes.size > 0;
    byId("around").hidden = filters.centre === null;
    if (filters.centre !== null) byId("around").firstElementChild.textContent = `Around ${data.nodes[filters.centre].label}`;
    if (fit) drawing.fit(nodes);
  });

  // Show the evidence of a node or edge ({ node } or { edge }), or of nothing (null).
  function select(target, move = false) {
    drawing.network.unselectAll();
    if (!target) {
      drawing.emphasise(null);
      panel.welcome();
    } else if (target.node !== undefined) {
      if (!drawing.visible.has(target.node)) filters.reset(false);
      drawing.emphasise(data.near(target.node), target);
      panel.node(data.nodes[target.node]);
      if (move) drawing.fit(data.near(target.node), true, 1);
    } else {
      const edge = data.edges[target.edge];
      drawing.emphasise(new Set([edge.from, edge.to]), target);
      panel.edge(edge);
      if (move) drawing.fit(new Set([edge.from, edge.to]));
    }
  }

  const search = new Search(data, {
    highlight: (ids) => drawing.emphasise(ids && new Set(ids)),
    choose: (id) => {
      select({ node: id }, true);
      panel.element.focus();
    },
  });

  drawing.network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select({ node: nodes[0] });
    else select(edges.length ? { edge: edges[0] } : null);
  });
  drawing.network.on("doubleClick", ({ nodes }) => { if (nodes.length) filters.around(nodes[0]); });

  byId("zoom-in").addEventListener("click", () => drawing.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => drawing.fit());
  byId("nothing-reset")?.addEventListener("click", () => filters.reset());
  byId("reset-filters").addEventListener("click", () => filters.reset());
  byId("around").lastElementChild.addEventListener("click", () => filters.around(null));
  byId("toggle-filters").addEventListener("click", ({ currentTarget }) => {
    currentTarget.setAttribute("aria-expanded", String(byId("filters").classList.toggle("open")));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], input[type=date]");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.input.focus();
    } else if (event.key === "Escape") select(null);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); drawing.restyle(true); });

  filters.apply();
  drawing.fit(undefined, false);
  document.documentElement.dataset.ready = "true";
  return { data, drawing, filters, panel, search, select };
}

const page = start();
