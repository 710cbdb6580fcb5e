// What a row shows when it is expanded. Asked for once a second while it is open, and not otherwise.
import { Connections, showHistory } from "./connections.js";
import { el, place, setText } from "./dom.js";
import { count, duration, time } from "./format.js";
import { Operations } from "./operations.js";

const everyMs = 1000;
const step = 200;

/** What is shown even if it is zero. */
const always = new Set(["acquired", "after a wait", "timed out", "opened", "opens failed"]);

export class Detail {
  #id;
  #limit = step;
  #timer = 0;
  #stop = new AbortController();
  #facts = el("dl", { class: "facts" });
  #closed = el("p", { class: "closed" });
  #error = el("p", { class: "last-error", role: "note", hidden: true });
  #journal = el("ol", { class: "journal" });
  #journalNote = el("p", { class: "dim" });
  #journalRows = new Map();
  #connections;
  #operations;

  /** @param context row() gives the pool's row, done(row) takes the answer to an operation */
  constructor(id, context) {
    this.#id = id;
    this.#operations = new Operations({ pool: () => context.row(), done: (row) => { context.done(row); this.#load(); } });
    this.#connections = new Connections({
      connection: (connection) => this.#fetch(`connection?pool=${id}&id=${connection}`),
      evict: (connection, hard) => this.#operations.evictOne(connection, hard),
      more: () => { this.#limit += step; this.#load(); },
    });
    this.element = el(
      "div", { class: "detail", role: "row", "aria-level": "2" },
      el("div", { class: "detail-inner", role: "gridcell", "aria-label": "Details" },
        this.#operations.element, this.#error,
        this.#facts, this.#closed,
        el("div", { class: "halves" },
          el("section", { "aria-label": "Connections" }, el("h3", { text: "Connections" }), this.#connections.element),
          el("section", { "aria-label": "What happened" }, el("h3", { text: "What happened" }), this.#journal, this.#journalNote))));
    this.#operations.update(context.row());
    this.#load();
  }

  close() {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** One step back for Esc; says whether there was one. */
  back() {
    return this.#connections.close();
  }

  async #load() {
    clearTimeout(this.#timer);
    const pool = await this.#fetch(`pool?id=${this.#id}&limit=${this.#limit}`);
    if (this.#stop.signal.aborted) {
      return;
    }

    if (pool.connections) {
      this.#show(pool);
    }

    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), everyMs);
  }

  async #fetch(address) {
    try {
      const answer = await fetch(address, { signal: this.#stop.signal });
      return await answer.json();
    } catch {
      return { error: "The server does not answer." };
    }
  }

  #show(pool) {
    this.#operations.update(pool);
    this.#error.hidden = !pool.error;
    setText(this.#error, pool.error ? lastError(pool) : "");
    showFacts(this.#facts, pool);
    const closed = Object.entries(pool.closed);
    setText(this.#closed, closed.length === 0 ? "No connection has been closed yet."
      : `Closed: ${closed.map(([reason, number]) => `${count(number)} ${words(reason)}`).join(", ")}.`);
    this.#connections.update(pool.connections, pool.total);
    this.#showJournal(pool);
  }

  #showJournal(pool) {
    const entries = new Map();
    for (const entry of pool.journal) {
      const key = `${entry.at} ${entry.times} ${entry.line}`;
      entries.set(key, this.#journalRows.get(key) ?? journalEntry(entry));
    }

    this.#journalRows = entries;
    place(this.#journal, entries.values());
    setText(this.#journalNote, `${pool.journal.length === 0 ? "Nothing" : "The last of what happened"} since ${time(pool.journalSince)}, when somebody first looked.`);
  }
}

function lastError(pool) {
  return `The last open failed, ${count(pool.failures)} in a row`
    + (pool.nextAttemptMs > 0 ? `; next attempt in ${duration(pool.nextAttemptMs)}` : "") + `. ${pool.error}`;
}

function showFacts(list, pool) {
  const facts = [
    ["size", `${count(pool.min)} to ${count(pool.max)}`],
    ...(pool.granted === undefined ? [] : [["granted", count(pool.granted)]]),
    ...Object.entries({ ...pool.counters, generation: pool.generation })
      .filter(([name, number]) => number > 0 || always.has(name))
      .map(([name, number]) => [name, count(number)]),
  ];
  facts.forEach(([name, value], index) => {
    const item = list.children[index] ?? list.appendChild(el("div", {}, el("dt"), el("dd")));
    setText(item.firstChild, name);
    setText(item.lastChild, value);
    item.classList.toggle("zero", value === "0");
  });
  while (list.childElementCount > facts.length) {
    list.lastElementChild.remove();
  }
}

/** IdleTimeout: idle timeout. */
const words = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();

function journalEntry(entry) {
  const item = el(
    "li", { class: entry.trouble ? "trouble" : "" },
    el("time", { text: time(entry.at), datetime: new Date(entry.at).toISOString() }),
    el("span", { text: entry.line }, entry.times > 1 ? el("span", { class: "times", text: ` ${count(entry.times)} times` }) : null));
  if (entry.history.length > 0) {
    const history = el("ol", { class: "history" });
    showHistory(history, entry.history);
    item.append(el("details", {}, el("summary", { text: "Flight recorder at its end" }), history));
  }

  return item;
}

