// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export const count = (number) => whole.format(number);

export const rate = (perSecond) => (perSecond >= 100 ? whole : tenths).format(perSecond);

export const time = (unixMs) => clock.format(unixMs);

/** 0.4 ms, 12 ms, 3.2 s, 4 min 10 s, 2 h 5 min, 3 d 4 h. */
export function duration(ms) {
  if (ms < 1000) {
    return `${(ms < 10 ? tenths : whole).format(ms)} ms`;
  }

  const seconds = ms / 1000;
  if (seconds < 60) {
    return `${tenths.format(Math.floor(seconds * 10) / 10)} s`;
  }

  return seconds < 3600 ? two(seconds, 60, "min", 1, "s")
    : seconds < 86400 ? two(seconds, 3600, "h", 60, "min")
    : two(seconds, 86400, "d", 3600, "h");
}

function two(seconds, large, largeName, small, smallName) {
  const first = Math.floor(seconds / large);
  const second = Math.floor((seconds - first * large) / small);
  return second === 0 ? `${first} ${largeName}` : `${first} ${largeName} ${second} ${smallName}`;
}
