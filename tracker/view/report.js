"use strict";
(() => {
  const one = (s) => document.querySelector(s);
  const all = (s) => Array.from(document.querySelectorAll(s));
  const chart = one("#chart");
  if (!chart) return; // nothing to filter
  const form = one("#filter");
  const events = all(".event");
  const marks = all(".mark"); // the n-th mark is the n-th event's
  const first = Number(chart.dataset.first);
  const last = Number(chart.dataset.last);
  const left = Number(chart.dataset.left);
  const right = Number(chart.dataset.right);
  let low = first;
  let high = last;

  const x = (day) => left + ((day - low) / Math.max(1, high - low)) * (right - left);
  const day = (n) => new Date((n - 719163) * 86400000).toISOString().slice(0, 10);

  const place = () => {
    for (const mark of all("#chart [data-a]")) {
      const a = Number(mark.dataset.a);
      const b = Number(mark.dataset.b || a);
      mark.toggleAttribute("hidden", b < low || a > high || mark.dataset.off === "1");
      if (mark.tagName === "line") {
        mark.setAttribute("x1", x(Math.max(a, low)));
        mark.setAttribute("x2", x(Math.min(b, high)));
      } else {
        const y = mark.transform.baseVal.getItem(0).matrix.f;
        mark.setAttribute("transform", `translate(${x(Math.min(b, high))} ${y})`);
      }
    }
    one("#window").textContent = `${day(low)} to ${day(high)}`;
  };

  const wanted = () => {
    const given = new FormData(form);
    const words = String(given.get("text")).toLowerCase().split(/\s+/).filter(Boolean);
    const actor = String(given.get("actor")).toLowerCase().trim();
    return (event) => {
      const d = event.dataset;
      return (!given.get("kind") || d.kind === given.get("kind"))
        && (!given.get("direction") || d.direction === given.get("direction"))
        && (!given.get("capital") || d.capital.split(" ").includes(given.get("capital")))
        && (!actor || d.actors.toLowerCase().includes(actor))
        && Number(d.last) >= low && Number(d.first) <= high
        && words.every((w) => event.textContent.toLowerCase().includes(w));
    };
  };

  const show = () => {
    const fits = wanted();
    let count = 0;
    for (const [n, event] of events.entries()) {
      const good = fits(event);
      event.hidden = !good;
      count += good ? 1 : 0;
      marks[n].dataset.off = good ? "0" : "1";
    }
    for (const month of all(".month")) month.hidden = !month.querySelector(".event:not([hidden])");
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
  one("#plot").addEventListener("keydown", (press) => {
    if (keys[press.key]) { press.preventDefault(); steps[keys[press.key]](); }
  });

  const series = one("#series");
  const choose = () => {
    for (const group of all("#chart g[data-series]")) {
      group.toggleAttribute("hidden", group.dataset.series !== series.value);
    }
    for (const table of all("[data-table]")) table.hidden = table.dataset.table !== series.value;
  };
  if (series) { series.addEventListener("change", choose); choose(); }

  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(() => { low = first; high = last; show(); }));
  form.addEventListener("submit", (press) => press.preventDefault());
  for (const part of all(".needs-script")) part.hidden = false;
  window.addEventListener("beforeprint", () => all("details").forEach((d) => { d.open = true; }));
  show();
})();
