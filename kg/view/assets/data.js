"use strict";
// What the page holds: nodes and edges at once, what stands behind them when it is first asked for.

class Data {
  constructor() {
    const graph = this.block("graph");
    Object.assign(this, { total: graph.total, sources: graph.sources, groups: graph.groups, bridges: graph.bridges, run: graph.run });
    this.blocks = new Map();
    this.nodes = rows(graph.nodes, graph.nodes.iri.length);
    this.edges = rows(graph.edges, graph.edges.from.length);
    for (const node of this.nodes) {
      node.claimed = Boolean(node.claimed);
      node.label ||= short(node.name);
      node.outlets = this.outlets(node.documents);
    }
    this.joined = this.nodes.map(() => []);
    const words = graph.ways.map((way) => way.map(([, forth]) => forth).join(", "));
    for (const edge of this.edges) {
      edge.claimed = Boolean(edge.claimed);
      edge.words = words[edge.way];
      edge.way = graph.ways[edge.way]; // [predicate, reading, reading from the other end] of each
      this.joined[edge.from].push(edge);
      this.joined[edge.to].push(edge);
    }
  }

  block(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  // A block that is kept once it has been read.
  kept(id) {
    if (!this.blocks.has(id)) this.blocks.set(id, this.block(id));
    return this.blocks.get(id);
  }

  outlets(documents) {
    if (documents.length === 1) return this.sources[documents[0]].outlet ? [this.sources[documents[0]].outlet] : [];
    return [...new Set(documents.map((place) => this.sources[place].outlet))].filter(Boolean).sort();
  }

  // What the panel shows of a node: facts, notes, accounts, evidence.
  details(id) {
    return this.kept(`details-${Math.floor(id / this.run.nodes)}`)[id % this.run.nodes];
  }

  // A document's { text, sections, marks }; null where nothing on the page rests on it.
  text(source) {
    return this.kept(`texts-${Math.floor(source / this.run.texts)}`)[source % this.run.texts];
  }

  reason(edge) {
    return this.kept("reasons")[edge.id] || "";
  }

  // The evidence of a node, or that which an edge has of its own; `owner` is what the marks in the texts name it by.
  evidence({ node, edge }) {
    if (node !== undefined) return { ...this.details(node).evidence, owner: node };
    return { ...(this.kept("edge-evidence")[edge] || { passages: [], more: 0 }), owner: -1 - edge };
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

  other(edge, node) {
    return this.nodes[edge.from === node ? edge.to : edge.from];
  }

  // The nodes that edges with this predicate lead to from `node`.
  along(node, predicate) {
    return this.joined[node].filter((edge) => edge.from === node && edge.way.some(([name]) => name === predicate))
      .map((edge) => this.nodes[edge.to]);
  }

  // Numbers by what a permanent link calls nodes: their IRIs.
  find(iri) {
    this.numbers ||= new Map(this.nodes.map((node) => [node.iri, node.id]));
    return this.numbers.get(iri);
  }
}

// Objects out of columns, numbered.
function rows(columns, count) {
  const names = Object.keys(columns);
  return Array.from({ length: count }, (_, id) => {
    const row = { id };
    for (const name of names) row[name] = columns[name][id];
    return row;
  });
}

const short = (text, most = 30) => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
const several = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// "6 September 2022", "September 2022" or "2022".
function day(date) {
  const [year, month, number] = date.split("-");
  const name = month && new Date(Date.UTC(2000, Number(month) - 1, 1)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
  return [number && Number(number), name, year].filter(Boolean).join(" ");
}
