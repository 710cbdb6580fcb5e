// Before anything is drawn: the theme that was chosen by hand.
try {
  const theme = localStorage.getItem("actorpool-theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // storage is off: the system's theme
}
