"use strict";
// Keys, and the dialog that lists them.

const KEYS = [
  ["/", "search"], ["1 … 5", "change the view"], ["Arrows", "walk from item to item in the network"], ["Enter", "show the evidence of the item"],
  ["g", "grow: add the selected item’s neighbours"], ["o", "show only its neighbours"], ["r", "read the article"], ["+ −", "zoom"], ["0", "show everything"],
  ["[ ]", "back and forward"], ["f", "legend and filters"], ["t", "dark or light"], ["Esc", "close, clear"], ["?", "this help"],
];

// Keys that hold everywhere, those of the row of views, and those of the network.
function listenForKeys(page, dialog) {
  const acts = keyActs(page, dialog);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    const act = acts[event.key];
    if (!act || typing || event.ctrlKey || event.altKey || event.metaKey || dialog.open) return;
    event.preventDefault();
    act();
  });
  byId("views").addEventListener("keydown", (event) => turn(page, event));
  byId("network").addEventListener("keydown", (event) => walk(page, event));
}

function keyActs(page, dialog) {
  const selected = (act) => () => { if (page.target?.node !== undefined) act(page.target.node); };
  const { grow, around } = page.actions();
  return {
    "/": () => page.search.input.focus(), "?": () => dialog.showModal(), Escape: () => page.select(null),
    f: () => page.toggleFilters(), t: () => byId("theme").click(), "[": () => history.back(), "]": () => history.forward(),
    g: selected(grow), o: selected(around), r: selected((node) => page.readEvidence(node)),
    ...Object.fromEntries(VIEWS.map((view, place) => [String(place + 1), () => page.open(view)])),
  };
}

// Arrow keys in the row of views.
function turn(page, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = VIEWS[(VIEWS.indexOf(page.view) + step + VIEWS.length) % VIEWS.length];
  page.open(next);
  byId(`tab-${next}`).focus();
}

// Keys in the network: arrows go from item to item, to the first of all where none is selected.
function walk(page, event) {
  const zooms = { "+": 1.4, "=": 1.4, "-": 1 / 1.4 };
  if (ARROWS[event.key]) step(page, ARROWS[event.key]);
  else if (event.key === "Enter" && page.target) page.panel.element.focus();
  else if (zooms[event.key]) page.zoom(zooms[event.key]);
  else if (event.key === "0") page.drawing.fit();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(page, direction) {
  const places = page.drawing.network.getPositions([...page.drawing.visible]);
  const at = page.target?.node;
  const near = at in places ? page.data.joined[at].map((edge) => page.data.other(edge, at).id) : [];
  const next = at in places ? beside(places, at, near, direction) : [...page.drawing.visible][0];
  if (next !== null && next !== undefined) page.select({ node: next }, true);
}

function helpDialog(dialog) {
  dialog.replaceChildren(
    h("h2", { id: "keys-title" }, "Reading this page"),
    h("p", {}, "Every shape and line rests on sentences: choose one and they show at the side, marked in place; “Read in article” opens the "
      + "whole text there. Solid diamonds are events that an outlet reports itself; hollow ones are known only from somebody’s words. "
      + "The address of this page holds the view, the selection and the filters: send it as a link."),
    h("h3", {}, "Keys"),
    h("dl", { class: "keys" }, ...KEYS.flatMap(([key, what]) => [h("dt", {}, ...key.split(" ").map((one) => (one === "…" ? "…" : h("kbd", {}, one)))), h("dd", {}, what)])),
    h("button", { type: "button", on: { click: () => dialog.close() } }, "Close"));
}

// The item to go to from `node` in a direction: the nearest neighbour there, or else the nearest item there at all.
function beside(places, node, neighbours, [right, down]) {
  const origin = places[node];
  const score = (id) => {
    const [x, y] = [places[id].x - origin.x, places[id].y - origin.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    return ahead > 0 && aside <= 2 * ahead ? ahead + 2 * aside : Infinity;
  };
  const nearest = (ids) => ids.reduce((best, id) => (id !== node && score(id) < best[1] ? [id, score(id)] : best), [null, Infinity])[0];
  return nearest(neighbours.filter((id) => id in places)) ?? nearest(Object.keys(places).map(Number));
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
