// Budgets over many machines: a row for each, and under it every node with its share.
import { byId, el, icon, place, setAttribute, setHidden, setText } from "./dom.js";
import { count, duration } from "./format.js";

// The word of a state, and the condition whose colour and drawing it has.
const states = {
  active: ["Active", "healthy"],
  joining: ["Joining", "failing"],
  late: ["Late", "failing"],
  reconciling: ["Reconciling", "failing"],
  "cut-off": ["Cut off", "unavailable"],
  closed: ["Left", "draining"],
  unknown: ["Not known", "failing"],
};

/** More nodes than this are folded until somebody wants to see them, and drawn as one part of the bar. */
const manyNodes = 40;

const blank = { connections: 0, held: 0, wanted: 0, used: 0, nodeCount: 0, nodes: [] };

export class Budgets {
  #rows = [];
  #sent = [];

  /** Takes in a picture, which has all budgets if any of them has changed. */
  apply(picture) {
    if (picture.budgets) {
      this.#sent = picture.budgets.map((budget) => ({ ...blank, ...budget }));
    }
  }

  show() {
    const parent = byId("budgets");
    setHidden(parent, this.#sent.length === 0);
    while (this.#rows.length < this.#sent.length) {
      this.#rows.push(new BudgetRow());
    }

    this.#rows.length = this.#sent.length;
    this.#sent.forEach((budget, index) => this.#rows[index].update(budget));
    place(parent, this.#rows.map((row) => row.element));
  }
}

class BudgetRow {
  #name = el("bdi", { class: "name" });
  #badgeWord = el("span");
  #badge = el("span", { class: "badge" }, icon("healthy"), this.#badgeWord);
  #note = el("span", { class: "note", role: "note" });
  #bar = el("div", { class: "shares", role: "img" });
  #facts = el("dl", { class: "facts" });
  #body = el("tbody");
  #rest = el("p", { class: "dim" });
  #nodes = new Map();
  #isKnown = false;

  constructor() {
    this.element = el(
      "details", { class: "budget" },
      el("summary", {}, icon("chevron"), el("span", { class: "name-and-note" }, this.#name, this.#note), this.#badge, this.#bar, this.#facts),
      el("div", { class: "nodes" },
        el("table", {},
          el("thead", {}, el("tr", {}, ...["Node", "Holds", "Wants", "Last seen"].map((word) => el("th", { scope: "col", text: word })))),
          this.#body),
        this.#rest));
  }

  update(budget) {
    const [word, condition] = states[budget.state] ?? states.unknown;
    setAttribute(this.element, "data-condition", condition);
    setAttribute(this.element, "data-budget", budget.name);
    setText(this.#name, budget.name);
    setText(this.#note, budget.error ?? "");
    setHidden(this.#note, !budget.error);
    setText(this.#badgeWord, word);
    setAttribute(this.#badge.querySelector("use"), "href", `#icon-${condition}`);
    if (!this.#isKnown && budget.nodeCount > 0) {
      this.#isKnown = true;
      this.element.open = budget.nodeCount <= manyNodes;
    }

    showFacts(this.#facts, budget);
    showShares(this.#bar, budget);
    this.#showNodes(budget);
    setText(this.#rest, budget.nodeCount > budget.nodes.length
      ? `${count(budget.nodes.length)} of ${count(budget.nodeCount)} nodes: those that are silent or fenced, and others.` : "");
  }

  #showNodes(budget) {
    const rows = new Map();
    for (const node of budget.nodes) {
      const row = this.#nodes.get(node.client) ?? nodeRow();
      rows.set(node.client, row);
      updateNode(row, node);
    }

    this.#nodes = rows;
    place(this.#body, [...rows.values()].map((row) => row.element));
  }
}

function showFacts(list, budget) {
  const facts = [
    ["holds", count(budget.held)],
    ["wants", count(budget.wanted)],
    ["uses", count(budget.used)],
    ["free", budget.free === undefined ? "–" : `${count(budget.free)} of ${count(budget.connections)}`],
    ["deadline in", budget.deadlineMs === undefined ? "–" : duration(budget.deadlineMs)],
    ["nodes", count(budget.nodeCount)],
  ];
  facts.forEach(([name, value], index) => {
    const item = list.children[index] ?? list.appendChild(el("div", {}, el("dt"), el("dd")));
    setText(item.firstChild, name);
    setText(item.lastChild, value);
  });
}

/** What each node holds of the whole, and what nobody does. */
function showShares(bar, budget) {
  const others = budget.nodes.filter((node) => !node.isThis && node.held > 0);
  const parts = [
    ...budget.nodes.filter((node) => node.isThis && node.held > 0).map((node) => ["this", node.held, node.name]),
    ...(budget.nodeCount > manyNodes
      ? [["other", Math.max(0, budget.connections - (budget.free ?? 0) - budget.held), "other nodes"]]
      : others.map((node) => [node.isFenced ? "fenced" : "other", node.held, node.name])),
    ["free", Math.max(0, budget.free ?? 0), "free"],
  ].filter(([, size]) => size > 0);
  parts.forEach(([kind, size, name], index) => {
    const part = bar.children[index] ?? bar.appendChild(el("span"));
    setAttribute(part, "class", `share ${kind}`);
    setAttribute(part, "title", `${name}: ${count(size)}`);
    part.style.flexGrow = String(size);
  });
  while (bar.childElementCount > parts.length) {
    bar.lastElementChild.remove();
  }

  setAttribute(bar, "aria-label", parts.map(([, size, name]) => `${name} ${count(size)}`).join(", ") || "nothing is known yet");
}

function nodeRow() {
  const name = el("bdi", { class: "node-name" });
  const parts = { name, note: el("span", { class: "dim" }), held: el("td"), wanted: el("td"), seen: el("td") };
  const element = el("tr", { class: "node" }, el("th", { scope: "row" }, name, parts.note), parts.held, parts.wanted, parts.seen);
  return { element, ...parts };
}

function updateNode(row, node) {
  setAttribute(row.element, "class", node.isFenced ? "node fenced" : node.isThis ? "node this" : "node");
  setAttribute(row.element, "title", node.client);
  setText(row.name, node.name);
  setText(row.note, node.isThis ? " this node" : "");
  setText(row.held, count(node.held));
  setText(row.wanted, count(node.wanted));
  setText(row.seen, seen(node));
}

function seen(node) {
  const silence = node.silentMs === undefined ? "" : duration(node.silentMs);
  return node.isFenced ? `fenced${silence && `, silent for ${silence}`}`
    : node.isThis ? "now"
    : silence === "" ? "–"
    : `${silence} ago`;
}
