// Buttons, sliders and the lamp beside the picture, and what they set in the view.
const DEGREES = Math.PI / 180;

const FIELDS = {
  azimuth: { read: (view) => view.azimuth / DEGREES, write: (view, input) => { view.azimuth = input.value * DEGREES; } },
  elevation: { read: (view) => view.elevation / DEGREES, write: (view, input) => { view.elevation = input.value * DEGREES; } },
  rotation: { read: (view) => view.rotation / DEGREES, write: (view, input) => { view.rotation = input.value * DEGREES; } },
  exaggeration: { read: (view) => view.exaggeration, write: (view, input) => { view.exaggeration = Number(input.value); } },
  blend: { read: (view) => view.blend, write: (view, input) => { view.blend = Number(input.value); } },
  split: { read: (view) => view.split, write: (view, input) => { view.split = Number(input.value); } },
  "same-pose": { read: (view) => view.samePose, write: (view, input) => { view.samePose = input.checked; } },
  cells: { read: (view) => view.cells, write: (view, input) => { Object.assign(view, { cells: input.checked, chosen: null }); } },
  "cells-of": { read: (view) => view.cellsOf, write: (view, input) => { Object.assign(view, { cellsOf: input.value, chosen: null }); } },
};

// Returns a function that shows the view's values in the controls.
export function bindControls(section, view, redraw) {
  const inputs = Object.keys(FIELDS)
    .map((name) => [FIELDS[name], section.querySelector(`[data-set="${name}"]`)])
    .filter(([, input]) => input);
  const lamp = bindLamp(section.querySelector("[data-light]"), view, () => { show(); redraw(); });
  function show() {
    inputs.forEach(([field, input]) => {
      const value = field.read(view);
      if (input.type === "checkbox") input.checked = value;
      else if (Number(input.value) !== value) input.value = value;
    });
    lamp();
  }
  inputs.forEach(([field, input]) => input.addEventListener("input", () => {
    field.write(view, input);
    show();
    redraw();
  }));
  show();
  return show;
}

// The lamp lies where the light comes from: in the middle when it stands above, at the rim when low.
function bindLamp(pad, view, moved) {
  const knob = pad.querySelector("[data-knob]");
  const REACH = 42;
  const move = (event) => {
    const box = pad.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width - 0.5;
    const y = 0.5 - (event.clientY - box.top) / box.height;
    view.azimuth = (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI);
    view.elevation = Math.max(5 * DEGREES, Math.acos(Math.min(1, (100 * Math.hypot(x, y)) / REACH)));
    moved();
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    move(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) move(event);
  });
  return () => {
    const reach = REACH * Math.cos(view.elevation);
    knob.setAttribute("cx", 50 + reach * Math.cos(view.azimuth));
    knob.setAttribute("cy", 50 - reach * Math.sin(view.azimuth));
  };
}
