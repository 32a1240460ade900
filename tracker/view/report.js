"use strict";
(() => {
  const one = (s) => document.querySelector(s);
  const all = (s) => Array.from(document.querySelectorAll(s));
  const chart = one("#chart");
  if (!chart) return; // nothing to filter
  const data = JSON.parse(one("#data").textContent);
  const form = one("#filter");
  const events = all("article");
  const marks = all("#marks use"); // the n-th mark and the n-th datum are the n-th event's
  const texts = []; // folded when words are asked for
  const [first, last, left, right, base, floor, months, near] =
    ["first", "last", "left", "right", "base", "floor", "months", "near"].map((name) => Number(chart.dataset[name]));
  let low = first;
  let high = last;
  let figures = [];

  const edge = chart.viewBox.baseVal.width;
  const room = {year: 40, month: 32}; // what a label takes, so that the last one is not cut
  const within = (part, at) => (part.tagName === "text" ? Math.min(at, edge - room[part.className.baseVal]) : at);
  const x = (day) => (left + ((day - low) / Math.max(1, high - low)) * (right - left)).toFixed(1);
  const day = (n) => new Date((n - 719163) * 86400000).toISOString().slice(0, 10);
  const put = (name, attributes) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    return part;
  };

  const place = () => {
    let labelled = 0;
    for (const part of all("#chart [data-a]")) {
      const a = Number(part.dataset.a);
      const crowded = part.matches(".month") && (high - low > months || x(a) - labelled < near);
      part.toggleAttribute("hidden", a < low || a > high || crowded);
      if (part.tagName === "text" && !part.hasAttribute("hidden")) labelled = Number(x(a));
      if (part.tagName === "line") {
        part.setAttribute("x1", x(a));
        part.setAttribute("x2", x(a));
      } else {
        part.setAttribute("transform", `translate(${within(part, Number(x(a)))} ${part.transform.baseVal.getItem(0).matrix.f})`);
      }
    }
    for (const {line, dot, seen: [a, b]} of figures) {
      line.toggleAttribute("hidden", b < low || a > high);
      dot.toggleAttribute("hidden", b < low || b > high);
      line.setAttribute("x1", x(Math.max(a, low)));
      line.setAttribute("x2", x(Math.min(b, high)));
      dot.setAttribute("cx", x(b));
    }
    const none = figures.length && figures.every(({line, dot}) => line.matches("[hidden]") && dot.matches("[hidden]"));
    one("#none")?.toggleAttribute("hidden", !none);
    one("#window").textContent = `${day(low)} to ${day(high)}`;
  };

  const draw = (series) => {
    const y = (value) => (floor - (Math.max(value, 0) / series.top) * (floor - base)).toFixed(1);
    const parts = [];
    for (const share of [0, 0.5, 1]) {
      const words = put("text", {class: "tick", x: 2, y: Number(y(series.top * share)) + 4});
      words.textContent = Number((series.top * share).toPrecision(4)).toLocaleString("en")
        + (series.percent ? "%" : "");
      parts.push(put("line", {class: "grid", x1: left, x2: right, y1: y(series.top * share), y2: y(series.top * share)}), words);
    }
    figures = series.seen.map((seen) => {
      const open = seen[3] ? " open" : "";
      const line = put("line", {class: `seen span${open}`, y1: y(seen[2]), y2: y(seen[2])});
      const dot = put("circle", {class: `seen${open}`, r: 4, cy: y(seen[2])});
      parts.push(line, dot);
      return {line, dot, seen};
    });
    one("#seen").replaceChildren(...parts);
    hold();
  };

  const plot = one("#plot");
  const hold = () => { // the figures' scale stays at the left where the chart is wider than the screen
    const shift = (plot.scrollLeft * edge) / Math.max(1, chart.clientWidth);
    for (const words of all(".tick")) words.setAttribute("x", (2 + shift).toFixed(1));
  };
  plot.addEventListener("scroll", hold);
  window.addEventListener("resize", hold);

  const wanted = () => {
    const given = new FormData(form);
    const words = String(given.get("text")).toLowerCase().split(/\s+/).filter(Boolean);
    const named = String(given.get("actor")).toLowerCase().trim();
    const kind = data.kinds.indexOf(given.get("kind"));
    const direction = data.directions.indexOf(given.get("direction"));
    const capital = data.capitals.indexOf(given.get("capital"));
    const actors = new Set(data.actors.flatMap((a, n) => (a.toLowerCase().includes(named) ? [n] : [])));
    return (n) => {
      const [k, d, places, who, from, more] = data.events[n];
      return (kind < 0 || k === kind)
        && (direction < 0 || d === direction)
        && (capital < 0 || places.includes(capital))
        && (!named || who.some((a) => actors.has(a)))
        && from + more >= low && from <= high
        && words.every((w) => (texts[n] ??= events[n].textContent.toLowerCase()).includes(w));
    };
  };

  const show = () => {
    const fits = wanted();
    let count = 0;
    for (const [n, event] of events.entries()) {
      const good = fits(n);
      const [from, more] = data.events[n].slice(4);
      event.hidden = !good;
      count += good ? 1 : 0;
      marks[n].toggleAttribute("hidden", !good);
      if (good) marks[n].setAttribute("x", x(Math.min(Math.max(from, low), Math.min(from + more, high))));
    }
    for (const month of all("#events > section")) month.hidden = !month.querySelector("article:not([hidden])");
    one("#count").textContent = `${count} of ${events.length} events`;
    place();
  };

  const move = (a, b) => {
    const span = Math.min(Math.max(30, b - a), last - first || 1);
    low = Math.round(Math.max(first, Math.min(a, last - span)));
    high = Math.round(Math.min(last, low + span));
    show();
  };

  const steps = {
    in: () => move(low + (high - low) / 4, high - (high - low) / 4),
    out: () => move(low - (high - low) / 2, high + (high - low) / 2),
    back: () => move(low - (high - low) / 2, high - (high - low) / 2),
    on: () => move(low + (high - low) / 2, high + (high - low) / 2),
    all: () => move(first, last),
  };
  for (const button of all("button[data-step]")) {
    button.addEventListener("click", () => steps[button.dataset.step]());
  }
  const keys = {"+": "in", "=": "in", "-": "out", ArrowLeft: "back", ArrowRight: "on", "0": "all"};
  plot.addEventListener("keydown", (press) => {
    if (keys[press.key] && !press.ctrlKey && !press.metaKey && !press.altKey) {
      press.preventDefault();
      steps[keys[press.key]]();
    }
  });

  const told = (part) => {
    const n = marks.indexOf(part);
    if (n >= 0) return [events[n].firstElementChild, events[n].querySelector("h3")].map((p) => p.textContent).join(" ");
    const f = figures.findIndex(({line, dot}) => part === line || part === dot);
    const row = f < 0 ? null : one(`[data-table="${CSS.escape(series.value)}"] tbody`).rows[f];
    return row ? Array.from(row.cells, (cell) => cell.textContent).join(" · ") : "";
  };
  chart.addEventListener("pointerover", (at) => {
    const words = told(at.target);
    if (words) one("#told").textContent = words;
  });
  chart.addEventListener("click", (at) => {
    const event = events[marks.indexOf(at.target)];
    if (event) location.hash = event.id;
  });

  const series = one("#series");
  const choose = () => {
    draw(data.series.find((each) => each.id === series.value));
    for (const table of all("[data-table]")) table.hidden = table.dataset.table !== series.value;
  };
  if (series) { series.addEventListener("change", () => { choose(); place(); }); choose(); }

  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(() => { low = first; high = last; show(); }));
  form.addEventListener("submit", (press) => press.preventDefault());
  for (const part of all(".needs-script")) part.hidden = false;
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const part of closed) part.open = true;
  });
  window.addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
  show();
  plot.scrollLeft = chart.clientWidth; // where it is wider than the screen: the newest
})();
