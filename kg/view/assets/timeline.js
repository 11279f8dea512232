"use strict";
// The timeline: day by day, what outlets report beside what they only quote, under a strip of how much there is when.

const TOLD = "Reported by outlets";
const SAID = "In somebody’s words";
const lane = (node) => (node.family === "event" && !node.claimed ? "told" : "said");

class Timeline {
  constructor(element, data, actions) {
    Object.assign(this, { element, data, actions });
    this.undated = false; // whether what has no date stands under that of its article
    this.firsts = new Map(); // of accounts of one event, the one that stands for them
    for (const edge of data.edges) if (edge.family === "account") this.firsts.set(edge.to, edge.from);
  }

  // Show the dated events and statements among `visible`, and if the reader wants it the undated ones.
  refresh(visible) {
    this.visible = visible;
    const all = this.data.nodes.filter((node) => occurs(node) && visible.has(node.id));
    const dated = all.filter((node) => this.date(node));
    this.days = this.byDay(dated);
    this.list = h("div", { class: "days" });
    this.element.replaceChildren(
      h("div", { class: "head" }, h("h2", {}, "Timeline"), this.note(all), this.strip(dated)),
      this.days.length ? h("div", { class: "lanes", "aria-hidden": "true" }, h("span", {}, TOLD), h("span", {}, SAID)) : "",
      this.list);
    this.from(0);
  }

  // The date that an item stands under; "" where it has none.
  date(node) {
    return node.start || (this.undated && this.data.sources[node.documents[0]]?.date) || "";
  }

  note(all) {
    const undated = all.filter((node) => !node.start).length;
    const toggle = () => {
      this.undated = !this.undated;
      this.refresh(this.visible);
      this.element.querySelector(".note button").focus();
    };
    const offer = this.undated ? `Hide the ${undated.toLocaleString("en")} without a date` : `Show ${undated.toLocaleString("en")} without a date under the day of their article`;
    return h("p", { class: "note" }, `${several(all.length - undated, "dated item")}. `,
      undated ? h("button", { type: "button", class: "link", "aria-pressed": String(this.undated), on: { click: toggle } }, offer) : "");
  }

  byDay(dated) {
    const days = new Map();
    for (const node of dated) {
      const date = this.date(node);
      if (!days.has(date)) days.set(date, { date, told: [], said: [] });
      days.get(date)[lane(node)].push(node);
    }
    const found = [...days.values()].sort((a, b) => (first(a.date) < first(b.date) ? -1 : 1));
    found.forEach((entry) => { entry.told = this.merged(entry.told); entry.said = this.merged(entry.said); });
    return found;
  }

  // Accounts of one event on one day stand in one row, under the best connected of them.
  merged(events) {
    const rows = new Map();
    for (const node of events) {
      const story = this.firsts.get(node.id) ?? node.id;
      if (!rows.has(story)) rows.set(story, { ...node, accounts: [] });
      rows.get(story).accounts.push(node);
    }
    return [...rows.values()];
  }

  // List the days from the one at `place` on; what came before is a button away.
  from(place) {
    this.element.querySelector(".unrolling")?.remove();
    this.list.replaceChildren();
    if (place) {
      const earlier = () => this.from(Math.max(0, place - 30));
      this.list.append(h("button", { type: "button", class: "unfold", on: { click: earlier } }, "Earlier days"));
    }
    if (!this.days.length) this.list.append(h("p", { class: "empty" }, "No event or statement that is shown has a date."));
    unroll(this.list, this.days.slice(place), (entry) => this.day(entry), this.element, 12);
  }

  day(entry) {
    const column = (nodes, name) => h("ul", { class: "lane", "aria-label": `${name}, ${day(entry.date)}` }, ...this.folded(nodes));
    return h("section", { class: "day", "aria-label": day(entry.date) },
      h("h3", {}, h("time", { datetime: entry.date }, day(entry.date))),
      column(entry.told, TOLD), column(entry.said, SAID));
  }

  folded(nodes) {
    const rows = nodes.slice(0, 40).map((node) => this.row(node));
    if (nodes.length <= 40) return rows;
    const open = ({ currentTarget }) => currentTarget.parentElement.replaceWith(...nodes.slice(40).map((node) => this.row(node)));
    return [...rows, h("li", {}, h("button", { type: "button", class: "unfold", on: { click: open } }, `Show ${nodes.length - 40} more`))];
  }

  row(node) {
    const accounts = node.accounts || [node];
    const outlets = [...new Set(accounts.flatMap((account) => account.outlets))];
    const until = node.end && node.end !== node.start ? `until ${day(node.end)}` : "";
    const where = node.family === "event" ? this.data.along(node.id, "place").map((place) => place.name) : [];
    const about = [node.type || node.stance, ...where.slice(0, 2), until].filter(Boolean).join(" · ");
    const disputed = this.data.joined[node.id].some((edge) => edge.family === "conflict");
    return h("li", {}, h("button", { type: "button", class: "entry", on: { click: () => this.actions.select({ node: node.id }) } },
      swatch(node.kind),
      h("span", { class: "what" }, h("bdi", { class: "name" }, node.name),
        h("span", { class: "about" }, about ? h("bdi", {}, about) : "", outlets.length ? h("bdi", { class: "outlet" }, outlets.slice(0, 3).join(", ")) : "",
          accounts.length > 1 ? h("span", { class: "tag" }, `${accounts.length} accounts`) : "",
          node.start ? "" : h("span", { class: "tag" }, "undated"), disputed ? h("span", { class: "tag conflict" }, "disputed") : ""))));
  }

  // Bars of what is reported above the line and of what is only said below it; each leads to its days.
  strip(dated) {
    const list = bins(dated.map((node) => this.date(node)).sort(), 90);
    if (list.length < 2) return "";
    const counts = list.map((bin) => ({ told: 0, said: 0, bin }));
    const places = new Map(list.map((bin, place) => [bin.key, place]));
    for (const node of dated) counts[places.get((this.date(node) + "-01-01").slice(0, list.unit)) ?? 0][lane(node)] += 1;
    const most = Math.max(...counts.flatMap((count) => [count.told, count.said]));
    const bars = counts.map((count) => this.bar(count, most));
    return h("div", { class: "strip" }, h("div", { class: "bars", role: "group", "aria-label": "Jump to a time" }, ...bars),
      h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, list[0].label), h("span", {}, list.at(-1).label)));
  }

  bar({ bin, told, said }, most) {
    const tall = (count) => (count ? Math.max(2, (26 * count) / most) : 0);
    const name = `${bin.label}: ${several(told, "event")} reported, ${several(said, "item")} in somebody’s words`;
    const jump = () => this.from(Math.max(0, this.days.findIndex((entry) => first(entry.date) >= bin.from)));
    const column = svg("svg", { viewBox: "0 0 10 54", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "up", x: 0.6, width: 8.8, y: 26 - tall(told), height: tall(told) }),
      svg("rect", { class: "down", x: 0.6, width: 8.8, y: 28, height: tall(said) }));
    return h("button", { type: "button", "aria-label": name, title: name, tabindex: told + said ? "0" : "-1", on: { click: jump } }, column);
  }
}
