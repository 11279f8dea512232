"use strict";
// The map: every place with coordinates, as large as much happens there, over outlines that the page itself holds.

const WORLD = 1000; // units around the world in the map's own drawing
const NORTH = 83; // degrees that Mercator's projection is cut off at

const mercator = ([latitude, longitude]) => {
  const angle = (Math.max(-NORTH, Math.min(NORTH, latitude)) * Math.PI) / 180;
  return [((longitude + 180) / 360) * WORLD, WORLD / 2 - (WORLD / (2 * Math.PI)) * Math.log(Math.tan(Math.PI / 4 + angle / 2))];
};

// TopoJSON's arcs as lines of [longitude, latitude], their steps summed up.
function arcs({ arcs: lines, transform: { scale, translate } }) {
  return lines.map((line) => {
    let [x, y] = [0, 0];
    return line.map(([across, up]) => {
      [x, y] = [x + across, y + up];
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
}

// The path of all countries: each ring of each polygon, put together of arcs, a negative number naming one backwards.
function outlinesPath(topology) {
  const lines = arcs(topology);
  const ring = (numbers) => numbers.flatMap((number) => (number < 0 ? [...lines[~number]].reverse() : lines[number]));
  // A ring that crosses the date line goes on beyond the edge of the map.
  const path = (points) => {
    let [before, turns] = [points[0][0], 0];
    return points.map(([longitude, latitude], place) => {
      if (Math.abs(longitude - before) > 180) turns += longitude < before ? 360 : -360;
      before = longitude;
      const [x, y] = mercator([latitude, longitude + turns]);
      return `${place ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
    }).join("") + "Z";
  };
  const polygons = topology.objects.countries.geometries.flatMap((shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.arcs || []));
  return polygons.flat().map((numbers) => path(ring(numbers))).join("");
}

class Atlas {
  constructor(element, data, actions) {
    Object.assign(this, { element, data, actions });
    this.outlines = data.block("outlines");
    this.placed = data.nodes.filter((node) => node.where);
    this.build();
  }

  build() {
    this.dots = svg("g", { class: "dots" });
    this.names = svg("g", { class: "names", "aria-hidden": "true" });
    const ground = svg("g", { class: "ground" }, svg("path", { class: "graticule", d: graticule() }));
    if (this.outlines) ground.append(svg("path", { class: "land", d: outlinesPath(this.outlines) }));
    this.svg = svg("svg", { class: "atlas", role: "group", "aria-label": "Map of places" }, ground, this.dots, this.names);
    const button = (name, label, act) => h("button", { type: "button", "aria-label": label, on: { click: act } }, name);
    this.list = h("ol", { class: "places" });
    this.note = h("p", { class: "note" });
    this.element.replaceChildren(this.svg,
      h("div", { class: "gazetteer" }, h("h2", {}, "Places"), this.note, this.list),
      h("div", { class: "zoom", role: "group", "aria-label": "Zoom of the map" }, button("+", "Zoom in", () => this.zoom(1.6)),
        button("−", "Zoom out", () => this.zoom(1 / 1.6)), button("⤢", "Show all places", () => this.fit())));
    this.listen();
    new ResizeObserver(() => this.resized()).observe(this.svg);
  }

  // What happens or is said to happen at each place that is shown.
  refresh(visible) {
    const told = (place) => this.data.joined[place.id].filter((edge) => edge.to === place.id && visible.has(edge.from)
      && edge.way.some(([name]) => name === "place" || name === "destination" || name === "origin")).map((edge) => this.data.nodes[edge.from]);
    this.shown = this.placed.filter((place) => visible.has(place.id)).map((place) => ({ place, events: told(place), at: mercator(place.where) }));
    this.shown.sort((a, b) => b.events.length - a.events.length || a.place.id - b.place.id);
    const unplaced = [...visible].filter((id) => this.data.nodes[id].family === "place" && !this.data.nodes[id].where).length;
    this.note.textContent = [`${several(this.shown.length, "place")} with coordinates`, unplaced ? `${unplaced} without` : "",
      this.outlines ? "" : "no outlines are installed: only the grid of degrees is drawn"].filter(Boolean).join("; ") + ".";
    this.draw();
    this.fill();
    if (!this.view) this.fit();
    else this.place();
  }

  draw() {
    const most = Math.max(1, ...this.shown.map(({ events }) => events.length));
    this.dots.replaceChildren(...this.shown.slice(0, 1500).map((entry) => this.dot(entry, most)).reverse());
    this.names.replaceChildren(...this.shown.slice(0, 400).map((entry) => {
      entry.name = svg("text", {}, entry.place.label);
      return entry.name;
    }));
  }

  dot(entry, most) {
    const { place, events } = entry;
    entry.reach = 4 + 16 * Math.sqrt(events.length / most);
    const claimed = events.length && events.every((event) => event.claimed);
    const label = `${place.name}: ${several(events.length, "event")}`;
    entry.dot = svg("g", { class: ["dot", events.length ? "" : "bare", claimed ? "claimed" : ""].join(" "), "aria-hidden": "true" },
      svg("title", {}, label), svg("circle", { r: entry.reach }));
    entry.dot.addEventListener("click", () => this.actions.select({ node: place.id }));
    return entry.dot;
  }

  // The same places as a list, which keyboard and screen reader walk through.
  fill() {
    this.list.replaceChildren();
    unroll(this.list, this.shown, ({ place, events }) => h("li", {}, h("button",
      { type: "button", on: { click: () => this.go(place) } }, swatch(place.kind), h("bdi", {}, place.name), h("span", { class: "number" }, events.length ? several(events.length, "event") : ""))),
    this.list.parentElement);
    if (!this.shown.length) this.list.append(h("li", { class: "empty" }, "No place that is shown has coordinates."));
  }

  go(place) {
    const [x, y] = mercator(place.where);
    const scale = Math.max(this.view.scale, 12);
    this.view = { scale, x: x - this.width / 2 / scale, y: y - this.height / 2 / scale };
    this.place();
    this.actions.select({ node: place.id });
  }

  // The part of the world that holds the places where most happens, the far outliers left out.
  fit() {
    if (!this.width) return;
    const busy = this.shown.filter(({ events }) => events.length);
    const points = (busy.length ? busy : this.shown).map(({ at }) => at);
    if (!points.length) points.push([0, 120], [WORLD, 720]);
    const bounds = (axis) => [Math.min(...points.map((point) => point[axis])), Math.max(...points.map((point) => point[axis]))];
    const [[left, right], [top, bottom]] = [bounds(0), bounds(1)];
    const free = this.width - (this.width > 700 ? 300 : 60);
    const scale = Math.min(60, free / (right - left + 6), (this.height - 100) / (bottom - top + 6));
    const aside = this.width > 700 ? 240 : 0;
    this.view = { scale, x: (left + right) / 2 - (this.width + aside) / 2 / scale, y: (top + bottom) / 2 - this.height / 2 / scale };
    this.place();
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.max(0.4, Math.min(400, this.view.scale * factor));
    const [left, top] = [this.view.x + x / this.view.scale, this.view.y + y / this.view.scale];
    this.view = { scale, x: left - x / scale, y: top - y / scale };
    this.place();
  }

  // Put everything where the view wants it: the ground is scaled, dots and names keep their size.
  place() {
    const { scale, x, y } = this.view;
    this.svg.querySelector(".ground").setAttribute("transform", `scale(${scale}) translate(${-x} ${-y})`);
    const room = new Room();
    const spots = this.shown.map((entry) => [(entry.at[0] - x) * scale, (entry.at[1] - y) * scale]);
    this.shown.forEach((entry, number) => {
      const [left, top] = spots[number];
      entry.dot?.setAttribute("transform", `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
      if (entry.name) this.letter(entry, left, top, room);
    });
  }

  // A name stands beside its dot where no greater place's name does.
  letter({ name, place, reach }, left, top, room) {
    const wide = 7 * place.label.length + 6;
    const inside = left > -50 && top > -20 && left < this.width + 50 && top < this.height + 20;
    const box = [left + reach, top - 8, left + reach + wide, top + 8];
    const shown = inside && room.free(box);
    name.toggleAttribute("hidden", !shown);
    name.setAttribute("display", shown ? "inline" : "none");
    if (!shown) return;
    room.take(box);
    name.setAttribute("x", (left + reach + 4).toFixed(1));
    name.setAttribute("y", (top + 4).toFixed(1));
  }

  // Dim all places but the one that is selected and those of the event that is.
  mark(nodes) {
    for (const { place, dot } of this.shown || []) dot?.classList.toggle("selected", Boolean(nodes?.has(place.id)));
  }

  resized() {
    const first = !this.width;
    [this.width, this.height] = [this.svg.clientWidth, this.svg.clientHeight];
    if (!this.width || !this.shown) return;
    if (first || !this.view) this.fit();
    else this.place();
  }

  listen() {
    let drag = null;
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => { drag = [event.clientX, event.clientY]; });
    this.svg.addEventListener("pointermove", (event) => {
      if (!drag || !event.buttons) return;
      this.view.x -= (event.clientX - drag[0]) / this.view.scale;
      this.view.y -= (event.clientY - drag[1]) / this.view.scale;
      drag = [event.clientX, event.clientY];
      this.place();
    });
    this.svg.addEventListener("pointerup", () => { drag = null; });
  }
}

// Meridians and parallels, every thirty degrees.
function graticule() {
  const lines = [];
  for (let longitude = -180; longitude <= 180; longitude += 30) lines.push([[-NORTH, longitude], [NORTH, longitude]]);
  for (let latitude = -60; latitude <= 60; latitude += 30) lines.push([[latitude, -180], [latitude, 180]]);
  return lines.map((line) => line.map((point, place) => `${place ? "L" : "M"}${mercator(point).map((n) => n.toFixed(2)).join(" ")}`).join("")).join("");
}
