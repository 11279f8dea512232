"use strict";
// Draws the network: vis-network places nodes and edges, the outlines and labels are painted here.

const MOST_ADDED = 1500; // nodes that join the drawing at once
const SPOT = 84; // how far apart they stand

class Drawing {
  // `data` has all nodes and edges; `drawn` are pyvis' records of those that are drawn from the start.
  constructor(container, data, drawn, options) {
    this.container = container;
    this.items = data.nodes;
    this.links = data.joined;
    this.lines = []; // the edges that are drawn
    this.emphasis = null; // the nodes that stand out while the rest is dimmed; null when none do
    this.chosen = null; // the edges that stand out with them, where a chain is looked at
    this.selected = null; // { node } or { edge }
    this.hovered = null;
    this.wanted = null; // the nodes that the filters let through; null before they have spoken
    this.visible = new Set(drawn.nodes.map((node) => node.id));
    this.visibleEdges = new Set(drawn.edges.map((edge) => edge.id));
    this.drawnAs = new Map(); // how each edge was last drawn
    this.nodes = new vis.DataSet(drawn.nodes);
    this.lines = drawn.edges.map((edge) => data.edges[edge.id]);
    this.lines.forEach((edge) => this.drawnAs.set(edge.id, this.how(edge)));
    this.edges = new vis.DataSet(drawn.edges.map((edge) => ({ ...edge, ...this.stroke(edge) })));
    options.nodes.ctxRenderer = (node) => this.shape(node);
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
    this.room = `${container.clientWidth} ${container.clientHeight}`;
    this.network.on("afterDrawing", (canvas) => this.labels(canvas));
    for (const event of ["hoverNode", "hoverEdge", "blurNode", "blurEdge"]) {
      this.network.on(event, (where) => this.hover(event.startsWith("hover") ? { node: where.node, edge: where.edge } : null));
    }
  }

