"use strict";
// The shortest chain of links between two items, and how it reads.

// Edges of a shortest chain from one node to another, null where there is none; tellings of one event count as links.
function chain(data, from, to) {
  const came = new Map([[from, null]]);
  let border = [from];
  while (border.length && !came.has(to)) {
    const next = [];
    for (const node of border) {
      for (const edge of data.joined[node]) {
        const far = edge.from === node ? edge.to : edge.from;
        if (came.has(far)) continue;
        came.set(far, [edge, node]);
        next.push(far);
      }
    }
    border = next;
  }
  if (!came.has(to)) return null;
  const steps = [];
  for (let at = to; came.get(at); at = came.get(at)[1]) steps.unshift({ edge: came.get(at)[0], from: came.get(at)[1], to: at });
  return steps;
}

// How a link reads when one walks along it from `node`.
const along = (edge, node) => edge.way.map(([, forth, back]) => (edge.from === node ? forth : back)).join(", ");

// The chain as a list that names each item and what joins it to the next.
function chainList(data, steps, row) {
  return h("ol", { class: "links chain" }, ...steps.map(({ edge, from, to }) => {
    const node = data.nodes[to];
    return row(edge.family, along(edge, from), node.name, { node: to }, swatch(node.kind));
  }));
}

// The choice of another actor or place to look for a chain to.
function chainForm(data, node, find) {
  const others = data.nodes.filter((other) => isThing(other) && other.id !== node.id).slice(0, 2000);
  const input = h("input", { type: "text", list: "chain-names", "aria-label": "Other actor or place", placeholder: "Chain to another actor or place", autocomplete: "off" });
  const choices = h("datalist", { id: "chain-names" });
  input.addEventListener("focus", () => {
    if (!choices.children.length) choices.append(...others.map((other) => h("option", { value: other.name })));
  });
  const go = () => {
    const wanted = fold(input.value.trim());
    const found = wanted && (others.find((other) => fold(other.name) === wanted) || others.find((other) => fold(other.name).startsWith(wanted)));
    input.setAttribute("aria-invalid", String(!found));
    if (found) find(found.id);
  };
  const form = h("form", { class: "seek" }, input, choices, h("button", { type: "submit" }, "Find"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  return form;
}
