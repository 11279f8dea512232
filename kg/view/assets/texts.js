"use strict";
// Text with its marks: the passages of the panel, the lines of search results, the articles of the reader.

const REASONS = {
  speaker: "who speaks", cue: "says so", content: "what is said", trigger: "event", role: "who, where",
  time: "when", mention: "named", relation: "relation",
};

// The stretch of `text` from `begin` to `end`, cut wherever a mark begins or ends.  Each piece carries all the marks that
// cover it; `wrap` makes it an element of the page from the piece's words and those marks.
function pieces(text, begin, end, marks, wrap) {
  const inside = marks.filter(([from, to]) => from < end && to > begin);
  const cuts = [...new Set([begin, end, ...inside.flatMap(([from, to]) => [Math.max(from, begin), Math.min(to, end)])])].sort((a, b) => a - b);
  const waiting = [...inside].sort((a, b) => a[0] - b[0]);
  let [active, next] = [[], 0];
  return cuts.slice(1).map((stop, place) => {
    const start = cuts[place];
    active = active.filter(([, to]) => to > start);
    while (next < waiting.length && waiting[next][0] <= start) {
      if (waiting[next][1] > start) active.push(waiting[next]);
      next += 1;
    }
    const words = text.slice(start, stop);
    return active.length ? wrap(words, active, start) : words;
  });
}

// A piece of evidence: coloured by its reasons, leading to the node it names.
function markPiece(words, marks, data, choose) {
  const element = h("mark", { class: [...new Set(marks.map((mark) => mark[2]))].join(" ") }, words);
  const named = marks.find((mark) => mark[3] >= 0);
  if (named) {
    element.dataset.node = named[3];
    element.title = data.nodes[named[3]].name;
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      choose({ node: named[3] });
    });
  }
  return element;
}

// One passage with the marks of `owner`, and where it stands; it opens the article at that place.
function passage(data, [source, begin, end], owner, actions) {
  const { text, sections, marks } = data.text(source);
  const own = marks.filter((mark) => mark[4] === owner);
  const section = sections.find(([from, to]) => from < end && end <= to)?.[2] || "";
  return h("figure", { class: "passage" },
    h("blockquote", {}, ...pieces(text, begin, end, own, (words, covering) => markPiece(words, covering, data, actions.select))),
    h("figcaption", {}, ...citation(data.sources[source], section === "paragraph" ? "" : section), " ",
      h("button", { type: "button", class: "link", on: { click: () => actions.read(source, begin, owner) } }, "Read in article")));
}

function citation({ title, outlet, date }, section = "") {
  const where = [title && `“${title}”`, section].filter(Boolean).join(" · ");
  return [outlet ? h("b", {}, h("bdi", {}, outlet)) : "", outlet && where ? " · " : "", h("bdi", {}, where),
    date ? h("time", { datetime: date }, ` · ${date}`) : ""];
}

// The kinds of marks that stand in what is shown, as a key to their colours.
function key(reasons) {
  return Object.keys(REASONS).filter((reason) => reasons.has(reason)).map((reason) => h("mark", { class: reason }, REASONS[reason]));
}

// Shows long lists a few at a time: the next few come when the reader nears the end of `scroller`.
function unroll(list, items, make, scroller, step = 60) {
  let at = 0;
  const end = h("div", { class: "unrolling", "aria-hidden": "true" });
  const more = () => {
    const until = Math.min(items.length, at + step);
    const fresh = [];
    for (; at < until; at += 1) fresh.push(make(items[at], at));
    list.append(...fresh);
    if (at >= items.length) {
      watch.disconnect();
      end.remove();
    }
  };
  const watch = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) more(); },
    { root: scroller, rootMargin: "600px" });
  more();
  if (at < items.length) {
    list.after(end);
    watch.observe(end);
  }
}