  // Draw these nodes too, with the edges between them and what is drawn already.
  add(ids) {
    const fresh = [...ids].filter((id) => !this.nodes.get(id));
    if (!fresh.length) return;
    const spots = this.spots(fresh);
    const record = ({ id, label, size, kind, family, claimed }) => ({ id, label, ...spots.get(id), size, kind, family, claimed, shape: "custom", hidden: !this.lets(id) });
    this.nodes.add(fresh.map((id) => record(this.items[id])));
    fresh.filter((id) => this.lets(id)).forEach((id) => this.visible.add(id));
    const edges = new Map(fresh.flatMap((id) => this.links[id]).map((edge) => [edge.id, edge]));
    const lines = [...edges.values()].filter((edge) => !this.edges.get(edge.id) && this.nodes.get(edge.from) && this.nodes.get(edge.to));
    for (const edge of lines) {
      if (this.visible.has(edge.from) && this.visible.has(edge.to)) this.visibleEdges.add(edge.id);
      this.drawnAs.set(edge.id, this.how(edge));
      this.lines.push(edge);
    }
    this.edges.add(lines.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, ...this.stroke(edge) })));
  }

  // Free places for nodes that join the drawing, as near as may be to what they are joined to.
  spots(fresh) {
    const [places, taken, spots] = [this.network.getPositions(), new Set(), new Map()];
    const cell = (x, y) => `${Math.round(x / SPOT)} ${Math.round(y / SPOT)}`;
    for (const { x, y } of Object.values(places)) taken.add(cell(x, y));
    for (const id of fresh) {
      const near = this.links[id].map((edge) => (edge.from === id ? edge.to : edge.from)).map((other) => places[other] || spots.get(other)).filter(Boolean);
      const mean = (axis) => near.reduce((sum, place) => sum + place[axis], 0) / near.length;
      const [left, top] = near.length ? [mean("x"), mean("y")] : [0, 0];
      for (let step = near.length > 1 ? 0 : 1; ; step += 1) {
        const [x, y] = [left + SPOT * Math.sqrt(step) * Math.cos(2.4 * step), top + SPOT * Math.sqrt(step) * Math.sin(2.4 * step)];
        if (taken.has(cell(x, y))) continue;
        taken.add(cell(x, y));
        spots.set(id, { x, y });
        break;
      }
    }
    return spots;
  }

  lets(id) {
    return this.wanted === null || this.wanted.has(id);
  }

  hover(target) {
    this.hovered = target;
    this.container.classList.toggle("pointed", Boolean(target));
  }

  bright(edge) {
    if (!this.emphasis) return true;
    if (this.chosen) return this.chosen.has(edge.id);
    if (this.selected?.node !== undefined) return edge.from === this.selected.node || edge.to === this.selected.node;
    return this.selected?.edge === edge.id;
  }

  // How opaque an edge is drawn: the more there are, the fainter, but for those that a selection or a conflict brings out.
  strength(edge) {
    if (!this.bright(edge)) return 0.12;
    if (compares(edge) || this.emphasis) return 1;
    return Math.round(10 * Math.min(0.8, Math.max(0.4, 12 / Math.sqrt(this.visibleEdges.size)))) / 10;
  }

  stroke(edge) {
    const look = LINES[edge.family];
    const strong = compares(edge);
    const colour = theme.lines[edge.family];
    const opacity = this.strength(edge);
    return {
      color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
      width: (look.width || 1) * (this.emphasis && this.bright(edge) ? 1.6 : 1),
      dashes: edge.claimed ? [6, 4] : look.dashes || false,
      arrows: { to: { enabled: !strong, scaleFactor: 0.45 } },
      hidden: !this.visibleEdges.has(edge.id),
    };
  }

  // Dim everything but `nodes` (null: nothing), with `selected` as the centre of attention.
  emphasise(nodes, selected = null, edges = null) {
    if (nodes && nodes.size <= MOST_ADDED) this.add(nodes);
    this.emphasis = nodes;
    this.chosen = edges;
    this.selected = selected;
    this.restyle();
  }

  how(edge) {
    return `${this.strength(edge)} ${Boolean(this.emphasis)} ${this.visibleEdges.has(edge.id)}`;
  }

  // Give the edges the style that theme and emphasis ask for; only those that change are touched, unless `all`.
  restyle(all = false) {
    const changed = this.lines.filter((edge) => {
      const how = this.how(edge);
      const differs = all || this.drawnAs.get(edge.id) !== how;
      this.drawnAs.set(edge.id, how);
      return differs;
    });
    if (changed.length) this.edges.update(changed.map((edge) => ({ id: edge.id, ...this.stroke(edge) })));
    this.redraw();
  }

  // Draw anew before the next picture, however often it is asked for until then.
  redraw() {
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.network.redraw();
    });
  }

  // Let go of what vis-network itself holds to be selected.
  release() {
    if (this.network.getSelectedNodes().length || this.network.getSelectedEdges().length) this.network.unselectAll();
  }

  // Take up the room that there is now, should a panel have opened or closed.
  resize() {
    const room = `${this.container.clientWidth} ${this.container.clientHeight}`;
    if (this.room !== room) this.network.setSize("100%", "100%");
    this.room = room;
  }

  // Show these nodes and edges and no others.  Of many, those that are drawn already; a few join the drawing.
  show(nodes, edges) {
    this.wanted = nodes;
    if (nodes.size <= MOST_ADDED) this.add(nodes);
    const ids = this.nodes.getIds();
    const changed = ids.filter((id) => nodes.has(id) !== this.visible.has(id));
    this.visible = new Set(ids.filter((id) => nodes.has(id)));
    this.visibleEdges = new Set(this.lines.map((edge) => edge.id).filter((id) => edges.has(id)));
    if (changed.length) this.nodes.update(changed.map((id) => ({ id, hidden: !nodes.has(id) })));
    this.restyle();
  }

  // Bring `nodes` into view, with room around them for labels.
  fit(wanted = this.visible, animated = true, closest = 1.3) {
    const nodes = [...wanted].filter((id) => this.visible.has(id));
    if (!nodes.length || !this.container.clientWidth) return;
    this.resize();
    const places = Object.entries(this.network.getPositions(nodes));
    const reach = (axis, sign) => places.reduce((most, [id, place]) => Math.max(most, sign * place[axis] + this.items[id].size), -Infinity);
    const [left, right, top, bottom] = [-reach("x", -1), reach("x", 1), -reach("y", -1), reach("y", 1)];
    const [width, height] = [this.container.clientWidth - 130, this.container.clientHeight - 90];
    const scale = Math.min(closest, Math.max(width, 150) / (right - left), Math.max(height, 150) / (bottom - top));
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.network.moveTo({ scale, position, animation: animated && this.motion() });
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.motion() });
  }

  motion() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return still ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  }

  shape({ ctx, id, x, y, state }) {
    const item = this.items[id];
    const look = KINDS[item.kind];
    const size = item.size;
    const hollow = look.hollow || item.claimed;
    const drawNode = () => {
      const faint = this.emphasis && !this.emphasis.has(id);
      const colour = theme.kinds[item.kind];
      const path = PATHS[look.outline];
      const unit = (2 * size) / 24;
      ctx.globalAlpha = faint ? 0.2 : 1;
      ctx.translate(x - size, y - size);
      ctx.scale(unit, unit);
      ctx.lineJoin = "round";
      if (this.selected?.node === id || state.hover) {
        ctx.lineWidth = 7 / unit;
        ctx.strokeStyle = state.hover && this.selected?.node !== id ? theme.soft : theme.ink;
        ctx.stroke(path);
      }
      ctx.lineWidth = 3 / unit;
      ctx.strokeStyle = theme.paper;
      ctx.stroke(path);
      ctx.fillStyle = hollow ? theme.paper : colour;
      ctx.fill(path);
      if (hollow) {
        ctx.lineWidth = 2 / unit;
        ctx.setLineDash([4 / unit, 2.5 / unit]);
        ctx.strokeStyle = colour;
        ctx.stroke(path);
      }
    };
    return { drawNode, nodeDimensions: { width: 2 * size, height: 2 * size } };
  }

  // Labels keep one size on the screen, the important ones first; one that would cover another waits for more room.
  labels(canvas) {
    const scale = this.network.getScale();
    const corner = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const view = { scale, corner, width: this.container.clientWidth, height: this.container.clientHeight };
    const places = this.network.getPositions();
    const rooms = { texts: new Room(), things: new Room(), others: new Room() };
    const boxes = new Map();
    for (const id of this.order()) {
      const [x, y] = [(places[id].x - corner.x) * scale, (places[id].y - corner.y) * scale];
      const reach = this.items[id].size * scale;
      const box = [x - reach, y - reach, x + reach, y + reach];
      if (box[2] < 0 || box[3] < 0 || box[0] > view.width || box[1] > view.height) continue;
      boxes.set(id, box);
      rooms[isThing(this.items[id]) ? "things" : "others"].take(box);
    }
    canvas.save();
    canvas.textBaseline = "middle";
    canvas.lineJoin = "round";
    for (const [id, box] of boxes) this.label(canvas, id, box, view, rooms);
    this.edgeLabels(canvas, places, view, rooms.texts);
    canvas.restore();
  }

  // Selected and hovered nodes first, then actors and places, then the rest, each by importance: the nodes' own order.
  order() {
    const first = [this.selected?.node, this.hovered?.node].filter((id) => this.visible.has(id));
    const bright = [...this.visible].filter((id) => !this.emphasis || this.emphasis.has(id));
    const [things, others] = [bright.filter((id) => isThing(this.items[id])), bright.filter((id) => !isThing(this.items[id]))];
    return new Set([...first, ...things, ...others]);
  }

  // A label goes where it covers nothing; that of a hub, or of an actor or place among few, may cover lesser shapes.
  label(canvas, id, box, view, { texts, things, others }) {
    const item = this.items[id];
    const [thing, hub] = [isThing(item), item.size > 20];
    const forced = id === this.selected?.node || id === this.hovered?.node;
    const pixels = forced ? 14 : thing ? Math.min(15, 11 + item.size / 8) : 11;
    canvas.font = `${forced || hub ? 600 : 400} ${pixels / view.scale}px ${theme.font}`;
    const wide = this.measure(canvas, item, pixels, view.scale);
    const inside = around(box, wide, pixels * 1.2).filter(([left, , right]) => left > 2 && right < view.width - 2);
    const clear = inside.filter((spot) => texts.free(spot) && things.free(spot));
    const spot = clear.find((place) => others.free(place))
      || ((hub || (thing && this.visible.size < 150)) && clear[0])
      || (hub && inside.find((place) => texts.free(place)))
      || (forced && inside[0]);
    if (!spot) return;
    texts.take(spot);
    this.write(canvas, item.label, spot[0], (spot[1] + spot[3]) / 2, view, thing || forced ? theme.ink : theme.soft);
  }

  // Text at a place on the screen, with a rim that keeps it legible over lines.
  write(canvas, text, left, middle, { scale, corner }, colour) {
    const [x, y] = [left / scale + corner.x, middle / scale + corner.y];
    canvas.strokeStyle = theme.paper;
    canvas.lineWidth = 3.5 / scale;
    canvas.strokeText(text, x, y);
    canvas.fillStyle = colour;
    canvas.fillText(text, x, y);
  }

  measure(canvas, item, pixels, scale) {
    const key = `${pixels}`;
    if (item.measured !== key) {
      item.measured = key;
      item.wide = canvas.measureText(item.label).width * scale;
    }
    return item.wide;
  }

  // The words on a line show only where the reader points or has selected.
  edgeLabels(canvas, places, view, texts) {
    const ids = new Set([this.hovered?.edge, this.selected?.edge].filter((id) => id !== undefined));
    if (this.selected?.node !== undefined) this.links[this.selected.node].forEach((edge) => ids.add(edge.id));
    this.chosen?.forEach((id) => ids.add(id));
    const lines = new Map(this.lines.filter((edge) => ids.has(edge.id)).map((edge) => [edge.id, edge]));
    canvas.font = `italic 400 ${11.5 / view.scale}px ${theme.font}`;
    for (const id of ids) {
      if (!this.visibleEdges.has(id)) continue;
      const edge = lines.get(id);
      const wide = canvas.measureText(edge.words).width * view.scale;
      const between = (axis) => ((places[edge.from][axis] + places[edge.to][axis]) / 2 - view.corner[axis]) * view.scale;
      const [left, middle] = [between("x") - wide / 2, between("y")];
      const spot = [left, middle - 7, left + wide, middle + 7];
      if (!texts.free(spot)) continue;
      texts.take(spot);
      const strong = compares(edge);
      this.write(canvas, edge.words, left, middle, view, strong ? theme.lines[edge.family] : theme.soft);
    }
  }
}

// The places for a label at a box: below, right, above, left, then at the corners.
function around([left, top, right, bottom], wide, tall) {
  const [middle, centre] = [(left + right - wide) / 2, (top + bottom - tall) / 2];
  const [low, high, beside, before] = [bottom + 2, top - tall - 2, right + 3, left - 3 - wide];
  const corners = [[beside - 6, low - 6], [beside - 6, high + 6], [before + 6, low - 6], [before + 6, high + 6]];
  return [[middle, low], [beside, centre], [middle, high], [before, centre], ...corners]
    .map(([x, y]) => [x, y, x + wide, y + tall]);
}

// Rectangles on the screen, found again by a coarse grid.
class Room {
  constructor() { this.cells = new Map(); }

  *touched([left, top, right, bottom]) {
    for (let column = Math.floor(left / 64); column <= Math.floor(right / 64); column += 1) {
      for (let row = Math.floor(top / 64); row <= Math.floor(bottom / 64); row += 1) yield column * 4096 + row;
    }
  }

  free(box) {
    for (const key of this.touched(box)) {
      for (const [left, top, right, bottom] of this.cells.get(key) || []) {
        if (box[0] < right && left < box[2] && box[1] < bottom && top < box[3]) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.touched(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
}
