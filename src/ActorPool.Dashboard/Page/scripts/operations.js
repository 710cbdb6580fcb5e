// What can be done to a pool: a button each, a question where one is due, and a POST that brings the token along.
import { byId, el } from "./dom.js";
import { ask } from "./dialog.js";
import { count } from "./format.js";

/** What the server said of our right to operate. */
export const rights = { mayOperate: false, whyNot: "" };

let token = null;

/** The buttons of a pool; a line that says why there are none. */
export class Operations {
  #context;
  #pause = button("Pause", () => this.#pauseOrResume());

  /** @param context pool() gives its row, done(row) takes the answer */
  constructor(context) {
    this.#context = context;
    this.element = rights.mayOperate
      ? el("div", { class: "operations", role: "group", "aria-label": "Operations" },
        this.#pause,
        button("Warm up…", () => this.#warmUp()),
        button("Resize…", () => this.#resize()),
        button("Evict…", () => this.#evict()),
        button("Drain…", () => this.#drain(), "danger-text"))
      : el("p", { class: "operations none", text: rights.whyNot });
  }

  update(row) {
    const word = row.mode === "paused" ? "Resume" : "Pause";
    if (this.#pause.textContent !== word) {
      this.#pause.textContent = word;
    }
  }

  /** Evicts one connection. */
  evictOne(id, hard) {
    return this.#send("evict", { connection: id, hard }, `Connection ${id} is evicted.`).then(tell);
  }

  #pauseOrResume() {
    const isPaused = this.#context.pool().mode === "paused";
    return this.#send(isPaused ? "resume" : "pause", {}, isPaused ? "Resumed." : "Paused.").then(tell);
  }

  #warmUp() {
    const row = this.#context.pool();
    const wanted = number("Connections", Math.max(row.min, 1), 0, row.max);
    ask({
      title: `Warm up ${row.name}`,
      body: [el("p", { text: `Opens connections until so many are open, at most ${count(row.max)}.` }), wanted.label],
      yes: "Warm up",
      act: () => this.#send("warm-up", { connections: wanted.value() }, "Warmed up."),
    });
  }

  #resize() {
    const row = this.#context.pool();
    const min = number("Minimum", row.min, 0);
    const max = number("Maximum", row.max, 1);
    ask({
      title: `Resize ${row.name}`,
      body: [
        el("p", { text: "Until the application starts again or is configured anew. Leased connections above the maximum are closed when they are returned." }),
        el("div", { class: "fields" }, min.label, max.label),
      ],
      yes: "Resize",
      act: () => this.#send("resize", { min: min.value(), max: max.value() }, "Resized."),
    });
  }

  #evict() {
    const row = this.#context.pool();
    const soft = radio("Leased ones when they are returned", true);
    const hard = radio("Leased ones at once, under their holders", false);
    ask({
      title: `Evict all connections of ${row.name}`,
      body: [
        el("p", { text: `Closes ${count(row.idle)} idle and ${count(row.leased)} leased connections; new ones are opened as they are needed.` }),
        el("div", { class: "choices", role: "radiogroup", "aria-label": "Leased connections" }, soft.label, hard.label),
      ],
      yes: "Evict all",
      danger: true,
      act: () => this.#send("evict", { hard: hard.input.checked }, "Evicted."),
    });
  }

  #drain() {
    const row = this.#context.pool();
    ask({
      title: `Drain ${row.name}?`,
      body: [
        el("p", {}, "This closes the pool ", el("strong", {}, el("bdi", { text: row.name })),
          ` for good. ${count(row.waiting)} waiters fail at once, ${count(row.leased)} leases are waited for.`),
        el("p", { text: "Whoever uses it afterwards gets an error until the application is started again." }),
      ],
      yes: `Drain ${row.name}`,
      danger: true,
      act: () => this.#send("drain", {}, "Drained."),
    });
  }

  /** Does it; gives null, or the line that says why it could not be done. */
  async #send(operation, what, success) {
    const row = this.#context.pool();
    try {
      let answer = await post(operation, { pool: row.id, name: row.name, ...what });
      if (answer.status === 400 && token) {
        // A token of before the user logged in, or of before the application was started.
        token = null;
        answer = await post(operation, { pool: row.id, name: row.name, ...what });
      }

      const body = await answer.json();
      if (!answer.ok) {
        return body.error;
      }

      this.#context.done(body.pool);
      tell(body.goesOn ? `${row.name}: begun; it goes on.` : `${row.name}: ${success}`);
      return null;
    } catch (error) {
      return error instanceof Refusal ? error.message : "The server does not answer.";
    }
  }
}

class Refusal extends Error {}

async function post(operation, what) {
  token ??= await fetchToken();
  return fetch(`operations/${operation}`, {
    method: "POST",
    headers: { "content-type": "application/json", [token.header]: token.token },
    body: JSON.stringify(what),
  });
}

async function fetchToken() {
  const answer = await fetch("token");
  const body = await answer.json();
  if (!answer.ok) {
    throw new Refusal(body.error);
  }

  return body;
}

/** Says a line where it is seen and heard. */
export function tell(line) {
  if (!line) {
    return;
  }

  const status = byId("status");
  status.replaceChildren(el("p", { text: line }));
  clearTimeout(tell.fading);
  tell.fading = setTimeout(() => status.replaceChildren(), 6000);
}

function button(text, onclick, className) {
  return el("button", { type: "button", text, onclick, class: className });
}

function number(text, value, min, max) {
  const input = el("input", { type: "number", value: String(value), min: String(min), max: max === undefined ? undefined : String(max), inputmode: "numeric" });
  return { label: el("label", { class: "field", text }, input), value: () => (input.value === "" ? null : Math.trunc(Number(input.value))) };
}

function radio(text, checked) {
  const input = el("input", { type: "radio", name: "mode", checked });
  return { input, label: el("label", { class: "toggle" }, input, text) };
}
