// The comparison microscope: two surfaces, one light, one hand. Also shows a single surface.
import { bindControls } from "./controls.js";
import { handleGestures } from "./gestures.js";
import { cellAt, drawOverlay } from "./overlay.js";
import { newPainter } from "./painter.js";
import { openSpace } from "./space.js";
import { NO_POSE, extentOf, loadComparison, loadSurface } from "./surface.js";
import { newView } from "./view.js";

document.querySelectorAll("[data-microscope]").forEach((section) => start(section));

async function start(section) {
  const note = section.querySelector("[data-note]");
  const retry = section.querySelector("[data-retry]");
  const bar = section.querySelector("[data-loading]");
  const { surfaceA, surfaceB, comparison } = section.dataset;
  const load = async () => {
    const amounts = [];
    const told = (side) => (loaded, total) => {
      amounts[side] = { loaded, total };
      const sum = (name) => amounts.reduce((all, one) => all + one[name], 0);
      if (sum("total")) bar.value = sum("loaded") / sum("total");
    };
    note.textContent = "Loading the surfaces …";
    retry.hidden = true;
    bar.hidden = false;
    try {
      const [a, b, found] = await Promise.all([
        loadSurface(surfaceA, told(0)),
        surfaceB ? loadSurface(surfaceB, told(1)) : null,
        comparison ? loadComparison(comparison) : null,
      ]);
      note.textContent = "";
      run(section, { a, b }, found);
    } catch (error) {
      note.textContent = `${error.message} The still pictures below show what was measured.`;
      section.querySelector("[data-still]").open = true;
      retry.hidden = false;
    }
    bar.hidden = true;
  };
  retry.addEventListener("click", load);
  await load();
}

function run(section, surfaces, comparison) {
  const stage = section.querySelector("[data-stage]");
  const [picture, lines] = stage.querySelectorAll("canvas");
  const note = section.querySelector("[data-note]");
  const pose = comparison?.pose ?? NO_POSE;
  const labels = { a: section.dataset.labelA, b: section.dataset.labelB ?? "" };
  const view = newView();
  let painter = newPainter(picture);
  let space = null;
  let waiting = false;
  if (!surfaces.b) view.mode = "one";
  if (painter.kind === "plain") {
    note.textContent = "This browser has no WebGL 2: the picture is drawn slowly and there is no 3D view. The still pictures are below.";
    section.querySelector("[data-still]").open = true;
  }

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
    section.querySelectorAll("[data-legend]").forEach((legend) => {
      legend.hidden = !view.cells || view.mode === "space";
    });
    section.dataset.zoom = view.zoom.toFixed(4);
    section.dataset.turned = view.rotation.toFixed(4);
  }
  const redraw = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(draw);
    }
  };
  const showControls = bindControls(section, view, redraw);
  const changed = () => {
    showControls();
    redraw();
  };
  function fit() {
    const box = stage.getBoundingClientRect();
    const wide = box.width >= box.height;
    const [across, down] = view.mode === "side" ? (wide ? [2, 1] : [1, 2]) : [1, 1];
    const extent = Math.max(...[surfaces.a, surfaces.b].filter(Boolean).map(extentOf));
    view.zoom = (0.96 * Math.min(box.width / across, box.height / down)) / extent;
    view.centre = [0, 0];
    changed();
  }

  const modes = [...section.querySelectorAll("[data-mode]")];
  async function choose(mode) {
    const before = view.mode;
    if (mode === "space" && !space) {
      note.textContent = "Building the 3D view …";
      try {
        space = await openSpace(stage, surfaces, pose);
        note.textContent = "";
      } catch {
        note.textContent = "The 3D view needs WebGL, which this browser does not offer. The still pictures are below.";
        return;
      }
    }
    view.mode = mode;
    if (mode !== "space") space?.hide();
    stage.dataset.shows = mode;
    lines.tabIndex = mode === "space" ? -1 : 0;
    modes.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === mode)));
    section.querySelectorAll("[data-only]").forEach((part) => { part.hidden = !part.dataset.only.split(" ").includes(mode); });
    if ((before === "side") !== (mode === "side")) fit();
    changed();
  }
  modes.forEach((button) => button.addEventListener("click", () => choose(button.dataset.mode)));
  section.querySelectorAll("[data-zoom-by]").forEach((button) => button.addEventListener("click", () => {
    if (view.mode === "space") space.nearer(Number(button.dataset.zoomBy));
    else view.zoom *= Number(button.dataset.zoomBy);
    changed();
  }));
  const reset = () => {
    view.rotation = 0;
    space?.reset();
    fit();
  };
  section.querySelector("[data-fit]").addEventListener("click", reset);

  const keys = Object.fromEntries(modes.map((button, i) => [String(i + 1), () => choose(button.dataset.mode)]));
  keys["0"] = reset;
  if (comparison) {
    keys.c = () => { view.cells = !view.cells; };
    keys.p = () => { view.samePose = !view.samePose; };
  }
  handleGestures(lines, view, {
    keys,
    did: changed,
    tapped(point) {
      if (!view.cells || !comparison) return;
      const found = cellAt(lines, view, comparison, point.map((value) => value * ratio()), ratio());
      view.chosen = found ? found.index : null;
      note.textContent = found ? sentenceOf(found) : "";
    },
  });
  picture.addEventListener("webglcontextlost", (event) => event.preventDefault());
  picture.addEventListener("webglcontextrestored", () => {
    painter = newPainter(picture);
    redraw();
  });
  new ResizeObserver(() => {
    if (!section.dataset.ready) fit();
    redraw();
    section.dataset.ready = painter.kind;
  }).observe(stage);
}

function sentenceOf({ index, cell }) {
  const verdict = cell.congruent ? "congruent" : "not congruent";
  return `Cell ${index + 1}: correlation ${cell.correlation.toFixed(2)}, `
    + `${cell.residual_um.toFixed(0)} µm from the common pose, ${verdict}.`;
}
