// Fingers, mouse, wheel and keys on the picture: they move both sides together.
import { moveBy, splitBy, turnBy, zoomAt } from "./view.js";

const GRIP = 22; // pixels on either side of the dividing line that take hold of it
const STILL = 4; // a touch that moves less is a tap

// `did` is called after each change; `tapped` with the place of a tap; `keys` for other keys.
export function handleGestures(canvas, view, { did, tapped, keys }) {
  const fingers = new Map();
  let moved = 0;
  let divides = false;

  const span = () => {
    const [one, two] = [...fingers.values()];
    const [dx, dy] = [two[0] - one[0], two[1] - one[1]];
    return { length: Math.hypot(dx, dy), angle: Math.atan2(dy, dx), middle: [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2] };
  };

  function two(event) {
    const before = span();
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    const after = span();
    moveBy(view, [after.middle[0] - before.middle[0], after.middle[1] - before.middle[1]]);
    if (before.length > 0) zoomAt(view, canvas, after.middle, after.length / before.length);
    turnBy(view, after.angle - before.angle);
  }

  function one(event, before) {
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    const by = [event.offsetX - before[0], event.offsetY - before[1]];
    moved += Math.abs(by[0]) + Math.abs(by[1]);
    if (divides) splitBy(view, by[0] / canvas.clientWidth);
    else moveBy(view, by);
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    moved = fingers.size > 1 ? STILL : 0;
    divides = view.mode === "split" && Math.abs(event.offsetX - view.split * canvas.clientWidth) < GRIP;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size === 2) two(event);
    else one(event, before);
    did();
  });
  canvas.addEventListener("pointerup", (event) => {
    if (fingers.delete(event.pointerId) && moved < STILL) {
      tapped([event.offsetX, event.offsetY]);
      did();
    }
  });
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(view, canvas, [event.offsetX, event.offsetY], event.deltaY > 0 ? 0.9 : 1.1);
    did();
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !pressed(view, canvas, event, keys)) return;
    event.preventDefault();
    did();
  });
}

const STEP = 30; // pixels an arrow key moves
const ARROWS = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

function pressed(view, canvas, event, keys) {
  const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
  if (event.shiftKey && view.mode === "split" && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    splitBy(view, event.key === "ArrowLeft" ? -0.02 : 0.02);
  } else if (event.key in ARROWS) moveBy(view, ARROWS[event.key]);
  else if (event.key === "+" || event.key === "=") zoomAt(view, canvas, middle, 1.15);
  else if (event.key === "-") zoomAt(view, canvas, middle, 1 / 1.15);
  else if (event.key === "[") turnBy(view, -Math.PI / 36);
  else if (event.key === "]") turnBy(view, Math.PI / 36);
  else if (event.key in keys) keys[event.key]();
  else return false;
  return true;
}
