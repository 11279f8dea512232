"use strict";
// Search by label and alias, without regard to case or accents: best matches first, on the drawing too.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class Search {
  constructor(data, actions) {
    this.data = data;
    this.actions = actions; // highlight(ids or null), choose(id)
    this.input = document.getElementById("search");
    this.list = document.getElementById("results");
    this.keys = data.nodes.map((node) => [node.name, ...node.aliases].map(fold));
    this.found = [];
    this.at = 0;
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("focus", () => this.look());
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
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

  look() {
    const words = fold(this.input.value.trim());
    const ranked = this.keys.map((keys, id) => [this.rank(keys, words), id]).filter(([rank]) => rank);
    ranked.sort(([a, i], [b, j]) => b - a || i - j);
    this.found = ranked.map(([, id]) => id);
    this.at = 0;
    this.render(words);
    this.actions.highlight(words ? this.found : null);
  }

  render(words) {
    const rows = this.found.slice(0, 40).map((id, place) => {
      const node = this.data.nodes[id];
      return h("li", { role: "option", id: `result-${place}`, "aria-selected": String(place === this.at), on: { click: () => this.choose(id) } },
        swatch(node.kind), h("bdi", {}, node.name), h("span", { class: "what" }, node.type || KINDS[node.kind].one));
    });
    if (!rows.length) rows.push(h("li", { class: "none" }, "No label holds these words."));
    else if (this.found.length > 40 && words) rows.push(h("li", { class: "none" }, `and ${this.found.length - 40} more`));
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point();
  }

  point() {
    this.list.querySelectorAll('[role="option"]').forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    const row = document.getElementById(`result-${this.at}`);
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    const last = Math.min(this.found.length, 40) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = Math.max(0, Math.min(last, this.at + (event.key === "ArrowDown" ? 1 : -1)));
      this.point();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.found.length) this.choose(this.found[this.at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.actions.highlight(null);
      this.input.blur();
    }
  }

  choose(id) {
    this.input.value = "";
    this.input.blur();
    this.close();
    this.actions.choose(id);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
