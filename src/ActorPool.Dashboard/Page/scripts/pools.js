// All pools as the last picture has them, with the history of what is drawn as a line.
import { History } from "./history.js";
import { isTroubled } from "./states.js";

// What the server leaves out because it is zero, or could not see.
const blank = { min: 0, max: 0, idle: 0, leased: 0, opening: 0, probing: 0, resetting: 0, closing: 0, waiting: 0, oldestMs: 0 };

const rank = { draining: 1, paused: 2, failing: 3, unavailable: 4 };

const collator = new Intl.Collator(undefined, { numeric: true });

const byName = (one, other) => one.place - other.place;
const severity = (pool) => Math.max(rank[pool.row.health] ?? 0, rank[pool.row.mode] ?? 0);

const orders = {
  name: byName,
  health: (one, other) => severity(other) - severity(one) || byName(one, other),
  waiters: (one, other) => other.row.waiting - one.row.waiting || severity(other) - severity(one) || byName(one, other),
};

export class Pools {
  #byId = new Map();
  filter = "";
  order = "health";
  onlyTroubled = false;
  connections = 0;
  tookMs = 0;

  get(id) {
    return this.#byId.get(id);
  }

  /** Takes in a picture: all pools, or those that have changed. */
  apply(picture) {
    for (const sent of picture.pools) {
      const row = { ...blank, ...sent };
      const known = this.#byId.get(row.id);
      if (known) {
        known.row = row;
      } else {
        this.#byId.set(row.id, { id: row.id, row, place: 0, wait: new History(), use: new History(), rate: new History() });
      }
    }

    if (picture.ids) {
      const there = new Set(picture.ids);
      for (const id of this.#byId.keys()) {
        if (!there.has(id)) {
          this.#byId.delete(id);
        }
      }

      // Names never change: they are compared when pools come and go, not for each picture.
      [...this.#byId.values()]
        .sort((one, other) => collator.compare(one.row.name, other.row.name) || one.id - other.id)
        .forEach((pool, place) => { pool.place = place; });
    }

    for (const pool of this.#byId.values()) {
      if (pool.row.rate !== undefined) {
        pool.wait.push(pool.row.waitMs, picture.skipped + 1);
        pool.use.push(pool.row.useMs, picture.skipped + 1);
        pool.rate.push(pool.row.rate, picture.skipped + 1);
      }
    }

    this.connections = picture.connections;
    this.tookMs = picture.tookMs;
  }

  /** A pool's row as the answer to an operation has it. */
  update(row) {
    const known = this.#byId.get(row.id);
    if (known) {
      known.row = { ...blank, ...row, rate: known.row.rate, waitMs: known.row.waitMs, useMs: known.row.useMs };
    }
  }

  /** Those that are to be shown, in their order. */
  shown() {
    const wanted = this.filter.toLowerCase();
    return [...this.#byId.values()]
      .filter((pool) => (!this.onlyTroubled || isTroubled(pool.row)) && pool.row.name.toLowerCase().includes(wanted))
      .sort(orders[this.order]);
  }

  totals() {
    const totals = { pools: this.#byId.size, troubled: 0, leased: 0, waiting: 0, oldestMs: 0, rate: 0 };
    for (const { row, rate } of this.#byId.values()) {
      totals.troubled += isTroubled(row) ? 1 : 0;
      totals.leased += row.leased;
      totals.waiting += row.waiting;
      totals.oldestMs = Math.max(totals.oldestMs, row.oldestMs);
      totals.rate += rate.recent(4);
    }

    return totals;
  }
}
