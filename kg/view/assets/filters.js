"use strict";
// The legend, which is also the filter by kind, and the other filters; they combine, and they say what is left.

class Filters {
  constructor(form, data, changed) {
    this.form = form;
    this.data = data;
    this.changed = changed;
    this.focus = []; // show only these nodes and their neighbours; everything when empty
    this.buildKinds();
    this.buildLines();
    this.outlets = this.buildTicks("outlets", this.tally((node) => node.outlets), "outlet");
    this.types = this.buildTicks("types", this.tally((node) => (node.type ? [node.type] : [])), "type");
    this.buildTicks("groups", data.groups.map((group, place) => [String(place), group.size, group.name]), "group");
    this.buildHistogram();
    form.addEventListener("input", () => this.apply(true));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // How many nodes have each value, most first.
  tally(valuesOf) {
    const counts = new Map();
    for (const node of this.data.nodes) for (const value of valuesOf(node)) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }

  buildKinds() {
    const counts = new Map(this.tally((node) => [node.kind]));
    const rows = Object.entries(KINDS).filter(([kind]) => counts.has(kind)).map(([kind, look]) => h("label", { class: "tick" },
      h("input", { type: "checkbox", name: "kind", value: kind, class: "kind", checked: "" }), swatch(kind),
      h("span", { class: "text" }, look.many), h("span", { class: "number" }, String(counts.get(kind)))));
    document.getElementById("kinds").replaceChildren(...rows);
  }

  buildLines() {
    const present = new Set(this.data.edges.map((edge) => edge.family));
    const rows = Object.entries(LINES).filter(([family]) => present.has(family))
      .map(([family, look]) => h("li", {}, lineSample(family), look.label));
    if (this.data.edges.some((edge) => edge.claimed)) rows.push(h("li", {}, lineSample("relation", true), "only claimed"));
    document.getElementById("lines").replaceChildren(...rows);
  }

  // Ticks of which none means all; a fieldset with less than two of them is no choice and is left out.
  buildTicks(id, counts, name) {
    const holder = document.getElementById(id);
    holder.closest("fieldset").hidden = counts.length < 2;
    holder.classList.toggle("long", counts.length > 7);
    holder.replaceChildren(...counts.map(([value, number, label = value]) => h("label", { class: "tick", title: label },
      h("input", { type: "checkbox", name, value }), h("span", { class: "box" }),
      h("span", { class: "text" }, h("bdi", {}, label)), h("span", { class: "number" }, String(number)))));
  }

  buildHistogram() {
    const days = this.data.nodes.filter((node) => node.start).map((node) => node.start).sort();
    const chart = document.getElementById("histogram");
    if (!days.length) {
      chart.closest("fieldset").hidden = true;
      return;
    }
    this.bins = bins(days, 40);
    chart.toggleAttribute("hidden", this.bins.length < 2);
    if (this.bins.length < 2) return;
    const [width, height] = [204, 32];
    const most = Math.max(...this.bins.map((bin) => bin.count));
    const step = width / this.bins.length;
    chart.setAttribute("viewBox", `0 0 ${width} 46`);
    this.bins.forEach((bin, place) => {
      const tall = bin.count ? Math.max(2, (height * bin.count) / most) : 0;
      bin.bar = svg("rect", { x: place * step, y: height - tall, width: Math.max(step - 1.2, 0.8), height: tall });
      bin.bar.append(svg("title", {}, `${bin.label}: ${bin.count}`));
      bin.bar.addEventListener("click", () => this.pick(bin));
      chart.append(bin.bar);
    });
    chart.append(svg("text", { x: 0, y: 44 }, this.bins[0].label));
    chart.append(svg("text", { x: width, y: 44, "text-anchor": "end" }, this.bins.at(-1).label));
  }

  pick(bin) {
    const [from, to] = [document.getElementById("from"), document.getElementById("to")];
    const again = from.value === bin.from && to.value === bin.to;
    from.value = again ? "" : bin.from;
    to.value = again ? "" : bin.to;
    this.apply(true);
  }

  // Show only these nodes and what they are joined to, or everything again.
  around(nodes) {
    this.focus = nodes;
    this.apply(true);
  }

  // Add a node's neighbours to what is shown.
  grow(node) {
    this.around(this.focus.includes(node) ? this.focus : [...this.focus, node]);
  }

  reset(fit = true) {
    this.focus = [];
    this.form.reset();
    this.apply(fit);
  }

  // The filters that differ from their defaults, as a permanent link names them.
  get state() {
    const { outlets, types, groups, voice, from, to } = this.read();
    const hidden = [...this.form.querySelectorAll("input.kind:not(:checked)")].map((box) => box.value);
    const listed = (values) => (values.size ? JSON.stringify([...values]) : "");
    return { hide: hidden.join(" "), outlet: listed(outlets), type: listed(types), group: listed(groups),
      voice: voice === "all" ? "" : voice, from, to, focus: this.focus.length ? JSON.stringify(this.focus.map((id) => this.data.nodes[id].iri)) : "" };
  }

  // Set the filters as a permanent link names them; what it names that is not there is passed over.
  restore(wanted) {
    this.form.reset();
    const hidden = new Set((wanted.get("hide") || "").split(" "));
    for (const box of this.form.querySelectorAll("input.kind")) box.checked = !hidden.has(box.value);
    for (const name of ["outlet", "type", "group"]) {
      const chosen = new Set(listOf(wanted.get(name)));
      for (const box of this.form.querySelectorAll(`input[name="${name}"]`)) box.checked = chosen.has(box.value);
    }
    for (const radio of this.form.querySelectorAll('input[name="voice"]')) radio.checked = radio.value === (wanted.get("voice") || "all");
    for (const id of ["from", "to"]) document.getElementById(id).value = wanted.get(id) || "";
    this.focus = listOf(wanted.get("focus")).map((iri) => this.data.find(iri)).filter((id) => id !== undefined);
    this.apply(false);
  }

  read() {
    const form = new FormData(this.form);
    return {
      kinds: new Set(form.getAll("kind")),
      outlets: new Set(form.getAll("outlet")),
      types: new Set(form.getAll("type")),
      groups: new Set(form.getAll("group")),
      voice: form.get("voice"),
      from: document.getElementById("from").value,
      to: document.getElementById("to").value,
    };
  }

  apply(fit = false) {
    const wanted = this.read();
    const nodes = this.matching(wanted);
    const edges = new Set(this.data.edges
      .filter((edge) => nodes.has(edge.from) && nodes.has(edge.to) && told(edge, wanted.voice)).map((edge) => edge.id));
    this.report(nodes.size, edges.size);
    (this.bins || []).forEach((bin) => bin.bar?.classList.toggle("out", !between(bin.from, bin.to, wanted)));
    this.changed(nodes, edges, fit);
  }

  // Events and statements answer the filters themselves; actors and places stay while something shown involves them.
  matching(wanted) {
    const { nodes, edges } = this.data;
    const near = this.focus.length ? new Set(this.focus.flatMap((node) => [...this.data.near(node)])) : null;
    const open = (node) => wanted.kinds.has(node.kind) && (!near || near.has(node.id))
      && (!wanted.groups.size || wanted.groups.has(String(node.group)))
      && (!wanted.outlets.size || node.outlets.some((outlet) => wanted.outlets.has(outlet)));
    const telling = wanted.types.size > 0 || wanted.voice !== "all" || Boolean(wanted.from || wanted.to);
    const told_ = new Set(nodes.filter((node) => occurs(node) && open(node) && fits(node, wanted)).map((node) => node.id));
    if (wanted.types.size) this.keepReporting(told_);
    const involved = new Set();
    for (const edge of edges) {
      if (told_.has(edge.from)) involved.add(edge.to);
      if (told_.has(edge.to)) involved.add(edge.from);
      if (wanted.voice !== "all" && !wanted.types.size && edge.family === "relation" && told(edge, wanted.voice)) {
        involved.add(edge.from).add(edge.to);
      }
    }
    return new Set(nodes.filter((node) => (occurs(node) ? told_.has(node.id)
      : open(node) && (!telling || involved.has(node.id)))).map((node) => node.id));
  }

  // A filter by event type keeps the statements that report such an event.
  keepReporting(told_) {
    const reporting = new Set(this.data.edges.filter((edge) => edge.family === "reports" && told_.has(edge.to)).map((edge) => edge.from));
    for (const id of told_) if (this.data.nodes[id].family === "statement" && !reporting.has(id)) told_.delete(id);
  }

  report(nodes, edges) {
    const { nodes: all, total } = this.data;
    const left = total - all.length;
    const number = (count) => count.toLocaleString("en");
    const shown = nodes === all.length ? `${number(nodes)} items` : `${number(nodes)} of ${number(all.length)} items`;
    const out = left ? `${number(left)} less connected items are left out of this page.` : "";
    document.getElementById("count").replaceChildren(shown, `, ${number(edges)} links`, out ? h("small", {}, out) : "");
  }
}

// A list out of a link, which may say anything.
function listOf(text) {
  if (!text?.startsWith("[")) return [];
  try {
    const list = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function told(item, voice) {
  return voice === "all" || (voice === "claims") === item.claimed;
}

function fits(node, wanted) {
  const claim = { claimed: node.claimed || node.family === "statement" };
  if (!told(claim, wanted.voice)) return false;
  if (wanted.types.size && node.family === "event" && !wanted.types.has(node.type)) return false;
  if (!wanted.from && !wanted.to) return true;
  return Boolean(node.start || node.end) && between(node.start, node.end, wanted);
}

// Dates are ISO days, months or years: filled up, they compare as text.
const first = (date) => (date ? (date + "-00-00").slice(0, 10) : "0000");
const last = (date) => (date ? (date + "-99-99").slice(0, 10) : "9999");

function between(start, end, { from, to }) {
  return (!to || first(start) <= to) && (!from || last(end) >= from);
}

// Bars over time by day, month or year: the finest that gives no more than `most` for all but the earliest dates, which
// the first bar takes in.  `unit` tells how many characters of a date name its bar.
function bins(days, most) {
  if (!days.length) return [];
  const early = days[Math.floor(days.length / 20)];
  for (const [unit, length] of [["day", 10], ["month", 7], ["year", 4]]) {
    const list = periods(early, days.at(-1), unit, most);
    if (list.length > most) continue;
    const counts = new Map();
    for (const day of days) {
      const key = (day < early ? list[0].label : day + "-01-01").slice(0, length);
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    const bars = list.map((period) => ({ ...period, key: period.label, count: counts.get(period.label) || 0 }));
    if (days[0] < bars[0].label) Object.assign(bars[0], { from: "", label: `≤ ${bars[0].label}` });
    return Object.assign(bars, { unit: length });
  }
  return [];
}

function periods(start, end, unit, most) {
  const list = [];
  const day = new Date(`${(start + "-01-01").slice(0, 10)}T00:00:00Z`);
  const stop = new Date(`${(end + "-01-01").slice(0, 10)}T00:00:00Z`);
  if (unit !== "day") day.setUTCDate(1);
  if (unit === "year") day.setUTCMonth(0);
  while (day <= stop && list.length <= most) {
    const from = day.toISOString().slice(0, 10);
    if (unit === "day") day.setUTCDate(day.getUTCDate() + 1);
    else if (unit === "month") day.setUTCMonth(day.getUTCMonth() + 1);
    else day.setUTCFullYear(day.getUTCFullYear() + 1);
    const to = new Date(day - 1).toISOString().slice(0, 10);
    list.push({ label: from.slice(0, { day: 10, month: 7, year: 4 }[unit]), from, to });
  }
  return list;
}
