// Puts the parts together: pictures come in, what they change is drawn once per frame.
import { Budgets } from "./budgets.js";
import { ClusterNodes } from "./cluster.js";
import { Detail } from "./detail.js";
import { byId, setAttribute, setHidden, setText } from "./dom.js";
import { count, duration, rate, time } from "./format.js";
import { showLegend, startKeys } from "./keys.js";
import { PoolList } from "./list.js";
import { Live } from "./live.js";
import { rights } from "./operations.js";
import { Pools } from "./pools.js";
import { startTheme } from "./theme.js";

const pools = new Pools();
const budgets = new Budgets();
const nodes = new ClusterNodes();
let detail = null;
let lastPictureAt = null;
let drawing = false;

const list = new PoolList((id) => {
  detail?.close();
  let row = null;
  detail = id === null ? null : new Detail(id, {
    row: () => (row = pools.get(id)?.row ?? row),
    done: (changed) => { pools.update(changed); draw(); },
  });
  return detail?.element ?? null;
});

const live = new Live({
  hello(hello) {
    document.title = hello.title;
    setText(byId("title"), hello.title);
    rights.mayOperate = hello.mayOperate;
    rights.whyNot = hello.whyNot ?? "";
  },
  picture(picture) {
    lastPictureAt = Date.now();
    const begun = performance.now();
    pools.apply(picture);
    budgets.apply(picture);
    nodes.apply(picture);
    draw();
    performance.measure("picture applied", { start: begun });
  },
  connected() {
    showPulse("live", "Live");
    setHidden(byId("offline"), true);
    document.body.classList.remove("is-offline");
  },
  disconnected(why) {
    showPulse("offline", "Disconnected");
    const seen = lastPictureAt === null ? "" : ` What you see is from ${time(lastPictureAt)}.`;
    setText(byId("offline"), `Disconnected: ${why}.${seen} Trying again…`);
    setHidden(byId("offline"), false);
    document.body.classList.add("is-offline");
  },
});

/** Draws in the next frame, however much comes in until then. */
function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      const begun = performance.now();
      drawNow();
      performance.measure("picture drawn", { start: begun });
    });
  }
}

function drawNow() {
  if (list.expanded !== null && !pools.get(list.expanded)) {
    list.collapse();
  }

  const shown = pools.shown();
  budgets.show();
  nodes.show();
  list.show(shown);
  showTotals();
  const all = pools.totals().pools;
  setHidden(byId("empty"), shown.length > 0);
  setText(byId("empty"), all === 0
    ? "There are no pools yet. A pool appears here as soon as it is made."
    : `None of ${count(all)} pools fits. Esc clears the filter.`);
}

function showTotals() {
  const totals = pools.totals();
  setText(byId("total-pools"), count(totals.pools));
  setText(byId("total-troubled"), totals.troubled === 0 ? "none troubled" : `${count(totals.troubled)} troubled`);
  byId("total-troubled").classList.toggle("some", totals.troubled > 0);
  setText(byId("total-connections"), count(pools.connections));
  setText(byId("total-leased"), `${count(totals.leased)} leased`);
  setText(byId("total-waiting"), count(totals.waiting));
  setText(byId("total-oldest"), totals.waiting === 0 ? "nobody waits" : `oldest for ${duration(totals.oldestMs)}`);
  byId("total-oldest").classList.toggle("some", totals.waiting > 0);
  setText(byId("total-rate"), rate(totals.rate));
  setText(byId("total-took"), `looked at in ${duration(pools.tookMs)}`);
}

function showPulse(state, word) {
  setAttribute(byId("pulse"), "data-state", state);
  setText(byId("pulse-word"), word);
}

byId("filter").addEventListener("input", (event) => { pools.filter = event.target.value.trim(); draw(); });
byId("sort").addEventListener("change", (event) => { pools.order = event.target.value; draw(); });
byId("troubled").addEventListener("change", (event) => { pools.onlyTroubled = event.target.checked; draw(); });
startTheme();
showLegend();
startKeys({
  list: () => list.focusFirst(),
  escape() {
    if (detail?.back()) {
      return;
    }

    if (list.expanded !== null) {
      list.collapse();
    } else if (pools.filter !== "") {
      byId("filter").value = pools.filter = "";
      draw();
    }
  },
});
live.open();
