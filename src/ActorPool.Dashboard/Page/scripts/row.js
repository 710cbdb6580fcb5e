// One pool's row.
import { el, icon, setAttribute, setHidden, setText } from "./dom.js";
import { count, duration, rate } from "./format.js";
import { makeSlots, updateSlots } from "./slots.js";
import { makeSparkline, updateSparkline } from "./sparkline.js";
import { condition, conditionWords } from "./states.js";

/** How many pictures a number is the mean of. */
const recently = 4;

export class Row {
  constructor() {
    this.name = el("bdi", { class: "name" });
    this.note = el("span", { class: "note" });
    this.badgeWord = el("span");
    this.badge = el("span", { class: "badge" }, icon("healthy"), this.badgeWord);
    this.slots = makeSlots();
    this.leased = el("b");
    this.max = el("span", { class: "dim" });
    this.waiting = el("b");
    this.oldest = el("span", { class: "dim" });
    this.wait = measure("wait");
    this.use = measure("use");
    this.rate = el("b");
    this.element = el(
      "div", { class: "row", role: "row", tabindex: "-1", "aria-level": "1", "aria-expanded": "false" },
      cell("name", icon("chevron"), el("span", { class: "name-and-note" }, this.name, this.note)),
      cell("health", this.badge),
      cell("slots", this.slots),
      cell("count", this.leased, this.max, el("span", { class: "unit", text: " leased" })),
      cell("waiting", this.waiting, el("span", { class: "unit", text: " waiting" }), this.oldest),
      cell("wait", this.wait.spark.svg, this.wait.text),
      cell("use", this.use.spark.svg, this.use.text),
      cell("rate", this.rate, el("span", { class: "unit", text: " leases/s" })));
  }

  update(pool, index, isExpanded) {
    const row = pool.row;
    const state = condition(row);
    setAttribute(this.element, "data-condition", state);
    setAttribute(this.element, "aria-rowindex", String(index + 2));
    setAttribute(this.element, "aria-expanded", String(isExpanded));
    setText(this.name, row.name);
    setText(this.note, row.error ?? "");
    setHidden(this.note, !row.error);
    setText(this.badgeWord, conditionWords[state]);
    setAttribute(this.badge.querySelector("use"), "href", `#icon-${state}`);
    updateSlots(this.slots, row);
    setText(this.leased, count(row.leased));
    setText(this.max, ` of ${count(row.max)}`);
    setText(this.waiting, count(row.waiting));
    this.waiting.parentElement.classList.toggle("some", row.waiting > 0);
    setText(this.oldest, row.waiting > 0 ? ` for ${duration(row.oldestMs)}` : "");
    show(this.wait, pool.wait);
    show(this.use, pool.use);
    setText(this.rate, pool.rate.length > 0 ? rate(pool.rate.recent(recently)) : "–");
  }
}

function cell(name, ...children) {
  return el("div", { class: `cell-${name}`, role: "gridcell" }, ...children);
}

function measure(kind) {
  return { spark: makeSparkline(kind), text: el("b") };
}

function show(measured, history) {
  updateSparkline(measured.spark, history, 1);
  setText(measured.text, history.length > 0 ? duration(history.recent(recently)) : "–");
}
