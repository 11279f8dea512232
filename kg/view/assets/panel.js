"use strict";
// The evidence panel: what an item is, the sentences it rests on with their marks, and what it is joined to.

const FEW = 5; // passages that are shown at first
const MANY = 24; // links that are listed at first

class Panel {
  constructor(element, data, actions) {
    this.element = element;
    this.data = data;
    this.actions = actions; // select(target), close(), centre(node), around(node), grow(node), read(source, at, owner), chain(from, to)
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
      ...this.best()));
  }

  // A way in for readers of a new graph: conflicts, and the best connected actors and places.
  best() {
    const conflicts = this.data.edges.filter((edge) => edge.family === "conflict").slice(0, 5);
    const list = conflicts.map((edge) => this.data.nodes[edge.from]).map((node, place) =>
      this.row("conflict", "", node.name, { edge: conflicts[place].id }, swatch(node.kind)));
    const bridges = this.data.bridges.map((id) => this.data.nodes[id]).map((node) => this.row("", "", node.name, { node: node.id }, swatch(node.kind)));
    return [...(list.length ? [h("h3", {}, "Accounts that conflict"), h("ul", { class: "links" }, ...list)] : []),
      h("h3", {}, "Best connected"), h("ul", { class: "links" }, ...this.data.nodes.filter(isThing).slice(0, 8).map((node) =>
      this.row("", "", node.name, { node: node.id }, swatch(node.kind)))),
    ...(bridges.length ? [h("h3", {}, "Bridges between groups"), h("p", { class: "aliases" }, "Chains between two other actors often lead through these."),
      h("ul", { class: "links" }, ...bridges)] : [])];
  }

  node(node) {
    const said = node.family === "statement";
    const evidence = this.data.evidence({ node: node.id });
    const button = (name, act) => h("button", { type: "button", on: { click: act } }, name);
    const [first_] = evidence.passages;
    this.fill(
      this.badge(swatch(node.kind), node.type ? `${KINDS[node.kind].one} · ${node.type}` : KINDS[node.kind].one,
        node.claimed ? "claim only" : ""),
      h("h2", said ? { class: "said" } : {}, h("bdi", {}, node.name)),
      node.aliases.length ? h("p", { class: "aliases" }, "also ", h("bdi", {}, node.aliases.slice(0, 12).join(" · "))) : "",
      h("div", { class: "actions" },
        button("Go to", () => this.actions.centre(node.id)),
        first_ ? button("Read article", () => this.actions.read(first_[0], first_[1], node.id)) : "",
        button("Grow", () => this.actions.grow(node.id)),
        button("Only its neighbours", () => this.actions.around(node.id))),
      this.facts(node),
      ...this.accounts(node),
      ...this.evidence(evidence),
      ...this.standing(node),
      ...this.links(node));
  }

  // The other tellings of the same event, each with its outlet and its own first sentence.
  accounts(node) {
    const { accounts } = this.data.details(node.id);
    if (!accounts.length) return [];
    const rows = accounts.map((id) => {
      const other = this.data.nodes[id];
      const { passages, owner } = this.data.evidence({ node: id });
      return h("div", { class: "telling" }, h("ul", { class: "links" }, this.row(other.claimed ? "claim" : "", "", other.name, { node: id }, swatch(other.kind))),
        passages.length ? passage(this.data, passages[0], owner, this.actions) : "");
    });
    const outlets = new Set(accounts.flatMap((id) => this.data.nodes[id].outlets));
    const by = outlets.size ? ` in ${several(outlets.size, "outlet")}` : "";
    return [h("h3", {}, "Also told of"), h("p", { class: "aliases" }, `${several(accounts.length, "other account")} of this event${by}`), ...this.folded(rows, 3)];
  }

  // What an actor is among the others, and the way to look for a chain to one of them.
  standing(node) {
    const { notes } = this.data.details(node.id);
    const group = node.group >= 0 ? this.data.groups[node.group] : null;
    if (!isThing(node)) return [];
    return [h("h3", {}, "Among the others"), ...notes.map((note) => h("p", {}, note)),
      group ? h("p", {}, node.family === "actor" ? "Appears mostly with " : "Told of mostly with ", h("bdi", {}, group.name), ` and their circle of ${group.size}.`) : "",
      chainForm(this.data, node, (other) => this.actions.chain(node.id, other))];
  }

  // The shortest chain between two items, or that there is none.
  chain(from, to) {
    const [one, other] = [from, to].map((id) => this.data.nodes[id]);
    const steps = chain(this.data, from, to);
    const length = steps ? `The shortest chain has ${several(steps.length, "link")}: each line says how one item is joined to the next.`
      : "Nothing on this page joins the two.";
    this.fill(
      this.badge("", "Chain", ""),
      h("h2", {}, h("bdi", {}, one.name), " to ", h("bdi", {}, other.name)),
      h("p", { class: "aliases" }, length),
      h("ul", { class: "links" }, this.row("", "", one.name, { node: from }, swatch(one.kind))),
      steps ? chainList(this.data, steps, (...row) => this.row(...row)) : "",
      chainForm(this.data, one, (found) => this.actions.chain(from, found)));
    return steps;
  }

  edge(edge) {
    const [from, to] = [this.data.nodes[edge.from], this.data.nodes[edge.to]];
    const even = compares(edge) || edge.family === "account";
    const reason = this.data.reason(edge);
    this.fill(
      this.badge(lineSample(edge.family, edge.claimed), "Link", edge.claimed ? "claim only" : ""),
      h("h2", {}, edge.words),
      h("ul", { class: "links ends" },
        this.row("", even ? "" : "from", from.name, { node: from.id }, swatch(from.kind)),
        this.row("", even ? "" : "to", to.name, { node: to.id }, swatch(to.kind))),
      reason ? h("p", { class: `reason ${edge.family}` }, h("bdi", {}, reason)) : "",
      ...this.edgeEvidence(edge, from, to));
  }

  // A role or a statement's link rests on the sentences of the event or statement; a comparison on both its ends.
  edgeEvidence(edge, from, to) {
    const own = this.data.evidence({ edge: edge.id });
    if (own.passages.length) return this.evidence(own);
    const [one, other] = [from, to].map((node) => this.data.evidence({ node: node.id }));
    if (compares(edge) || edge.family === "account") return [...this.evidence(one, "One side"), ...this.evidence(other, "Other side")];
    const telling = occurs(from) ? one : other;
    const named = new Set([from.id, to.id]);
    const naming = ([source, begin, end]) => this.data.text(source).marks
      .some((mark) => mark[4] === telling.owner && named.has(mark[3]) && mark[0] >= begin && mark[1] <= end);
    const passages = telling.passages.filter(naming);
    return this.evidence(passages.length ? { ...telling, passages, more: 0 } : telling);
  }

  badge(sign, text, voice) {
    return h("div", { class: "badge" }, sign, text, voice ? h("span", { class: "voice" }, voice) : "",
      h("button", { type: "button", class: "close", "aria-label": "Close", on: { click: () => this.actions.close() } }, "×"));
  }

  facts(node) {
    const rows = [...this.data.details(node.id).facts];
    if (node.outlets.length) rows.push([node.outlets.length > 1 ? "Outlets" : "Outlet", node.outlets.join(", ")]);
    if (!rows.length) return "";
    return h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, h("bdi", {}, value))]));
  }

  evidence({ passages, more, owner }, title = "Evidence") {
    if (!passages.length) return [];
    const reasons = new Set(passages.flatMap(([source, begin, end]) => this.data.text(source).marks
      .filter((mark) => mark[4] === owner && mark[0] >= begin && mark[1] <= end).map((mark) => mark[2])));
    return [
      h("h3", {}, title),
      reasons.size > 1 ? h("p", { class: "key" }, ...key(reasons)) : "",
      ...this.folded(passages.map((place) => passage(this.data, place, owner, this.actions)), FEW),
      more ? h("p", { class: "more" }, `and ${more} more ${more === 1 ? "place" : "places"} in the texts`) : "",
    ];
  }

  links(node) {
    const edges = this.data.links(node.id);
    if (!edges.length) return [];
    const rows = edges.map((edge) => {
      const other = this.data.other(edge, node.id);
      return this.row(`${edge.family}${other.claimed ? " claim" : ""}`, along(edge, node.id), other.name, { node: other.id }, swatch(other.kind));
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
