"use strict";
// The look of each kind, shared by drawing, legend and panel; and the one way that text enters the page.

const SVG = "http://www.w3.org/2000/svg";

// Outlines in a box of 24 by 24.
const OUTLINES = {
  circle: "M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21Z",
  square: "M5 2h14a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z",
  shield: "M12 1 21.5 4.4v7.2c0 5.6-3.8 9.6-9.5 11.6-5.7-2-9.5-6-9.5-11.6V4.4Z",
  trefoil: "M12 1.2a5.9 5.9 0 1 0 0 11.8a5.9 5.9 0 1 0 0-11.8ZM6.8 10.2a5.9 5.9 0 1 0 0 11.8"
    + "a5.9 5.9 0 1 0 0-11.8ZM17.2 10.2a5.9 5.9 0 1 0 0 11.8a5.9 5.9 0 1 0 0-11.8Z",
  hexagon: "M6.7 2.3h10.6L22.9 12l-5.6 9.7H6.7L1.1 12Z",
  pin: "M12 23.5C8 18.5 3.7 14.3 3.7 9a8.3 8.3 0 0 1 16.6 0C20.3 14.3 16 18.5 12 23.5Z",
  diamond: "M12 .8 23.2 12 12 23.2.8 12Z",
  bubble: "M4.5 2.5h15a3.5 3.5 0 0 1 3.5 3.5v8.5a3.5 3.5 0 0 1-3.5 3.5h-7.5l-5.8 5.2v-5.2H4.5"
    + "A3.5 3.5 0 0 1 1 14.5V6a3.5 3.5 0 0 1 3.5-3.5Z",
};

// In the order of the legend: class, what one and many are called, outline, colour.
const KINDS = {
  Person: { one: "Person", many: "People", outline: "circle", colour: "Person" },
  Organization: { one: "Organisation", many: "Organisations", outline: "square", colour: "Organization" },
  ArmedForce: { one: "Armed force", many: "Armed forces", outline: "shield", colour: "ArmedForce" },
  Group: { one: "Group of people", many: "Groups of people", outline: "trefoil", colour: "Group" },
  GeopoliticalEntity: { one: "Country or region", many: "Countries, regions", outline: "hexagon", colour: "GeopoliticalEntity" },
  Place: { one: "Place", many: "Places", outline: "pin", colour: "Place" },
  Event: { one: "Event", many: "Events", outline: "diamond", colour: "Event" },
  ClaimedEvent: { one: "Claimed event", many: "Claimed events", outline: "diamond", colour: "Event", hollow: true },
  Statement: { one: "Statement", many: "Statements", outline: "bubble", colour: "Statement" },
};

const LINES = {
  role: { label: "takes part in, happens at" },
  speaker: { label: "said by, said to" },
  reports: { label: "reports", dashes: [2, 3] },
  relation: { label: "lasting relation" },
  conflict: { label: "conflicts with", width: 2.5 },
  agreement: { label: "agrees with", width: 2.5 },
  account: { label: "tells of the same event", dashes: [1, 3] },
};

const occurs = (node) => !isThing(node);
const isThing = (node) => node.family === "actor" || node.family === "place";
const compares = (edge) => edge.family === "conflict" || edge.family === "agreement";

const PATHS = Object.fromEntries(Object.entries(OUTLINES).map(([name, path]) => [name, new Path2D(path)]));

let theme = {};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  theme = { paper: colour("paper"), card: colour("card"), ink: colour("ink"), soft: colour("soft"), faint: colour("faint"), kinds: {}, lines: {} };
  for (const [kind, look] of Object.entries(KINDS)) theme.kinds[kind] = colour(look.colour);
  for (const family of Object.keys(LINES)) theme.lines[family] = colour(`edge-${family}`);
  theme.font = getComputedStyle(document.body).fontFamily;
}

// An element with properties and children; strings become text nodes, so no text is ever read as HTML.
function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function swatch(kind) {
  const look = KINDS[kind];
  const paint = `var(--${look.colour})`;
  const path = svg("path", { d: OUTLINES[look.outline], fill: look.hollow ? "none" : paint, stroke: paint });
  if (look.hollow) {
    path.setAttribute("stroke-width", "2.4");
    path.setAttribute("stroke-dasharray", "4 2.6");
  }
  return svg("svg", { class: "swatch", viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}

function lineSample(family, claimed = false) {
  const look = LINES[family];
  const line = svg("line", { x1: 1, y1: 5, x2: 29, y2: 5, stroke: `var(--edge-${family})`, "stroke-width": look.width || 1.8 });
  const dashes = claimed ? [6, 4] : look.dashes;
  if (dashes) line.setAttribute("stroke-dasharray", dashes.join(" "));
  return svg("svg", { viewBox: "0 0 30 10", "aria-hidden": "true" }, line);
}
