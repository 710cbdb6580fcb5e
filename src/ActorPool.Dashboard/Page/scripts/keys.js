// Keys that work everywhere, and the page that tells them.
import { ask, isAsking } from "./dialog.js";
import { byId, el } from "./dom.js";
import { states } from "./states.js";
import { turnTheme } from "./theme.js";

const keys = [
  ["/", "filter by name"],
  ["o", "only troubled ones, or all"],
  ["t", "light, dark, or as the system says"],
  ["↑ ↓", "one pool, or one connection, up or down"],
  ["PgUp PgDn Home End", "further"],
  ["Enter", "expand a pool, open a connection"],
  ["Tab", "into what is expanded"],
  ["Esc", "close what is open, clear the filter"],
  ["?", "this page"],
];

/** @param actions escape(), list() */
export function startKeys(actions) {
  byId("help").addEventListener("click", showHelp);
  addEventListener("keydown", (event) => {
    if (isAsking() || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }

    if (event.key === "Escape") {
      actions.escape();
    } else if (event.target === byId("filter") && (event.key === "ArrowDown" || event.key === "Enter")) {
      event.preventDefault();
      actions.list();
    } else if (!event.target.matches("input:not([type=checkbox]), select, textarea")) {
      pressed(event);
    }
  });
}

function pressed(event) {
  const actions = {
    "/": () => byId("filter").focus(),
    o: () => byId("troubled").click(),
    t: turnTheme,
    "?": showHelp,
  };
  if (event.key in actions) {
    event.preventDefault();
    actions[event.key]();
  }
}

function showHelp() {
  ask({
    title: "Keys and legend",
    body: [
      el("dl", { class: "keys" }, ...keys.flatMap(([key, meaning]) => [
        el("dt", {}, ...key.split(" ").map((one) => el("kbd", { text: one }))), el("dd", { text: meaning })])),
      el("h3", { text: "States of a slot" }),
      el("dl", { class: "keys" }, ...Object.entries(states).flatMap(([letter, state]) => [
        el("dt", {}, el("span", { class: `slot ${state.name}`, text: letter === "." ? "" : letter, "aria-hidden": "true" })),
        el("dd", { text: `${state.word}: ${state.meaning}` })])),
    ],
  });
}

/** The states in one line. */
export function showLegend() {
  byId("legend").replaceChildren(...Object.entries(states).map(([letter, state]) => el(
    "li", { title: state.meaning },
    el("span", { class: `slot ${state.name}`, text: letter === "." ? "" : letter, "aria-hidden": "true" }),
    el("span", { text: state.word }))));
}
