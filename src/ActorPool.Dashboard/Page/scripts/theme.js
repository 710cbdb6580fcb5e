// Light, dark, or what the system says; kept in this browser.
import { byId } from "./dom.js";

const key = "actorpool-theme";
const next = { system: "light", light: "dark", dark: "system" };
const words = { system: "System", light: "Light", dark: "Dark" };

export function startTheme() {
  show(current());
  byId("theme").addEventListener("click", turnTheme);
}

export function turnTheme() {
  const theme = next[current()];
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }

  try {
    localStorage.setItem(key, theme);
  } catch {
    // storage is off: the choice lasts as long as the page
  }

  show(theme);
}

function current() {
  return document.documentElement.dataset.theme ?? "system";
}

function show(theme) {
  byId("theme-word").textContent = words[theme];
  byId("theme").setAttribute("aria-label", `Theme: ${words[theme]}`);
}
