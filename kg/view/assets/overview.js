"use strict";
// All items at once, drawn in WebGL by sigma where there are more than the network draws; each leads into the network.

const DRAWN_EDGES = 12000; // lines of the overview

class Overview {
  static possible() {
    const canvas = document.createElement("canvas");
    return typeof Sigma !== "undefined" && typeof graphology !== "undefined" && Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  constructor(container, data, choose) {
    Object.assign(this, { container, data, choose });
    this.visible = null;
    this.selected = null;
  }

  // Draw, when the overview is first opened: the graph is put together piece by piece, so that nothing waits.
  async open() {
    if (this.sigma) {
      this.sigma.refresh();
      return;
    }
    this.container.replaceChildren(h("p", { class: "drawing", role: "status" }, "Drawing the overview …"));
    const graph = new graphology.MultiGraph();
    const widest = Math.max(...this.data.bridges.map((id) => this.data.nodes[id].size), this.data.nodes[0].size);
    const pause = () => new Promise((done) => { setTimeout(done, 0); });
    for (const node of this.data.nodes) {
      graph.addNode(node.id, { x: node.x, y: -node.y, size: isThing(node) ? 1.5 + 6 * Math.min(1, node.size / widest) ** 2 : 0.9, label: node.label, kind: node.kind });
      if (node.id % 5000 === 0) await pause();
    }
    for (const edge of this.data.edges.slice(0, DRAWN_EDGES)) { // the most telling come first
      graph.addEdgeWithKey(edge.id, edge.from, edge.to, { family: edge.family });
      if (edge.id % 4000 === 0) await pause();
    }
    this.container.replaceChildren();
    this.draw(graph);
  }

  draw(graph) {
    this.sigma = new Sigma(graph, this.container, {
      allowInvalidContainer: true, hideEdgesOnMove: true, labelDensity: 0.6, labelGridCellSize: 130, labelRenderedSizeThreshold: 5, labelFont: theme.font,
      labelColor: { color: theme.ink }, minEdgeThickness: 0.4, defaultDrawNodeHover: (canvas, node, settings) => this.hover(canvas, node, settings),
      nodeReducer: (id, node) => this.node(Number(id), node), edgeReducer: (id, edge) => this.edge(Number(id), edge),
    });
    this.sigma.on("clickNode", ({ node }) => this.choose(Number(node)));
  }

  node(id, { x, y, size, label, kind }) {
    const hidden = this.visible !== null && !this.visible.has(id);
    const selected = this.selected === id;
    return { x, y, label, hidden, size: selected ? size + 4 : size, color: theme.kinds[kind], forceLabel: selected };
  }

  edge(id, { family }) {
    const { from, to } = this.data.edges[id];
    const hidden = this.visible !== null && !(this.visible.has(from) && this.visible.has(to));
    const strong = family === "conflict" || family === "agreement";
    return { hidden, size: strong ? 0.8 : 0.4, color: strong ? theme.lines[family] : theme.faint };
  }

  hover(canvas, { x, y, size, label }, { labelSize }) {
    canvas.font = `600 ${labelSize}px ${theme.font}`;
    canvas.lineWidth = 4;
    canvas.strokeStyle = theme.paper;
    canvas.fillStyle = theme.ink;
    canvas.strokeText(label, x + size + 3, y + labelSize / 3);
    canvas.fillText(label, x + size + 3, y + labelSize / 3);
  }

  // Show these items alone, with one of them standing out.
  show(visible, selected) {
    Object.assign(this, { visible: visible.size === this.data.nodes.length ? null : visible, selected });
    this.sigma?.refresh({ skipIndexation: true });
  }

  restyle() {
    this.sigma?.setSetting("labelColor", { color: theme.ink });
    this.sigma?.refresh({ skipIndexation: true });
  }
}
