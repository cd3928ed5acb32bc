// Correct a mask: brush and circles over the picture of the scan; the form sends it as a PNG.
import { send } from "../sending.js";
import { Mask } from "./mask.js";
import { Sight } from "./sight.js";

document.querySelectorAll("[data-mask-editor]").forEach((section) => start(section));

async function pictureOf(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

async function start(section) {
  const note = section.querySelector("[data-note]");
  const { image, mask: address, width, height } = section.dataset;
  note.textContent = "Loading the scan …";
  try {
    const [picture, drawn] = await Promise.all([pictureOf(image), pictureOf(address)]);
    const mask = new Mask(Number(width), Number(height));
    mask.read(drawn);
    note.textContent = "";
    edit(section, mask, new Sight(section.querySelector("canvas"), picture, mask));
  } catch {
    note.textContent = "The scan could not be loaded. Check the connection, then reload the page.";
  }
}

const distance = (from, to) => Math.hypot(to[0] - from[0], to[1] - from[1]);

function edit(section, mask, sight) {
  const form = section.closest("form");
  const note = section.querySelector("[data-note]");
  const spacing = Number(section.dataset.spacing);
  const state = { tool: "include", size: 150, changed: false };

  function show(touched) {
    sight.show(touched ?? mask.whole);
    const area = (mask.usable * spacing * spacing) / 1e6;
    section.querySelector("[data-area]").textContent = `${area.toFixed(2)} mm² usable`;
    section.querySelector("[data-little]").hidden = area >= 1;
    section.querySelector("[data-do=undo]").disabled = !mask.past.length;
    section.querySelector("[data-do=redo]").disabled = !mask.future.length;
  }
  const change = (act) => {
    mask.keep();
    state.changed = true;
    show(act());
  };
  const brush = () => state.tool === "include" || state.tool === "exclude";
  const round = (middle, radius) => change(() => (state.tool === "circle-only"
    ? mask.circle(middle, radius, 0, false)
    : mask.circle(middle, radius, state.tool === "circle-exclude" ? 0 : 1)));
  const stroke = (from, to) => mask.stroke(from, to, state.size / 2 / spacing, state.tool === "include" ? 1 : 0);

  handleFingers(sight, {
    begin(at) {
      if (brush()) change(() => stroke(at, at));
    },
    go(from, to, first) {
      if (brush()) show(stroke(from, to));
      else sight.outline(first, distance(first, to));
    },
    end(first, to) {
      if (!brush() && distance(first, to) > 1) round(first, distance(first, to));
    },
    cancel() {
      if (brush()) mask.undo();
      show();
    },
  });

  const acts = {
    undo: () => mask.undo() && show(),
    redo: () => mask.redo() && show(),
    invert: () => change(() => mask.invert()),
    async automatic() {
      const found = await pictureOf(section.dataset.automatic);
      change(() => mask.read(found));
    },
    circle() {
      const number = (name) => Number(section.querySelector(`[data-${name}]`).value) / spacing;
      round([mask.width / 2 + number("x"), mask.height / 2 + number("y")], number("radius"));
    },
    nearer: () => sight.nearer(1.5),
    further: () => sight.nearer(1 / 1.5),
  };
  section.querySelectorAll("[data-do]").forEach((button) => {
    button.addEventListener("click", () => acts[button.dataset.do]());
  });
  const tools = [...section.querySelectorAll("[data-tool]")];
  tools.forEach((button) => button.addEventListener("click", () => {
    state.tool = button.dataset.tool;
    tools.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
  }));
  section.querySelector("[data-size]").addEventListener("input", ({ target }) => { state.size = Number(target.value); });
  section.querySelector("[data-strength]").addEventListener("input", ({ target }) => {
    sight.strength = Number(target.value);
    sight.redraw();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    (event.shiftKey ? acts.redo : acts.undo)();
  });
  window.addEventListener("beforeunload", (event) => { if (state.changed) event.preventDefault(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    note.textContent = "Being kept …";
    section.querySelector("[name=mask_png]").value = await asText(await mask.asPicture());
    try {
      const next = await send(form);
      state.changed = false;
      window.location.assign(next);
    } catch (error) {
      note.textContent = error.message;
    }
  });
  show();
  section.dataset.ready = "1";
}

function asText(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(blob);
  });
}

// One finger draws; two move and enlarge, and take back what the first of them had begun.
function handleFingers(sight, { begin, go, end, cancel }) {
  const fingers = new Map();
  let drawing = null;
  const span = () => {
    const [one, two] = [...fingers.values()];
    return { wide: distance(one, two), middle: [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2] };
  };
  sight.canvas.addEventListener("pointerdown", (event) => {
    sight.canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 1) {
      const at = sight.pointOf(event);
      drawing = { first: at, last: at };
      begin(at);
    } else if (drawing) {
      drawing = null;
      cancel();
    }
  });
  sight.canvas.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = fingers.size === 2 ? span() : null;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (before) {
      const after = span();
      sight.nearer(after.wide / before.wide);
      sight.move(after.middle[0] - before.middle[0], after.middle[1] - before.middle[1]);
    } else if (drawing) {
      const to = sight.pointOf(event);
      go(drawing.last, to, drawing.first);
      drawing.last = to;
    }
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId) || !drawing) return;
    const { first } = drawing;
    drawing = null;
    if (event.type === "pointerup") end(first, sight.pointOf(event));
    else cancel();
  };
  ["pointerup", "pointercancel"].forEach((name) => sight.canvas.addEventListener(name, lifted));
}
