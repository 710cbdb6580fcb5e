// The list: of a thousand pools only the rows that can be seen are elements. One row may be expanded; what it shows then lies
// between it and the next.
import { byId, place } from "./dom.js";
import { Row } from "./row.js";

const overscan = 6;

export class PoolList {
  #rows = byId("rows");
  #made = new Map();
  #spare = [];
  #shown = [];
  #indexOf = new Map();
  #rowHeight = 56;
  #detail = null;
  #detailHeight = 0;
  #active = null;
  #resized = new ResizeObserver(() => this.#measure());

  /** @param onToggle told the pool whose row was expanded, or null; gives the element to show under it */
  constructor(onToggle) {
    this.onToggle = onToggle;
    this.expanded = null;
    this.#rows.addEventListener("click", (event) => this.#clicked(event));
    this.#rows.addEventListener("keydown", (event) => this.#pressed(event));
    this.#rows.addEventListener("focusin", (event) => this.#focused(event));
    addEventListener("scroll", () => this.render(), { passive: true });
    addEventListener("resize", () => this.#measure());
    this.#measure();
  }

  show(pools) {
    this.#shown = pools;
    this.#indexOf = new Map(pools.map((pool, index) => [pool.id, index]));
    byId("list").setAttribute("aria-rowcount", String(pools.length + 1));
    this.render();
  }

  render() {
    const rows = this.#rows;
    const open = this.#indexOf.get(this.expanded) ?? -1;
    const detailHeight = open >= 0 ? this.#detailHeight : 0;
    const height = `${this.#shown.length * this.#rowHeight + detailHeight}px`;
    if (rows.style.height !== height) {
      rows.style.height = height;
    }

    const top = -rows.getBoundingClientRect().top;
    const first = Math.max(0, this.#indexAt(top, open) - overscan);
    const last = Math.min(this.#shown.length - 1, this.#indexAt(top + innerHeight, open) + overscan);
    const wanted = [];
    const seen = new Set();
    for (let index = first; index <= last; index++) {
      this.#put(index, open, wanted, seen);
    }

    // The row that has the keyboard stays, wherever it is, and so does the one that is open.
    for (const id of [this.#active, this.expanded]) {
      const index = this.#indexOf.get(id);
      if (index !== undefined && !seen.has(id)) {
        this.#put(index, open, wanted, seen);
      }
    }

    for (const [id, row] of this.#made) {
      if (!seen.has(id)) {
        this.#made.delete(id);
        this.#spare.push(row);
      }
    }

    this.#keepFocus(() => place(rows, wanted));
    if (!this.#made.has(this.#active)) {
      this.#activate(this.#shown[first]?.id ?? null);
    }
  }

  collapse() {
    if (this.expanded !== null) {
      const id = this.expanded;
      this.#toggle(id);
      this.focus(id);
    }
  }

  focus(id) {
    const index = this.#indexOf.get(id);
    if (index === undefined) {
      return;
    }

    this.#activate(id);
    this.#scrollTo(index);
    this.render();
    this.#made.get(id)?.element.focus({ preventScroll: true });
  }

  focusFirst() {
    this.focus(this.#shown[0]?.id);
  }

  #put(index, open, wanted, seen) {
    const pool = this.#shown[index];
    const row = this.#rowOf(pool.id);
    row.update(pool, index, pool.id === this.expanded);
    row.element.style.transform = `translateY(${this.#topOf(index, open)}px)`;
    seen.add(pool.id);
    wanted.push(row.element);
    if (pool.id === this.expanded && this.#detail) {
      this.#detail.style.transform = `translateY(${(index + 1) * this.#rowHeight}px)`;
      wanted.push(this.#detail);
    }
  }

  #rowOf(id) {
    let row = this.#made.get(id);
    if (!row) {
      row = this.#spare.pop() ?? new Row();
      row.element.dataset.id = String(id);
      row.element.tabIndex = id === this.#active ? 0 : -1;
      this.#made.set(id, row);
    }

    return row;
  }

  #topOf(index, open) {
    return index * this.#rowHeight + (open >= 0 && index > open ? this.#detailHeight : 0);
  }

  #indexAt(y, open) {
    const openEnd = (open + 1) * this.#rowHeight;
    const rest = open < 0 || y < openEnd ? y : Math.max(openEnd - 1, y - this.#detailHeight);
    return Math.floor(rest / this.#rowHeight);
  }

  #scrollTo(index) {
    const open = this.#indexOf.get(this.expanded) ?? -1;
    const top = this.#rows.getBoundingClientRect().top + this.#topOf(index, open);
    const head = byId("list").querySelector(".columns").offsetHeight;
    if (top < head) {
      scrollBy(0, top - head);
    } else if (top + this.#rowHeight > innerHeight) {
      scrollBy(0, top + this.#rowHeight - innerHeight);
    }
  }

  #measure() {
    this.#rowHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row-height")) || 56;
    this.#detailHeight = this.#detail?.offsetHeight ?? 0;
    this.render();
  }

  #toggle(id) {
    if (this.#detail) {
      this.#resized.unobserve(this.#detail);
      this.#detail.remove();
    }

    this.expanded = this.expanded === id ? null : id;
    this.#detail = this.onToggle(this.expanded);
    this.#detailHeight = 0;
    this.render();
    if (this.#detail) {
      this.#resized.observe(this.#detail);
      this.#measure();
    }
  }

  #activate(id) {
    if (this.#active !== id) {
      this.#setTabStop(-1);
      this.#active = id;
      this.#setTabStop(0);
    }
  }

  #setTabStop(tabIndex) {
    const row = this.#made.get(this.#active);
    if (row) {
      row.element.tabIndex = tabIndex;
    }
  }

  #keepFocus(change) {
    const focused = document.activeElement;
    change();
    if (focused !== document.activeElement && focused?.isConnected) {
      focused.focus({ preventScroll: true });
    }
  }

  #idOf(event) {
    const row = event.target.closest?.(".row");
    return row ? Number(row.dataset.id) : null;
  }

  #focused(event) {
    const id = this.#idOf(event);
    if (id !== null) {
      this.#activate(id);
    }
  }

  #clicked(event) {
    const id = this.#idOf(event);
    if (id !== null && getSelection().isCollapsed) {
      this.#activate(id);
      this.#toggle(id);
      this.focus(id);
    }
  }

  #pressed(event) {
    const id = this.#idOf(event);
    if (id === null || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }

    const index = this.#indexOf.get(id) ?? 0;
    const page = Math.max(1, Math.floor(innerHeight / this.#rowHeight) - 2);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in moves) {
      const to = Math.min(this.#shown.length - 1, Math.max(0, index + moves[event.key]));
      this.focus(this.#shown[to].id);
    } else if (event.key === "Enter" || event.key === " "
      || (event.key === "ArrowRight" && this.expanded !== id) || (event.key === "ArrowLeft" && this.expanded === id)) {
      this.#toggle(id);
      this.focus(id);
    } else {
      return;
    }

    event.preventDefault();
  }
}
