// The comparison microscope: two surfaces, one light, one hand. Also shows a single surface.
import { cellAt, drawOverlay } from "./overlay.js";
import { newPainter } from "./painter.js";
import { openSpace } from "./space.js";
import { NO_POSE, extentOf, loadComparison, loadSurface, turned } from "./surface.js";
import { newView } from "./view.js";

document.querySelectorAll("[data-microscope]").forEach((section) => start(section));

async function start(section) {
  const note = section.querySelector("[data-note]");
  const retry = section.querySelector("[data-retry]");
  const load = async () => {
    note.textContent = "Loading the surfaces …";
    retry.hidden = true;
    try {
      const { surfaceA, surfaceB, comparison } = section.dataset;
      const [a, b, found] = await Promise.all([loadSurface(surfaceA), surfaceB ? loadSurface(surfaceB) : null, comparison ? loadComparison(comparison) : null]);
      note.textContent = "";
      run(section, { a, b }, found);
    } catch (error) {
      note.textContent = `${error.message} Check the connection, then try again.`;
      retry.hidden = false;
    }
  };
  retry.addEventListener("click", load);
  await load();
}

function run(section, surfaces, comparison) {
  const stage = section.querySelector("[data-stage]");
  const [picture, lines] = stage.querySelectorAll("canvas");
  const note = section.querySelector("[data-note]");
  const painter = newPainter(picture);
  const pose = comparison?.pose ?? NO_POSE;
  const labels = { a: section.dataset.labelA, b: section.dataset.labelB ?? "" };
  const view = newView();
  let space = null;
  let waiting = false;
  if (!surfaces.b) view.mode = "one";
  if (painter.kind === "plain") note.textContent = "This browser has no WebGL 2; the surfaces are drawn slowly.";

  const ratio = () => window.devicePixelRatio || 1;
  function draw() {
    waiting = false;
    const box = stage.getBoundingClientRect();
    [picture, lines].forEach((canvas) => {
      const [width, height] = [Math.round(box.width * ratio()), Math.round(box.height * ratio())];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    });
    if (view.mode === "space") space?.show(view);
    else painter.paint(view, surfaces, pose, ratio());
    drawOverlay(lines, view, comparison, labels, ratio());
    section.dataset.zoom = view.zoom.toFixed(4);
  }
  const redraw = () => {
    if (!waiting) { waiting = true; requestAnimationFrame(draw); }
  };
  function fit() {
    const box = stage.getBoundingClientRect();
    const panesWide = view.mode === "side" && box.width >= box.height ? 2 : 1;
    const panesHigh = view.mode === "side" && box.width < box.height ? 2 : 1;
    const extent = Math.max(...[surfaces.a, surfaces.b].filter(Boolean).map(extentOf));
    view.zoom = (0.96 * Math.min(box.width / panesWide, box.height / panesHigh)) / extent;
    view.centre = [0, 0];
    redraw();
  }

  const field = (name) => section.querySelector(`[data-set="${name}"]`);
  const bind = (name, read, write) => {
    const input = field(name);
    if (!input) return;
    input.addEventListener("input", () => { write(input); redraw(); });
    read(input);
  };
  const degrees = Math.PI / 180;
  bind("azimuth", (i) => { i.value = view.azimuth / degrees; }, (i) => { view.azimuth = i.value * degrees; placeKnob(); });
  bind("elevation", (i) => { i.value = view.elevation / degrees; }, (i) => { view.elevation = i.value * degrees; placeKnob(); });
  bind("rotation", (i) => { i.value = 0; }, (i) => { view.rotation = i.value * degrees; });
  bind("exaggeration", (i) => { i.value = view.exaggeration; }, (i) => { view.exaggeration = Number(i.value); });
  bind("blend", (i) => { i.value = view.blend; }, (i) => { view.blend = Number(i.value); });
  bind("split", (i) => { i.value = view.split; }, (i) => { view.split = Number(i.value); });
  bind("same-pose", (i) => { i.checked = true; }, (i) => { view.samePose = i.checked; });
  bind("cells", (i) => { i.checked = false; }, (i) => { view.cells = i.checked; view.chosen = null; });
  bind("cells-of", (i) => { i.value = "a"; }, (i) => { view.cellsOf = i.value; view.chosen = null; });

  section.querySelectorAll("[data-mode]").forEach((button) => button.addEventListener("click", async () => {
    const before = view.mode;
    view.mode = button.dataset.mode;
    if (view.mode === "space" && !space) {
      try { space = await openSpace(stage, surfaces, pose); } catch { view.mode = before; note.textContent = "The 3D view needs WebGL, which this browser does not offer."; return; }
    }
    if (view.mode !== "space") space?.hide();
    section.querySelectorAll("[data-mode]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === view.mode)));
    section.querySelectorAll("[data-only]").forEach((part) => { part.hidden = !part.dataset.only.split(" ").includes(view.mode); });
    if ((before === "side") !== (view.mode === "side")) fit();
    redraw();
  }));
  section.querySelectorAll("[data-zoom-by]").forEach((button) => button.addEventListener("click", () => { view.zoom *= Number(button.dataset.zoomBy); redraw(); }));
  section.querySelector("[data-fit]").addEventListener("click", () => { view.rotation = 0; if (field("rotation")) field("rotation").value = 0; fit(); });

  const pad = section.querySelector("[data-light]");
  const knob = pad.querySelector("[data-knob]");
  function placeKnob() {
    const reach = 42 * Math.cos(view.elevation);
    knob.setAttribute("cx", 50 + reach * Math.cos(view.azimuth));
    knob.setAttribute("cy", 50 - reach * Math.sin(view.azimuth));
  }
  function moveLight(event) {
    const box = pad.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width - 0.5;
    const y = 0.5 - (event.clientY - box.top) / box.height;
    view.azimuth = (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI);
    view.elevation = Math.acos(Math.min(0.996, Math.hypot(x, y) / 0.42));
    field("azimuth").value = view.azimuth / degrees;
    field("elevation").value = view.elevation / degrees;
    placeKnob();
    redraw();
  }
  pad.addEventListener("pointerdown", (event) => { pad.setPointerCapture(event.pointerId); moveLight(event); });
  pad.addEventListener("pointermove", (event) => { if (pad.hasPointerCapture(event.pointerId)) moveLight(event); });
  placeKnob();

  handle(lines, view, redraw, (point) => {
    if (!view.cells || !comparison) return;
    const found = cellAt(lines, view, comparison, point.map((value) => value * ratio()), ratio());
    view.chosen = found ? found.index : null;
    note.textContent = found ? `Cell ${found.index + 1}: correlation ${found.cell.correlation.toFixed(2)}, ${found.cell.residual_um.toFixed(0)} µm from the common pose, ${found.cell.congruent ? "congruent" : "not congruent"}.` : "";
  });
  new ResizeObserver(() => { if (!section.dataset.ready) fit(); redraw(); section.dataset.ready = painter.kind; }).observe(stage);
}

// Drag, pinch, wheel and keys move both sides together.
function handle(canvas, view, redraw, tapped) {
  const fingers = new Map();
  let moved = 0;
  const spread = () => {
    const [one, two] = [...fingers.values()];
    return two ? Math.hypot(one[0] - two[0], one[1] - two[1]) : 0;
  };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, [event.offsetX, event.offsetY]); moved = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const wide = spread();
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    const [dx, dy] = [event.offsetX - before[0], event.offsetY - before[1]];
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size > 1 && wide > 0) view.zoom *= spread() / wide;
    else if (view.mode === "split" && Math.abs(before[0] / canvas.clientWidth - view.split) < 0.04) view.split = Math.min(0.98, Math.max(0.02, view.split + dx / canvas.clientWidth));
    else {
      const [y, x] = turned([dy / view.zoom, dx / view.zoom], -view.rotation);
      view.centre = [view.centre[0] - y, view.centre[1] - x];
    }
    redraw();
  });
  const lifted = (event) => {
    if (fingers.delete(event.pointerId) && moved < 4) { tapped([event.offsetX, event.offsetY]); redraw(); }
  };
  canvas.addEventListener("pointerup", lifted);
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); view.zoom *= event.deltaY > 0 ? 0.9 : 1.1; redraw(); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 30 / view.zoom;
    const moves = { ArrowLeft: [0, -step], ArrowRight: [0, step], ArrowUp: [-step, 0], ArrowDown: [step, 0] };
    if (event.shiftKey && view.mode === "split" && moves[event.key]) view.split = Math.min(0.98, Math.max(0.02, view.split + Math.sign(moves[event.key][1]) * 0.02));
    else if (moves[event.key]) view.centre = [view.centre[0] + moves[event.key][0], view.centre[1] + moves[event.key][1]];
    else if (event.key === "+" || event.key === "=") view.zoom *= 1.15;
    else if (event.key === "-") view.zoom /= 1.15;
    else return;
    event.preventDefault();
    redraw();
  });
}
