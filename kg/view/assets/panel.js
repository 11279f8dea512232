"use strict";
// The evidence panel: what an item is, the sentences it rests on with their marks, and what it is joined to.

const REASONS = {
  speaker: "who speaks", cue: "says so", content: "what is said", trigger: "event", role: "who, where",
  time: "when", mention: "named", relation: "relation",
};
const FEW = 5; // passages that are shown at first
const MANY = 24; // links that are listed at first

class Panel {
  constructor(element, data, actions) {
    this.element = element;
    this.data = data;
    this.actions = actions; // select(target), close(), centre(node), around(node)
    this.welcome();
  }

  fill(...children) {
    const focused = this.element.contains(document.activeElement);
    this.element.replaceChildren(...children);
    this.element.scrollTop = 0;
    if (focused) this.element.focus(); // so that the keyboard goes on from here
  }

  welcome() {
    const { nodes, sources } = this.data;
    const many = (family) => nodes.filter((node) => node.family === family).length;
    const counts = [["statement", "statements with their speakers"], ["event", "events"], ["actor", "actors"], ["place", "places"]];
    this.fill(h("div", { class: "welcome" },
      h("h2", {}, "Who says what happened"),
      h("p", {}, `Read from ${sources.length} ${sources.length === 1 ? "document" : "documents"}: `
        + counts.filter(([family]) => many(family)).map(([family, words]) => `${many(family)} ${words}`).join(", ") + "."),
      h("p", {}, "Choose a shape or a line to see the sentences it rests on. Solid diamonds are events that an outlet "
        + "reports itself; hollow ones are known only from somebody’s words."),
      h("h3", {}, "Keys"),
      h("ul", { class: "hint" },
        h("li", {}, h("kbd", {}, "/"), "search"), h("li", {}, h("kbd", {}, "Esc"), "close, clear"),
        h("li", {}, h("kbd", {}, "Tab"), "walk along the links in this panel")),
      ...this.best()));
  }

  // A way in for readers of a new graph: conflicts, and the best connected actors and places.
  best() {
    const conflicts = this.data.edges.filter((edge) => edge.family === "conflict").slice(0, 5);
    const list = conflicts.map((edge) => this.data.nodes[edge.from]).map((node, place) =>
      this.row("conflict", "", node.name, { edge: conflicts[place].id }, swatch(node.kind)));
    return [...(list.length ? [h("h3", {}, "Accounts that conflict"), h("ul", { class: "links" }, ...list)] : []),
      h("h3", {}, "Best connected"), h("ul", { class: "links" }, ...this.data.nodes.filter(isThing).slice(0, 8).map((node) =>
      this.row("", "", node.name, { node: node.id }, swatch(node.kind))))];
  }

  node(node) {
    const said = node.family === "statement";
    this.fill(
      this.badge(swatch(node.kind), node.type ? `${KINDS[node.kind].one} · ${node.type}` : KINDS[node.kind].one,
        node.claimed ? "claim only" : ""),
      h("h2", said ? { class: "said" } : {}, h("bdi", {}, node.name)),
      node.aliases.length ? h("p", { class: "aliases" }, "also ", h("bdi", {}, node.aliases.slice(0, 12).join(" · "))) : "",
      h("div", { class: "actions" },
        h("button", { type: "button", on: { click: () => this.actions.centre(node.id) } }, "Go to"),
        h("button", { type: "button", on: { click: () => this.actions.around(node.id) } }, "Only its neighbours")),
      this.facts(node),
      ...this.evidence(node.evidence),
      ...this.links(node));
  }

  edge(edge) {
    const [from, to] = [this.data.nodes[edge.from], this.data.nodes[edge.to]];
    const even = compares(edge);
    this.fill(
      this.badge(lineSample(edge.family, edge.claimed), "Link", edge.claimed ? "claim only" : ""),
      h("h2", {}, edge.words),
      h("ul", { class: "links ends" },
        this.row("", even ? "" : "from", from.name, { node: from.id }, swatch(from.kind)),
        this.row("", even ? "" : "to", to.name, { node: to.id }, swatch(to.kind))),
      edge.reason ? h("p", { class: `reason ${edge.family}` }, h("bdi", {}, edge.reason)) : "",
      ...this.edgeEvidence(edge, from, to));
  }

