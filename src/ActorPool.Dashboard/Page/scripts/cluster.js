// The nodes of a cluster: a row for each, and under it its pools.
import { byId, el, icon, place, setAttribute, setHidden, setText } from "./dom.js";
import { count } from "./format.js";
import { condition, conditionWords } from "./states.js";

/** More pools than this on all nodes together are folded until somebody wants to see them. */
const manyPools = 40;

const blank = { address: "", nodeCount: 0, roles: [], poolCount: 0, leased: 0, max: 0, waiting: 0, health: "healthy", pools: [] };

export class ClusterNodes {
  #rows = new Map();
  #sent = [];

  /** Takes in a picture, which has all nodes if any of them has changed. */
  apply(picture) {
    if (picture.nodes) {
      this.#sent = picture.nodes.map((node) => ({ ...blank, ...node }));
    }
  }

  show() {
    setHidden(byId("cluster"), this.#sent.length === 0);
    const all = this.#sent[0]?.nodeCount ?? 0;
    setText(byId("cluster-note"), all > this.#sent.length
      ? `${count(this.#sent.length)} of ${count(all)}: those that do not answer or are troubled, and others` : "");
    const rows = new Map();
    for (const node of this.#sent) {
      const row = this.#rows.get(node.address) ?? new NodeRow(!this.#isFolded());
      rows.set(node.address, row);
      row.update(node);
    }

    this.#rows = rows;
    place(byId("cluster-nodes"), [...rows.values()].map((row) => row.element));
  }

  #isFolded() {
    return this.#sent.reduce((sum, node) => sum + node.pools.length, 0) > manyPools;
  }
}

class NodeRow {
  #name = el("bdi", { class: "name" });
  #aside = el("span", { class: "dim" });
  #note = el("span", { class: "note", role: "note" });
  #badgeWord = el("span");
  #badge = el("span", { class: "badge" }, icon("healthy"), this.#badgeWord);
  #facts = el("dl", { class: "facts" });
  #table;
  #body = el("tbody");
  #rest = el("p", { class: "dim" });
  #pools = new Map();

  constructor(isOpen) {
    this.#table = el("table", {},
      el("thead", {}, el("tr", {}, ...["Pool", "Health", "Leased", "Idle", "Opening", "Waiting"].map((word) => el("th", { scope: "col", text: word })))),
      this.#body);
    this.element = el(
      "details", { class: "cluster-node", open: isOpen },
      el("summary", {},
        icon("chevron"),
        el("span", { class: "name-and-note" }, el("span", {}, this.#name, this.#aside), this.#note),
        this.#badge,
        this.#facts),
      el("div", { class: "cluster-pools" }, this.#table, this.#rest));
  }

  update(node) {
    const isSilent = node.silence !== undefined;
    const state = isSilent ? "unavailable" : node.health;
    setAttribute(this.element, "data-condition", state);
    setAttribute(this.element, "data-node", node.address);
    setText(this.#name, node.address);
    setText(this.#aside, [node.isThis ? "this node" : "", ...node.roles].filter((word) => word !== "").map((word) => ` ${word}`).join(","));
    setText(this.#note, node.silence ?? "");
    setHidden(this.#note, !isSilent);
    setText(this.#badgeWord, isSilent ? "No answer" : conditionWords[state]);
    setAttribute(this.#badge.querySelector("use"), "href", `#icon-${state}`);
    setHidden(this.#facts, isSilent);
    setHidden(this.#table, isSilent || node.pools.length === 0);
    showFacts(this.#facts, node);
    this.#showPools(node.pools);
    setText(this.#rest, isSilent ? "Nothing is known of its pools."
      : node.poolCount === 0 ? "It has no pools."
      : node.poolCount > node.pools.length ? `${count(node.pools.length)} of ${count(node.poolCount)} pools: those in trouble, and others.` : "");
  }

  #showPools(pools) {
    const rows = new Map();
    const seen = new Map();
    for (const pool of pools) {
      // names need not be unique
      const number = (seen.get(pool.name) ?? 0) + 1;
      seen.set(pool.name, number);
      const key = `${number} ${pool.name}`;
      const row = this.#pools.get(key) ?? poolRow();
      rows.set(key, row);
      updatePool(row, pool);
    }

    this.#pools = rows;
    place(this.#body, [...rows.values()].map((row) => row.element));
  }
}

function showFacts(list, node) {
  const facts = [
    ["pools", count(node.poolCount)],
    ["leased", `${count(node.leased)} of ${count(node.max)}`],
    ["waiting", count(node.waiting)],
  ];
  facts.forEach(([name, value], index) => {
    const item = list.children[index] ?? list.appendChild(el("div", {}, el("dt"), el("dd")));
    setText(item.firstChild, name);
    setText(item.lastChild, value);
  });
}

function poolRow() {
  const word = el("span");
  const parts = {
    name: el("bdi", { class: "pool-name" }),
    error: el("span", { class: "note" }),
    word,
    badge: el("span", { class: "badge" }, icon("healthy"), word),
    leased: el("td"),
    idle: el("td"),
    opening: el("td"),
    waiting: el("td"),
  };
  const element = el(
    "tr", { class: "cluster-pool" },
    el("th", { scope: "row" }, el("span", { class: "name-and-note" }, parts.name, parts.error)),
    el("td", {}, parts.badge), parts.leased, parts.idle, parts.opening, parts.waiting);
  return { element, ...parts };
}

function updatePool(row, pool) {
  const state = condition(pool);
  setAttribute(row.element, "data-condition", state);
  setText(row.name, pool.name);
  setText(row.error, pool.error ?? "");
  setHidden(row.error, !pool.error);
  setText(row.word, conditionWords[state]);
  setAttribute(row.badge.querySelector("use"), "href", `#icon-${state}`);
  setText(row.leased, `${count(pool.leased)} of ${count(pool.max)}`);
  setText(row.idle, count(pool.idle));
  setText(row.opening, count(pool.opening));
  setText(row.waiting, count(pool.waiting));
}
