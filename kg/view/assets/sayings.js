"use strict";
// Who says what: the accounts that conflict or agree side by side, and every statement by its speaker.

class Sayings {
  constructor(element, data, actions) {
    Object.assign(this, { element, data, actions });
    this.part = "conflict";
    this.order = "speaker";
  }

  refresh(visible) {
    this.visible = visible;
    const pairs = (family) => this.data.edges.filter((edge) => edge.family === family && visible.has(edge.from) && visible.has(edge.to));
    const said = this.data.nodes.filter((node) => node.family === "statement" && visible.has(node.id));
    const parts = { conflict: ["Conflicts", pairs("conflict")], agreement: ["Agreements", pairs("agreement")], all: ["All statements", said] };
    if (!parts[this.part][1].length) this.part = Object.keys(parts).find((name) => parts[name][1].length) || "all";
    const choose = (name) => {
      this.part = name;
      this.refresh(this.visible);
      this.element.querySelector('[aria-pressed="true"]').focus();
    };
    const tabs = Object.entries(parts).map(([name, [label, items]]) => h("button",
      { type: "button", "aria-pressed": String(name === this.part), on: { click: () => choose(name) } }, label, h("span", { class: "number" }, items.length.toLocaleString("en"))));
    const [, items] = parts[this.part];
    this.element.replaceChildren(
      h("div", { class: "head" }, h("h2", {}, "Who says what"), h("div", { class: "choice", role: "group", "aria-label": "Part" }, ...tabs)));
    if (this.part === "all") this.table(items);
    else this.pairs(items);
  }

  pairs(edges) {
    const list = h("div", { class: "pairs" });
    this.element.append(list);
    if (!edges.length) list.append(h("p", { class: "empty" }, "None among what is shown."));
    unroll(list, edges, (edge) => this.pair(edge), this.element, 12);
  }

  // Both sides of one conflict or agreement, and why they are held to be one.
  pair(edge) {
    const [one, other] = [edge.from, edge.to].map((id) => this.data.nodes[id]);
    const reason = this.data.reason(edge);
    return h("article", { class: `pair ${edge.family}`, "aria-label": `${edge.words}: ${one.name}; ${other.name}` },
      this.side(one), h("div", { class: "versus", "aria-hidden": "true" }, edge.family === "conflict" ? "≠" : "="), this.side(other),
      h("p", { class: "why" }, h("button", { type: "button", class: "link", on: { click: () => this.actions.select({ edge: edge.id }) } },
        edge.family === "conflict" ? "Why they conflict" : "Why they agree"), reason ? ": " : "", h("bdi", {}, reason)));
  }

  side(node) {
    const { passages, owner } = this.data.evidence({ node: node.id });
    const speaker = this.speaker(node);
    const cue = node.family === "statement" ? [node.stance, day(node.start)] : [node.type || "event", node.claimed ? "only claimed" : "reported by the outlet", day(node.start)];
    return h("div", { class: "account" },
      h("h3", {}, swatch(speaker ? speaker.kind : node.kind), h("button", { type: "button", class: "link", on: { click: () => this.actions.select({ node: speaker ? speaker.id : node.id }) } },
        h("bdi", {}, speaker ? speaker.name : this.voice(node)))),
      h("p", { class: "about" }, cue.filter(Boolean).join(" · ")),
      passages.length ? passage(this.data, passages[0], owner, this.actions) : h("p", {}, h("bdi", {}, node.name)),
      h("button", { type: "button", class: "link", on: { click: () => this.actions.select({ node: node.id }) } }, node.family === "statement" ? "About this statement" : "About this event"));
  }

  speaker(node) {
    return node.family === "statement" ? this.data.along(node.id, "speaker")[0] : undefined;
  }

  // Who speaks where no node does: the words before the colon, or the outlets themselves.
  voice(node) {
    if (node.family === "statement") return node.name.split(": ")[0];
    return node.outlets.join(", ") || "The article itself";
  }

  table(statements) {
    const bySpeaker = new Map();
    for (const node of statements) {
      const speaker = this.speaker(node);
      const name = speaker ? speaker.name : this.voice(node);
      const entry = bySpeaker.get(speaker?.id ?? name) || { name, speaker, said: [] };
      bySpeaker.set(speaker?.id ?? name, entry);
      entry.said.push(node);
    }
    const entries = [...bySpeaker.values()].sort((a, b) => b.said.length - a.said.length || (a.name < b.name ? -1 : 1));
    const table = h("table", {}, h("caption", { class: "unseen" }, "Statements by speaker"),
      h("thead", {}, h("tr", {}, ...["Says", "What", "Outlet", "When"].map((name) => h("th", { scope: "col" }, name)))));
    this.element.append(h("div", { class: "table" }, table));
    unroll(table, entries, (entry) => this.entry(entry), this.element, 25);
  }

  entry({ name, speaker, said }) {
    const dated = [...said].sort((a, b) => (first(a.start) < first(b.start) ? -1 : 1));
    const title = speaker ? h("button", { type: "button", class: "link", on: { click: () => this.actions.select({ node: speaker.id }) } }, h("bdi", {}, name)) : h("bdi", {}, name);
    return h("tbody", {}, h("tr", { class: "speaker" }, h("th", { scope: "rowgroup", colspan: "4" }, swatch(speaker ? speaker.kind : "Statement"), title, h("span", { class: "number" }, String(said.length)))),
      ...dated.map((node) => this.statement(node)));
  }

  // The day it was said, or else that of the article.
  when(node) {
    if (node.start) return h("time", { datetime: node.start }, node.start);
    const { date } = this.data.sources[node.documents[0]] || {};
    return date ? h("span", { class: "note", title: "The date of the article" }, `by ${date}`) : "";
  }

  statement(node) {
    const [, ...rest] = node.name.split(": ");
    const disputed = this.data.joined[node.id].some((edge) => edge.family === "conflict");
    return h("tr", {},
      h("td", { class: "stance" }, node.stance || "says"),
      h("td", {}, h("button", { type: "button", class: "said", on: { click: () => this.actions.select({ node: node.id }) } }, h("bdi", {}, rest.join(": ") || node.name)),
        disputed ? h("span", { class: "tag conflict" }, "disputed") : ""),
      h("td", {}, h("bdi", {}, node.outlets.join(", "))), h("td", { class: "when" }, this.when(node)));
  }
}
