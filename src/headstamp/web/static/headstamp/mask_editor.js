// Correct a mask: brush and circles over the picture of the scan; the form sends it as a PNG.
document.querySelectorAll("[data-mask-editor]").forEach((section) => start(section));

async function pictureOf(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

async function start(section) {
  const note = section.querySelector("[data-note]");
  const form = section.closest("form");
  let picture;
  let mask;
  try {
    [picture, mask] = await Promise.all([pictureOf(section.dataset.image), pictureOf(section.dataset.mask)]);
  } catch {
    note.textContent = "The scan could not be loaded. Reload the page.";
    return;
  }
  const [width, height] = [Number(section.dataset.width), Number(section.dataset.height)];
  const spacing = Number(section.dataset.spacing);
  const stage = section.querySelector("canvas");
  Object.assign(stage, { width, height });
  const context = stage.getContext("2d");
  const drawn = new OffscreenCanvas(width, height);
  const pen = drawn.getContext("2d", { willReadFrequently: true });
  const tint = new OffscreenCanvas(width, height);
  const tinted = tint.getContext("2d");
  const state = { tool: "include", size: 150, strength: 0.45, past: [], future: [], changed: false };
  const set = (image) => {
    pen.drawImage(image, 0, 0);
    const all = pen.getImageData(0, 0, width, height);
    for (let i = 0; i < all.data.length; i += 4) all.data.fill(all.data[i] >= 128 ? 255 : 0, i, i + 3);
    pen.putImageData(all, 0, 0);
  };
  set(mask);

  function show() {
    context.globalAlpha = 1;
    context.drawImage(picture, 0, 0);
    const all = pen.getImageData(0, 0, width, height);
    let usable = 0;
    for (let i = 0; i < all.data.length; i += 4) {
      const used = all.data[i] >= 128;
      usable += used;
      all.data.set(used ? [40, 190, 120, 160] : [220, 60, 50, 255], i);
    }
    tinted.putImageData(all, 0, 0);
    context.globalAlpha = state.strength;
    context.drawImage(tint, 0, 0);
    const area = (usable * spacing * spacing) / 1e6;
    section.querySelector("[data-area]").textContent = `${area.toFixed(2)} mm² usable`;
    section.querySelector("[data-little]").hidden = area >= 1;
  }
  const keep = () => {
    state.past.push(pen.getImageData(0, 0, width, height));
    if (state.past.length > 30) state.past.shift();
    state.future = [];
    state.changed = true;
  };
  const point = (event) => {
    const box = stage.getBoundingClientRect();
    return [((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height];
  };
  // Whole pixels only: a pixel belongs to a circle when its middle does.
  function circle([x, y], radius, value, inside = true) {
    const all = pen.getImageData(0, 0, width, height);
    const [top, bottom] = inside ? [Math.max(0, Math.floor(y - radius)), Math.min(height - 1, Math.ceil(y + radius))] : [0, height - 1];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const within = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= radius ** 2;
        if (within === inside) all.data.fill(value, 4 * (row * width + column), 4 * (row * width + column) + 3);
      }
    }
    pen.putImageData(all, 0, 0);
  }
  function stroke(from, to) {
    const radius = state.size / 2 / spacing;
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / Math.max(1, radius / 2)));
    for (let i = 0; i <= steps; i += 1) circle([from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps], radius, state.tool === "include" ? 255 : 0);
  }
  function round(middle, radius) {
    keep();
    if (state.tool === "circle-only") circle(middle, radius, 0, false);
    else circle(middle, radius, state.tool === "circle-exclude" ? 0 : 255);
    show();
  }
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    from = point(event);
    if (state.tool === "include" || state.tool === "exclude") { keep(); stroke(from, from); show(); }
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = point(event);
    if (state.tool === "include" || state.tool === "exclude") { stroke(from, to); from = to; show(); return; }
    show();
    context.globalAlpha = 1;
    context.strokeStyle = "#ffdf6b";
    context.lineWidth = Math.max(1, width / 300);
    context.beginPath();
    context.arc(from[0], from[1], Math.hypot(to[0] - from[0], to[1] - from[1]), 0, 2 * Math.PI);
    context.stroke();
  });
  stage.addEventListener("pointerup", (event) => {
    const to = point(event);
    const radius = from ? Math.hypot(to[0] - from[0], to[1] - from[1]) : 0;
    if (from && state.tool.startsWith("circle") && radius > 1) round(from, radius);
    from = null;
  });
  const step = (take, give) => {
    const before = take.pop();
    if (!before) return;
    give.push(pen.getImageData(0, 0, width, height));
    pen.putImageData(before, 0, 0);
    show();
  };
  const acts = {
    undo: () => step(state.past, state.future),
    redo: () => step(state.future, state.past),
    invert: () => {
      keep();
      const all = pen.getImageData(0, 0, width, height);
      for (let i = 0; i < all.data.length; i += 4) all.data.fill(255 - all.data[i], i, i + 3);
      pen.putImageData(all, 0, 0);
      show();
    },
    automatic: async () => { keep(); set(await pictureOf(section.dataset.automatic)); show(); },
    circle: () => {
      const number = (name) => Number(section.querySelector(`[data-${name}]`).value) / spacing;
      round([width / 2 + number("x"), height / 2 + number("y")], number("radius"));
    },
  };
  section.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => acts[button.dataset.do]()));
  section.querySelectorAll("[data-tool]").forEach((button) => button.addEventListener("click", () => {
    state.tool = button.dataset.tool;
    section.querySelectorAll("[data-tool]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
  }));
  section.querySelector("[data-size]").addEventListener("input", (event) => { state.size = Number(event.target.value); });
  section.querySelector("[data-strength]").addEventListener("input", (event) => { state.strength = Number(event.target.value); show(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") { event.preventDefault(); (event.shiftKey ? acts.redo : acts.undo)(); }
  });
  window.addEventListener("beforeunload", (event) => { if (state.changed) event.preventDefault(); });
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent) return;
    event.preventDefault();
    const blob = await drawn.convertToBlob({ type: "image/png" });
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      section.querySelector("input[type=hidden]").value = reader.result;
      state.changed = false;
      form.dataset.sent = "1";
      form.submit();
    });
    reader.readAsDataURL(blob);
  });
  show();
  section.dataset.ready = "1";
}
