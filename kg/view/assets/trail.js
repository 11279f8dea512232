"use strict";
// Where the reader is, as the part of the address after #, so that a link restores it; and where they came from.

const PAUSE = 60; // milliseconds between two changes of the address

class Trail {
  constructor(data, restore) {
    this.data = data;
    this.restore = restore; // what shows a place: called with its parameters
    this.places = []; // what was looked at: { hash, name, sign }
    this.list = document.getElementById("crumbs");
    this.written = location.hash;
    this.last = -PAUSE;
    this.timer = 0;
    addEventListener("hashchange", () => {
      if (this.timer || location.hash === this.written) return;
      this.written = location.hash;
      this.restore(this.read());
    });
    document.getElementById("back").addEventListener("click", () => history.back());
    document.getElementById("forth").addEventListener("click", () => history.forward());
  }

  read() {
    return new URLSearchParams(location.hash.slice(1));
  }

  // Write the state down: as a step that can be gone back from, or in place of the present one.
  write(state, step) {
    const hash = `#${new URLSearchParams(Object.entries(state).filter(([, value]) => value !== "" && value !== undefined && value !== null))}`;
    if (hash === (this.written || "#")) return;
    this.written = hash;
    const go = () => {
      [this.timer, this.last] = [0, performance.now()];
      if (step) location.hash = hash;
      else location.replace(hash);
      this.written = location.hash;
    };
    clearTimeout(this.timer);
    this.timer = 0;
    // Browsers refuse what comes too fast, as from a key held down: then only where it ends is written.
    if (performance.now() - this.last > PAUSE) go();
    else this.timer = setTimeout(go, PAUSE);
  }

  // What is shown, as a link names it: items by their IRIs, which other builds of the same texts keep.
  state({ view, target, article, words }) {
    const iri = (id) => this.data.nodes[id].iri;
    const { node, edge, chain: ends } = target || {};
    const listed = (ids) => (ids ? JSON.stringify(ids.map(iri)) : "");
    return {
      view: view === "network" ? "" : view, node: node === undefined ? "" : iri(node), chain: listed(ends),
      edge: edge === undefined ? "" : listed([this.data.edges[edge].from, this.data.edges[edge].to]),
      article: article ? [article.source, article.at, article.owner ?? ""].join(".") : "", find: view === "found" ? words : "",
    };
  }

  // What a link wants to be selected; null where it names nothing that is there.
  target(wanted) {
    const numbers = (name) => listOf(wanted.get(name)).map((iri) => this.data.find(iri)).filter((id) => id !== undefined);
    const node = this.data.find(wanted.get("node"));
    if (node !== undefined) return { node };
    const [from, to] = numbers("edge");
    const edge = to === undefined ? undefined : this.data.joined[from].find((one) => one.from === from && one.to === to);
    if (edge) return { edge: edge.id };
    const ends = numbers("chain");
    return ends.length === 2 ? { chain: ends } : null;
  }

  // The article that a link opens, null where it opens none.
  article(wanted) {
    const [source, at, owner] = (wanted.get("article") || "").split(".").map((part) => (/^-?\d+$/.test(part) ? Number(part) : null));
    return source !== null && source in this.data.sources ? { source, at: at || 0, owner: owner ?? null } : null;
  }

  // Remember what is looked at now.
  note(name, sign) {
    const hash = this.written;
    this.places = this.places.filter((place) => place.name !== name);
    this.places.push({ hash, name, sign });
    if (this.places.length > 12) this.places.shift();
    this.list.replaceChildren(...this.places.slice(-6).map((place, number, all) => this.crumb(place, number === all.length - 1)));
  }

  crumb({ hash, name, sign }, current) {
    const go = () => { location.hash = hash; };
    return h("li", {}, h("button", { type: "button", title: name, ...(current ? { "aria-current": "true" } : {}), on: { click: go } },
      sign(), h("bdi", {}, short(name, 28))));
  }
}
