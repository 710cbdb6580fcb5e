// A small line of a number's last minutes, newest on the right. Two samples make one point: the greater of them.
import { svgEl } from "./dom.js";
import { samplesMax } from "./history.js";

const width = samplesMax / 2;
const height = 24;

export function makeSparkline(kind) {
  const area = svgEl("path", { class: "spark-area" });
  const line = svgEl("path", { class: "spark-line" });
  const svg = svgEl(
    "svg", { class: `spark ${kind}`, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, area, line);
  return { svg, area, line };
}

/** @param floor what a full height stands for at least, so that noise near zero does not look like a mountain */
export function updateSparkline(spark, history, floor) {
  let top = floor;
  for (let i = 0; i < history.length; i++) {
    top = Math.max(top, history.ago(i));
  }

  const points = [];
  for (let i = 0; i < history.length; i += 2) {
    const value = i + 1 < history.length ? Math.max(history.ago(i), history.ago(i + 1)) : history.ago(i);
    points.push(`${width - i / 2},${(height - 1 - (value / top) * (height - 3)).toFixed(1)}`);
  }

  if (points.length === 0) {
    return;
  }

  const path = `M${points.join("L")}`;
  spark.line.setAttribute("d", path);
  spark.area.setAttribute("d", `${path}L${width - points.length + 1},${height}L${width},${height}Z`);
}
