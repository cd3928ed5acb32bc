// Lines over the surfaces: congruent cells, the dividing line, the scale bar, the names.
import { onA, turned } from "./surface.js";
import { panes, toScreen } from "./view.js";

const LENGTHS = [10, 20, 50, 100, 200, 500, 1000, 2000];

// The corners of a cell in the common frame, as it lies on one side.
function corners(centre, size, angle) {
  const half = size / 2;
  return [[-half, -half], [-half, half], [half, half], [half, -half]].map((corner) => {
    const [y, x] = turned(corner, angle);
    return [centre[0] + y, centre[1] + x];
  });
}

// Where each cell lies on A and on B, both in the common frame.
export function cellPlaces(view, comparison) {
  const pose = comparison.pose;
  const table = view.cellsOf === "a" ? comparison.cells_of_a : comparison.cells_of_b;
  const home = view.samePose ? (point) => onA(point, pose) : (point) => point;
  const away = view.samePose ? 0 : pose.rotation;
  return table.map((cell, index) => {
    const own = view.cellsOf === "a";
    const a = own ? cell.centre_um : cell.found_um;
    const b = own ? cell.found_um : cell.centre_um;
    const size = comparison.cell_size_um;
    const turnA = own ? 0 : -pose.rotation;
    const turnB = own ? away : away - pose.rotation;
    return { index, cell, a: corners(a, size, turnA), b: corners(home(b), size, turnB) };
  });
}

export function drawOverlay(canvas, view, comparison, labels, ratio) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (view.mode === "space") {
    drawNames(context, canvas, labels, ratio);
    return;
  }
  const shown = panes(view, canvas.width, canvas.height);
  const places = view.cells && comparison ? cellPlaces(view, comparison) : [];
  shown.forEach((pane) => {
    context.save();
    context.beginPath();
    context.rect(pane.shown.x, pane.shown.y, pane.shown.width, pane.shown.height);
    context.clip();
    places.forEach((place) => drawCell(context, view, pane, place, ratio));
    context.restore();
    drawName(context, pane.shown, labels[pane.side], ratio);
  });
  if (view.mode === "split") {
    context.fillStyle = "#ffbe2e";
    context.fillRect(shown[1].shown.x - ratio, 0, 2 * ratio, canvas.height);
    context.beginPath();
    context.arc(shown[1].shown.x, canvas.height / 2, 11 * ratio, 0, 2 * Math.PI);
    context.fill();
  }
  drawScale(context, canvas, view, ratio);
}

function drawCell(context, view, pane, { index, cell, a, b }, ratio) {
  const points = (pane.side === "a" ? a : b).map((corner) => toScreen(view, pane, corner, ratio));
  const chosen = view.chosen === index;
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  context.lineWidth = (chosen ? 4 : cell.congruent ? 2 : 1) * ratio;
  context.setLineDash(cell.congruent ? [] : [4 * ratio, 4 * ratio]);
  context.strokeStyle = chosen ? "#ffbe2e" : cell.congruent ? "#4cd964" : "rgba(255,255,255,0.55)";
  context.stroke();
  if (cell.congruent || chosen) {
    const [x, y] = points[0];
    context.font = `${12 * ratio}px sans-serif`;
    context.fillStyle = context.strokeStyle;
    context.fillText(String(index + 1), x + 4 * ratio, y + 14 * ratio);
  }
}

// In space the names stand where the surfaces do: beside each other, or above each other.
function drawNames(context, canvas, labels, ratio) {
  const sides = labels.b ? ["a", "b"] : ["a"];
  panes({ mode: sides.length > 1 ? "side" : "one" }, canvas.width, canvas.height)
    .forEach((pane) => drawName(context, pane.shown, labels[pane.side], ratio));
}

function drawName(context, box, text, ratio) {
  context.font = `600 ${13 * ratio}px sans-serif`;
  const width = context.measureText(text).width + 12 * ratio;
  context.fillStyle = "rgba(0,0,0,0.65)";
  context.fillRect(box.x + 6 * ratio, box.y + 6 * ratio, width, 22 * ratio);
  context.fillStyle = "#fff";
  context.fillText(text, box.x + 12 * ratio, box.y + 21 * ratio);
}

function drawScale(context, canvas, view, ratio) {
  const scale = view.zoom * ratio;
  const length = LENGTHS.filter((one) => one * scale < canvas.width / 4).pop() ?? LENGTHS[0];
  const [x, y] = [12 * ratio, canvas.height - 14 * ratio];
  context.fillStyle = "rgba(0,0,0,0.65)";
  context.fillRect(x - 6 * ratio, y - 24 * ratio, length * scale + 12 * ratio, 34 * ratio);
  context.fillStyle = "#fff";
  context.fillRect(x, y, length * scale, 3 * ratio);
  context.font = `${12 * ratio}px sans-serif`;
  context.fillText(length >= 1000 ? `${length / 1000} mm` : `${length} µm`, x, y - 6 * ratio);
}

// The cell under a point of the screen, if any.
export function cellAt(canvas, view, comparison, [px, py], ratio) {
  const pane = panes(view, canvas.width, canvas.height).find(({ shown }) => px >= shown.x && px < shown.x + shown.width && py >= shown.y && py < shown.y + shown.height);
  if (!pane) return null;
  const hit = cellPlaces(view, comparison).find((place) => inside(place[pane.side].map((corner) => toScreen(view, pane, corner, ratio)), [px, py]));
  return hit ?? null;
}

function inside(points, [px, py]) {
  let odd = false;
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    if (y1 > py !== y2 > py && px < ((x2 - x1) * (py - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}