  // A role or a statement's link rests on the sentences of the event or statement; a comparison on both its ends.
  edgeEvidence(edge, from, to) {
    if (edge.evidence.excerpts.length) return this.evidence(edge.evidence);
    if (compares(edge)) {
      return [...this.evidence(from.evidence, "One side"), ...this.evidence(to.evidence, "Other side")];
    }
    const telling = occurs(from) ? from : to;
    const naming = (excerpt) => excerpt[1].some((mark) => mark[3] === to.id || mark[3] === from.id);
    const excerpts = telling.evidence.excerpts.filter(naming);
    return this.evidence(excerpts.length ? { excerpts, more: 0 } : telling.evidence);
  }

  badge(sign, text, voice) {
    return h("div", { class: "badge" }, sign, text, voice ? h("span", { class: "voice" }, voice) : "",
      h("button", { type: "button", class: "close", "aria-label": "Close", on: { click: () => this.actions.close() } }, "×"));
  }

  facts(node) {
    const rows = [...node.facts];
    if (node.outlets.length) rows.push([node.outlets.length > 1 ? "Outlets" : "Outlet", node.outlets.join(", ")]);
    if (!rows.length) return "";
    return h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, h("bdi", {}, value))]));
  }

  evidence({ excerpts, more }, title = "Evidence") {
    if (!excerpts.length) return [];
    const reasons = new Set(excerpts.flatMap(([, marks]) => marks.map((mark) => mark[2])));
    const key = Object.keys(REASONS).filter((reason) => reasons.has(reason));
    return [
      h("h3", {}, title),
      key.length > 1 ? h("p", { class: "key" }, ...key.map((reason) => h("mark", { class: reason }, REASONS[reason]))) : "",
      ...this.folded(excerpts.map(([passage, marks]) => this.passage(this.data.passages[passage], marks)), FEW),
      more ? h("p", { class: "more" }, `and ${more} more ${more === 1 ? "place" : "places"} in the texts`) : "",
    ];
  }

  passage([document_, section, text], marks) {
    const source = this.data.sources[document_];
    const where = [source.title && `“${source.title}”`, section].filter(Boolean).join(" · ");
    return h("figure", { class: "passage" },
      h("blockquote", {}, ...this.marked(text, marks)),
      h("figcaption", {}, source.outlet ? h("b", {}, h("bdi", {}, source.outlet)) : "", source.outlet && where ? " · " : "", h("bdi", {}, where),
        source.date ? h("time", {}, ` · ${source.date}`) : ""));
  }

  // The text cut wherever a mark begins or ends; each piece carries every mark that covers it.
  marked(text, marks) {
    const cuts = [...new Set([0, text.length, ...marks.flatMap(([begin, end]) => [begin, end])])].sort((a, b) => a - b);
    return cuts.slice(1).map((end, place) => {
      const begin = cuts[place];
      const covering = marks.filter((mark) => mark[0] <= begin && end <= mark[1]);
      const piece = text.slice(begin, end);
      if (!covering.length) return piece;
      const named = covering.find((mark) => mark[3] >= 0);
      const mark = h("mark", { class: covering.map((cover) => cover[2]).join(" ") }, piece);
      if (named) {
        mark.dataset.node = named[3];
        mark.title = this.data.nodes[named[3]].name;
        mark.addEventListener("click", () => this.actions.select({ node: named[3] }));
      }
      return mark;
    });
  }

  links(node) {
    const edges = this.data.links(node.id);
    if (!edges.length) return [];
    const rows = edges.map((edge) => {
      const out = edge.from === node.id;
      const other = this.data.nodes[out ? edge.to : edge.from];
      const how = edge.readings.map((reading) => reading[out ? 0 : 1]).join(", ");
      return this.row(`${edge.family}${other.claimed ? " claim" : ""}`, how, other.name, { node: other.id }, swatch(other.kind));
    });
    const list = h("ul", { class: "links" }, ...this.folded(rows, MANY, "li"));
    return [h("h3", {}, `Joined to ${edges.length}`), list];
  }

  // The first few elements, and a button that puts the rest in its own place.
  folded(elements, few, tag = "div") {
    const rest = elements.slice(few);
    if (rest.length < 2) return elements;
    const open = () => {
      more.replaceWith(...rest);
      rest[0].querySelector("button")?.focus();
    };
    const more = h(tag, {}, h("button", { type: "button", class: "unfold", on: { click: open } }, `Show ${rest.length} more`));
    return [...elements.slice(0, few), more];
  }

  row(style, how, name, target, sign) {
    return h("li", { class: style }, h("button", { type: "button", on: { click: () => this.actions.select(target) } },
      how ? h("span", { class: "how" }, how) : "", sign, h("bdi", { class: "to" }, name)));
  }
}
