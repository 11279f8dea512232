"use strict";
// Search: names and what was said while one types, and the texts themselves on a page of results.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const MATCHES = 40; // items offered while one types

class Search {
  constructor(data, actions) {
    this.data = data;
    this.actions = actions; // highlight(ids or null), choose(id), everything(words)
    this.input = document.getElementById("search");
    this.list = document.getElementById("results");
    this.found = [];
    this.at = 0;
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("focus", () => this.look());
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  // What each node is searched by, made when it is first needed.
  get keys() {
    this.folded ||= this.data.nodes.map((node) => [node.name, ...node.aliases].map(fold));
    return this.folded;
  }

  // 3: begins with the words, 2: a word begins with them, 1: holds them, 0: does not.
  rank(keys, words) {
    let best = 0;
    for (const key of keys) {
      const place = key.indexOf(words);
      if (place === 0) return 3;
      if (place > 0) best = Math.max(best, key.includes(` ${words}`) ? 2 : 1);
    }
    return best;
  }

  // The numbers of the nodes that match, best first.
  matching(words) {
    const ranked = this.keys.map((keys, id) => [this.rank(keys, words), id]).filter(([rank]) => rank);
    ranked.sort(([a, i], [b, j]) => b - a || i - j);
    return ranked.map(([, id]) => id);
  }

  look() {
    const words = fold(this.input.value.trim());
    this.found = this.matching(words);
    this.at = 0;
    this.render(words);
    this.actions.highlight(words ? this.found : null);
  }

  render(words) {
    const offered = this.found.slice(0, MATCHES);
    const rows = offered.map((id, place) => {
      const node = this.data.nodes[id];
      return this.option(place, () => this.choose(id), swatch(node.kind), h("bdi", {}, node.name), h("span", { class: "what" }, node.type || KINDS[node.kind].one));
    });
    if (!rows.length) rows.push(h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No label holds these words."));
    if (words) rows.push(this.option(offered.length, () => this.everything(), h("span", { class: "all" }, this.found.length > MATCHES ? `All ${this.found.length.toLocaleString("en")} matches, and the texts` : "Search the texts")));
    this.last = words ? offered.length : offered.length - 1;
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point();
  }

  option(place, choose, ...children) {
    return h("li", { role: "option", id: `result-${place}`, "aria-selected": String(place === this.at), on: { click: choose } }, ...children);
  }

  point() {
    this.list.querySelectorAll('[id^="result-"]').forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    const row = document.getElementById(`result-${this.at}`);
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = Math.max(0, Math.min(this.last, this.at + (event.key === "ArrowDown" ? 1 : -1)));
      this.point();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey || this.at >= Math.min(this.found.length, MATCHES)) this.everything();
      else this.choose(this.found[this.at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.actions.highlight(null);
      this.input.blur();
    }
  }

  choose(id) {
    this.leave();
    this.actions.choose(id);
  }

  everything() {
    const words = this.input.value.trim();
    if (!words) return;
    this.leave();
    this.actions.everything(words);
  }

  leave() {
    this.input.value = "";
    this.input.blur();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// The page of results: items whose names hold the words, and every place in the texts that does.
class Found {
  constructor(element, data, search, actions) {
    Object.assign(this, { element, data, search, actions });
    this.run = 0; // the number of the search that is under way
  }

  show(words) {
    this.run += 1;
    const wanted = fold(words);
    const items = this.search.matching(wanted);
    const names = h("ul", { class: "links" });
    this.state = h("p", { class: "note", role: "status" });
    this.texts = h("div", { class: "lines" });
    this.element.replaceChildren(
      h("div", { class: "head" }, h("h2", {}, "Search: ", h("bdi", {}, words))),
      h("div", { class: "columns" },
        h("section", { "aria-label": "Items" }, h("h3", {}, `Names, events, statements (${items.length.toLocaleString("en")})`), names),
        h("section", { "aria-label": "Texts" }, h("h3", {}, "In the texts"), this.state, this.texts)));
    unroll(names, items, (id) => this.item(this.data.nodes[id]), this.element);
    this.scan(wanted, 0, 0, this.run);
  }

  item(node) {
    return h("li", {}, h("button", { type: "button", on: { click: () => this.actions.select({ node: node.id }) } },
      swatch(node.kind), h("bdi", { class: "to" }, node.name)));
  }

  // Look through the texts from number `source` on, a few hundredths of a second at a time, so that nothing waits.
  scan(wanted, source, count, run) {
    if (run !== this.run) return;
    const until = performance.now() + 20;
    while (source < this.data.sources.length && performance.now() < until) {
      for (const line of this.lines(source, wanted)) {
        count += 1;
        if (count <= 500) this.texts.append(line);
      }
      source += 1;
    }
    const done = source >= this.data.sources.length;
    this.state.textContent = `${several(count, "place")}${count > 500 ? ", the first 500 shown" : ""}${done ? "" : " so far"}`;
    if (!done) setTimeout(() => this.scan(wanted, source, count, run), 0);
  }

  // Each place in a text with the words around it.  Folding may change lengths, so it is done letter by letter there.
  *lines(source, wanted) {
    const held = this.data.text(source);
    if (!held || !wanted || !fold(held.text).includes(wanted)) return;
    const { text } = held;
    const [folded, places] = letters(text);
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      const [begin, end] = [places[at], places[at + wanted.length]];
      const [from, to] = [Math.max(0, text.lastIndexOf(" ", begin - 70) + 1), text.indexOf(" ", end + 90)];
      const until = to < 0 ? text.length : to;
      yield h("figure", { class: "line" }, h("button", { type: "button", on: { click: () => this.actions.read(source, begin) } },
        h("bdi", {}, from ? "… " : "", text.slice(from, begin), h("mark", { class: "hit" }, text.slice(begin, end)), text.slice(end, until), until < text.length ? " …" : "")),
      h("figcaption", {}, ...citation(this.data.sources[source])));
    }
  }
}

// A text folded letter by letter, and where each folded letter stands in it.
function letters(text) {
  const [folded, places] = [[], []];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded.push(plain);
    at += letter.length;
  }
  places.push(at);
  return [folded.join(""), places];
}
