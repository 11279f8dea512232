"use strict";
// The articles: a list of all, and each in full with everything that was read in it marked in place.

class Reader {
  constructor(element, data, actions) {
    Object.assign(this, { element, data, actions });
    this.hidden = new Set(); // reasons that are not coloured
    this.source = null;
  }

  // The list of the articles that tell of what is visible.
  list(visible) {
    this.source = null;
    const told = new Map();
    for (const id of visible) for (const source of this.data.nodes[id].documents) told.set(source, (told.get(source) || 0) + 1);
    const sources = [...told.keys()].sort((a, b) => (this.order(a) < this.order(b) ? -1 : 1));
    const rows = h("ul", { class: "articles" });
    this.element.replaceChildren(h("div", { class: "head" }, h("h2", {}, "Articles"),
      h("p", { class: "note" }, `${several(sources.length, "article")}, the oldest first.`)), rows);
    unroll(rows, sources, (source) => this.row(source, told.get(source)), this.element);
  }

  order(source) {
    const { date, outlet, title } = this.data.sources[source];
    return [date || "9999", outlet, title, String(source).padStart(6, "0")].join("\n");
  }

  row(source, count) {
    const { title, outlet, date } = this.data.sources[source];
    return h("li", {}, h("button", { type: "button", on: { click: () => this.actions.read(source) } },
      h("span", { class: "when" }, date || "undated"), h("bdi", { class: "title" }, title || "Untitled"),
      h("span", { class: "about" }, h("bdi", {}, outlet), outlet ? " · " : "", several(count, "item"))));
  }

  // Open an article, at a place if one is given; the marks that are evidence of `owner` stand out.
  open(source, at = 0, owner = null) {
    Object.assign(this, { source, owner });
    const { title, outlet, date } = this.data.sources[source];
    const text = this.data.text(source);
    const head = h("div", { class: "head" },
      h("button", { type: "button", class: "link", on: { click: () => this.actions.articles() } }, "All articles"),
      h("h2", {}, h("bdi", {}, title || "Untitled")),
      h("p", { class: "note" }, h("b", {}, h("bdi", {}, outlet)), outlet && date ? " · " : "", date ? h("time", { datetime: date }, day(date)) : ""),
      text ? this.legend(text) : "");
    const body = h("article", { class: "article", lang: "en" }, ...(text ? this.paragraphs(text) : [h("p", {}, "The text of this article is not part of this page.")]));
    this.element.replaceChildren(head, body);
    this.paint();
    this.scroll(at);
  }

  // Buttons that colour each kind of mark or leave it plain.
  legend(text) {
    const present = new Set(text.marks.map((mark) => mark[2]));
    const buttons = Object.keys(REASONS).filter((reason) => present.has(reason)).map((reason) => h("button",
      { type: "button", class: `${reason} chip`, "data-reason": reason, "aria-pressed": String(!this.hidden.has(reason)), on: { click: () => this.toggle(reason) } },
      REASONS[reason]));
    return h("div", { class: "legend", role: "group", "aria-label": "Marks" }, ...buttons);
  }

  toggle(reason) {
    if (!this.hidden.delete(reason)) this.hidden.add(reason);
    this.paint();
  }

  paint() {
    for (const reason of Object.keys(REASONS)) this.element.classList.toggle(`plain-${reason}`, this.hidden.has(reason));
    for (const chip of this.element.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", String(!this.hidden.has(chip.dataset.reason)));
  }

  // The text paragraph by paragraph; what a section is shows in how it is set.
  paragraphs({ text, sections, marks }) {
    const unique = [...new Map(marks.map((mark) => [`${mark.slice(0, 4)} ${mark[4] === this.owner ? mark[4] : mark[3]}`, mark])).values()];
    const ends = [...text.matchAll(/\n+/g)].map((match) => match.index + match[0].length);
    let [begin, place] = [0, 0];
    return [...ends, text.length].map((end) => {
      const from = begin;
      begin = end;
      const here = [];
      // Marks are in the order of their beginnings, and none reaches far: those of earlier paragraphs are done with.
      while (place < unique.length && unique[place][1] <= from) place += 1;
      for (let index = place; index < unique.length && unique[index][0] < end; index += 1) here.push(unique[index]);
      const kind = kindOf(sections, from, end);
      const element = h("p", { class: kind.replace(/ /g, "-"), "data-begin": from },
        ...pieces(text, from, from + text.slice(from, end).trimEnd().length, here, (words, covering, start) => this.mark(words, covering, start)));
      return text.slice(from, end).trim() ? element : "";
    }).filter(Boolean);
  }

  // A piece leads to what the shortest mark over it names or is evidence of; its first piece can be reached by Tab.
  mark(words, covering, start) {
    const closest = covering.reduce((best, mark) => (mark[1] - mark[0] < best[1] - best[0] ? mark : best));
    const [begin, , , node, owner] = closest;
    const target = node >= 0 ? { node } : owner >= 0 ? { node: owner } : { edge: -1 - owner };
    const own = this.owner !== null && covering.some((mark) => mark[4] === this.owner);
    const name = target.node !== undefined ? this.data.nodes[target.node].name : this.data.edges[target.edge].words;
    const element = h("mark", {
      class: [...new Set(covering.map((mark) => mark[2])), own ? "own" : ""].filter(Boolean).join(" "), title: `${REASONS[closest[2]]}: ${name}`, "data-begin": start,
      ...(begin === start ? { tabindex: "0", role: "button", "aria-label": `${words.trim()}, ${REASONS[closest[2]]}` } : {}),
    }, words);
    const choose = () => this.actions.evidence(target);
    element.addEventListener("click", choose);
    element.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
    return element;
  }

  scroll(at) {
    if (!at) {
      this.element.scrollTop = 0;
      return;
    }
    const begin = (element) => Number(element.dataset.begin);
    const paragraphs = [...this.element.querySelectorAll("p[data-begin]")].filter((element) => begin(element) <= at);
    const marks = [...this.element.querySelectorAll("mark.own")].filter((element) => begin(element) >= at);
    const found = marks[0] || paragraphs.at(-1);
    found?.scrollIntoView({ block: "center" });
    (marks[0] ? marks[0].closest("p") : found)?.classList.add("at");
  }
}

// The kind of the section that most of a stretch of text belongs to.
function kindOf(sections, from, end) {
  const shared = ([start, stop]) => Math.min(stop, end) - Math.max(start, from);
  const most = sections.reduce((best, section) => (best === null || shared(section) > shared(best) ? section : best), null);
  return most && shared(most) > 0 ? most[2] : "paragraph";
}
