// A pool's slots: a cell for each, with its letter; a bar with counts where there are too many.
import { el, place, setAttribute, setText } from "./dom.js";
import { size, states } from "./states.js";

const cellsMax = 32;

export function makeSlots() {
  return el("div", { class: "slots", role: "img" });
}

export function updateSlots(element, pool) {
  const cells = Math.max(pool.max, pool.slots?.length ?? 0);
  if (pool.slots !== undefined && cells <= cellsMax) {
    showCells(element, pool.slots, cells);
  } else {
    showBar(element, pool);
  }

  setAttribute(element, "aria-label", inWords(pool));
}

function showCells(element, slots, count) {
  const letters = slots.padEnd(count, ".");
  if (element.dataset.letters === letters) {
    return;
  }

  element.dataset.letters = letters;
  if (element.dataset.kind !== "cells" || element.childElementCount !== count) {
    element.dataset.kind = "cells";
    element.replaceChildren(...Array.from(letters, () => el("span")));
  }

  for (let i = 0; i < count; i++) {
    const cell = element.children[i];
    const letter = letters[i];
    if (cell.dataset.letter !== letter) {
      cell.dataset.letter = letter;
      cell.className = `slot ${states[letter].name}`;
      cell.textContent = letter === "." ? "" : letter;
    }
  }
}

function showBar(element, pool) {
  const parts = [
    ["L", pool.leased], ["I", pool.idle], ["O", pool.opening], ["P", pool.probing], ["R", pool.resetting], ["C", pool.closing],
    [".", Math.max(0, pool.max - size(pool))],
  ];
  if (element.dataset.kind !== "bar") {
    element.dataset.kind = "bar";
    delete element.dataset.letters;
    element.replaceChildren();
  }

  place(element, parts.filter(([, number]) => number > 0).map(([letter, number]) => {
    const part = element.querySelector(`[data-letter="${letter}"]`)
      ?? el("span", { class: `slot part ${states[letter].name}`, "data-letter": letter });
    part.style.flexGrow = String(number);
    setText(part, letter === "." ? "" : `${letter} ${number}`);
    return part;
  }));
}

function inWords(pool) {
  const parts = [
    [pool.leased, "leased"], [pool.idle, "idle"], [pool.opening, "opening"], [pool.probing, "probing"],
    [pool.resetting, "resetting"], [pool.closing, "closing"],
  ].filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `${parts.length > 0 ? parts.join(", ") : "no connections"}, at most ${pool.max}`;
}
