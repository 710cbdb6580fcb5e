// The connections of the pool that is open: a table, and under a connection its flight recorder.
import { el, place, setAttribute, setHidden, setText } from "./dom.js";
import { count, duration } from "./format.js";
import { rights } from "./operations.js";
import { states } from "./states.js";

export class Connections {
  #rows = new Map();
  #open = null;
  #context;
  #body = el("tbody");
  #more = el("button", { type: "button", class: "quiet", text: "Show more", onclick: () => this.#context.more() });
  #none = el("p", { class: "dim", text: "There are no connections." });

  /** @param context connection(id) gives a promise of its details, evict(id, hard), more() */
  constructor(context) {
    this.#context = context;
    this.element = el(
      "div", { class: "connections" },
      el("table", {},
        el("thead", {}, el("tr", {}, ...["Connection", "State", "Age", "Holder", "Uses", "Address", "Last error"].map(
          (text) => el("th", { scope: "col", text })))),
        this.#body),
      this.#none, this.#more);
    this.#body.addEventListener("keydown", (event) => this.#pressed(event));
  }

  update(connections, total) {
    const wanted = [];
    const there = new Set();
    for (const connection of connections) {
      const row = this.#rowOf(connection.id);
      row.update(connection);
      there.add(connection.id);
      wanted.push(row.element);
      if (connection.id === this.#open) {
        wanted.push(row.recorder.element);
      }
    }

    for (const id of this.#rows.keys()) {
      if (!there.has(id)) {
        this.#rows.delete(id);
      }
    }

    if (!there.has(this.#open)) {
      this.#open = null;
    }

    place(this.#body, wanted);
    setHidden(this.#none, total > 0);
    setHidden(this.#more, connections.length >= total);
    setText(this.#more, `Show more (${count(connections.length)} of ${count(total)} are shown)`);
    this.#keepTabStop();
    this.#refresh();
  }

  /** Closes the flight recorder that is open; says whether there was one. */
  close() {
    if (this.#open === null) {
      return false;
    }

    const id = this.#open;
    this.#toggle(id);
    this.#rows.get(id)?.button.focus();
    return true;
  }

  #rowOf(id) {
    let row = this.#rows.get(id);
    if (!row) {
      row = new ConnectionRow(id, () => this.#toggle(id), this.#context.evict);
      this.#rows.set(id, row);
    }

    return row;
  }

  #toggle(id) {
    const before = this.#rows.get(this.#open);
    if (before) {
      before.button.setAttribute("aria-expanded", "false");
      before.recorder.element.remove();
    }

    this.#open = this.#open === id ? null : id;
    const row = this.#rows.get(this.#open);
    if (row) {
      row.button.setAttribute("aria-expanded", "true");
      row.element.after(row.recorder.element);
      this.#refresh();
    }
  }

  async #refresh() {
    const row = this.#rows.get(this.#open);
    if (row) {
      row.recorder.update(await this.#context.connection(row.id));
    }
  }

  /** One of the buttons can be reached by Tab; the arrows go from one to the next. */
  #keepTabStop() {
    const buttons = [...this.#body.querySelectorAll(".connection-button")];
    if (buttons.length > 0 && !buttons.some((one) => one.tabIndex === 0)) {
      buttons[0].tabIndex = 0;
    }
  }

  #pressed(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps) || !event.target.classList.contains("connection-button")) {
      return;
    }

    event.preventDefault();
    const buttons = [...this.#body.querySelectorAll(".connection-button")];
    const next = buttons[buttons.indexOf(event.target) + steps[event.key]];
    if (next) {
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  }
}

class ConnectionRow {
  constructor(id, onToggle, evict) {
    this.id = id;
    this.recorder = new FlightRecorder(id, evict);
    this.button = el("button", { type: "button", class: "connection-button", text: `#${id}`, tabindex: "-1", "aria-expanded": "false", "aria-label": `Connection ${id}` });
    this.chip = el("span", { class: "slot", "aria-hidden": "true" });
    this.state = el("span");
    this.marks = el("span", { class: "dim" });
    this.age = el("td");
    this.holder = el("td", { class: "holder" });
    this.uses = el("td");
    this.address = el("td", { class: "address" });
    this.error = el("td", { class: "error" });
    this.element = el(
      "tr", { class: "connection", onclick: () => getSelection().isCollapsed && onToggle() },
      el("th", { scope: "row" }, this.button),
      el("td", { class: "state" }, this.chip, this.state, this.marks),
      this.age, this.holder, this.uses, this.address, this.error);
  }

  update(connection) {
    const state = states[connection.state];
    this.element.dataset.state = state.name;
    setAttribute(this.chip, "class", `slot ${state.name}`);
    setText(this.chip, connection.state);
    setText(this.state, ` ${state.word} `);
    setText(this.marks, [`for ${duration(connection.inStateMs)}`, connection.stale && "to be replaced", connection.transient && "transient"]
      .filter(Boolean).join(", "));
    setText(this.age, connection.state === "O" ? "" : duration(connection.ageMs));
    setText(this.holder, holders(connection));
    setText(this.uses, count(connection.uses));
    setText(this.address, connection.address ?? "");
    setText(this.error, connection.error ?? "");
  }
}

function holders(connection) {
  const named = connection.leases.map((lease) => `${lease.holder ?? "unnamed"}, since ${duration(lease.heldMs)}`);
  const rest = connection.leaseCount - named.length;
  return named.join("; ") + (rest > 0 ? `; and ${count(rest)} more` : "");
}

class FlightRecorder {
  #history = el("ol", { class: "history" });
  #stacks = el("div");
  #gone = el("p", { class: "dim" });

  constructor(id, evict) {
    this.element = el("tr", { class: "recorder" }, el(
      "td", { colspan: "7" },
      el("h4", { text: `Flight recorder of connection ${id}` }),
      this.#history, this.#gone, this.#stacks,
      rights.mayOperate ? el(
        "div", { class: "operations" },
        el("button", { type: "button", text: "Evict when returned", onclick: () => evict(id, false) }),
        el("button", { type: "button", class: "danger-text", text: "Evict now", onclick: () => evict(id, true) })) : null));
  }

  update(details) {
    setText(this.#gone, details.error !== undefined && details.history === undefined ? details.error : "");
    if (details.history) {
      showHistory(this.#history, details.history);
      this.#stacks.replaceChildren(...details.stacks.map((stack) => el("pre", { text: stack })));
    }
  }
}

/** Transitions, the newest first. */
export function showHistory(list, history) {
  const wanted = history.toReversed();
  while (list.childElementCount > wanted.length) {
    list.lastElementChild.remove();
  }

  wanted.forEach((transition, index) => {
    const item = list.children[index] ?? list.appendChild(el("li"));
    setText(item, transition);
  });
}
