// The states of a slot: the letter that the server sends, its word, what it means.

export const states = {
  L: { name: "leased", word: "Leased", meaning: "somebody has it" },
  I: { name: "idle", word: "Idle", meaning: "ready for a lease" },
  O: { name: "opening", word: "Opening", meaning: "being opened" },
  P: { name: "probing", word: "Probing", meaning: "being probed" },
  R: { name: "resetting", word: "Resetting", meaning: "being reset after a lease" },
  D: { name: "doomed", word: "Doomed", meaning: "leased, and closed on return" },
  C: { name: "closing", word: "Closing", meaning: "being closed" },
  ".": { name: "empty", word: "Empty", meaning: "no connection" },
};

/** What a pool's badge says: how it is run comes before how it is. */
export function condition(pool) {
  return pool.mode !== "open" ? pool.mode : pool.health;
}

export const conditionWords = {
  healthy: "Healthy",
  failing: "Failing",
  unavailable: "Unavailable",
  paused: "Paused",
  draining: "Draining",
};

export const isTroubled = (pool) => pool.health !== "healthy" || pool.mode !== "open" || pool.waiting > 0;

export const size = (pool) => pool.idle + pool.leased + pool.opening + pool.probing + pool.resetting + pool.closing;
