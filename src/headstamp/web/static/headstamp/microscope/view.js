// What both sides share: where one looks, how near, how turned, and from where the light comes.
import { turned } from "./surface.js";

export function newView() {
  return {
    mode: "side",
    zoom: 0.1, // pixels of the screen for a micrometre
    centre: [0, 0],
    rotation: 0,
    azimuth: (3 * Math.PI) / 4,
    elevation: Math.PI / 5,
    exaggeration: 6,
    split: 0.5,
    blend: 0.5,
    samePose: true,
    cells: false,
    cellsOf: "a",
    chosen: null,
  };
}

// The panes of a mode: rectangles in pixels, y downwards, and which surface each shows.
export function panes(view, width, height) {
  const whole = { x: 0, y: 0, width, height };
  if (view.mode === "split") {
    const edge = Math.round(width * view.split);
    return [
      { side: "a", ...whole, shown: { ...whole, width: edge } },
      { side: "b", ...whole, shown: { ...whole, x: edge, width: width - edge } },
    ];
  }
  if (view.mode === "blend") {
    return [{ side: "a", ...whole, shown: whole }, { side: "b", ...whole, shown: whole, alpha: view.blend }];
  }
  if (view.mode === "one") return [{ side: "a", ...whole, shown: whole }];
  const upright = height > width;
  const half = upright ? { width, height: Math.floor(height / 2) } : { width: Math.floor(width / 2), height };
  const first = { x: 0, y: 0, ...half };
  const second = { x: upright ? 0 : width - half.width, y: upright ? height - half.height : 0, ...half };
  return [{ side: "a", ...first, shown: first }, { side: "b", ...second, shown: second }];
}

// From a point of the common frame (um) to the screen within a pane, and back.
export function toScreen(view, pane, point, ratio) {
  const [y, x] = turned([point[0] - view.centre[0], point[1] - view.centre[1]], view.rotation);
  const scale = view.zoom * ratio;
  return [pane.x + pane.width / 2 + x * scale, pane.y + pane.height / 2 + y * scale];
}

export function fromScreen(view, pane, [px, py], ratio) {
  const scale = view.zoom * ratio;
  const q = [(py - pane.y - pane.height / 2) / scale, (px - pane.x - pane.width / 2) / scale];
  const [y, x] = turned(q, -view.rotation);
  return [y + view.centre[0], x + view.centre[1]];
}

export function lightOf(view) {
  // x to the right, y downwards, z towards the eye; azimuth turns against the clock from the right
  const flat = Math.cos(view.elevation);
  return [flat * Math.cos(view.azimuth), -flat * Math.sin(view.azimuth), Math.sin(view.elevation)];
}

const [NEAREST, FURTHEST] = [20, 0.005];

// Nearer or further, the point under the pointer staying where it is; x and y in pixels of the page.
export function zoomAt(view, canvas, [px, py], factor) {
  const shown = panes(view, canvas.clientWidth, canvas.clientHeight);
  const pane = shown.find(({ shown: box }) => px >= box.x && px < box.x + box.width && py >= box.y && py < box.y + box.height)
    ?? shown[0];
  const before = fromScreen(view, pane, [px, py], 1);
  view.zoom = Math.min(NEAREST, Math.max(FURTHEST, view.zoom * factor));
  const after = fromScreen(view, pane, [px, py], 1);
  view.centre = [view.centre[0] + before[0] - after[0], view.centre[1] + before[1] - after[1]];
}

// Moves what is seen by so many pixels.
export function moveBy(view, [dx, dy]) {
  const [y, x] = turned([dy / view.zoom, dx / view.zoom], -view.rotation);
  view.centre = [view.centre[0] - y, view.centre[1] - x];
}

export function turnBy(view, angle) {
  const whole = 2 * Math.PI;
  view.rotation = ((((view.rotation + angle + Math.PI) % whole) + whole) % whole) - Math.PI;
}

export function splitBy(view, share) {
  view.split = Math.min(0.98, Math.max(0.02, view.split + share));
}
