// The surfaces in space, turned together; three.js is loaded when it is asked for.
import { MISSING, NO_POSE, onA } from "./surface.js";
import { lightOf } from "./view.js";

const MOST = 220;

const START = { turn: -0.4, tilt: 0.9, far: 1 };

export async function openSpace(host, surfaces, pose) {
  const three = await import("../../vendor/three/three.module.min.js");
  const renderer = new three.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  const canvas = renderer.domElement;
  canvas.className = "microscope__space";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Surfaces in space: drag or use the arrow keys to turn them, plus and minus to zoom");
  host.append(canvas);
  const scene = new three.Scene();
  scene.background = new three.Color(0x20242a);
  const light = new three.DirectionalLight(0xffffff, 2.4);
  scene.add(light, new three.AmbientLight(0xffffff, 0.35));
  const camera = new three.PerspectiveCamera(35, 1, 10, 100000);
  const names = Object.keys(surfaces).filter((name) => surfaces[name]);
  const look = { color: 0xd8cdb6, metalness: 0.15, roughness: 0.45, side: three.DoubleSide };
  const material = new three.MeshStandardMaterial(look);
  const gap = 1.1 * Math.max(...names.map((name) => surfaces[name].columns * surfaces[name].spacing));
  const meshes = names.map((name) => {
    const mesh = new three.Mesh(geometryOf(three, surfaces[name], name === "b" ? pose : NO_POSE), material);
    scene.add(mesh);
    return mesh;
  });
  const looks = { ...START };

  // Beside each other on a wide stage, above each other on a tall one.
  function place(aspect) {
    const wide = aspect >= 1;
    meshes.forEach((mesh, i) => {
      const from = (i - (meshes.length - 1) / 2) * gap;
      mesh.position.set(wide ? from : 0, wide ? 0 : -from, 0);
    });
    const [across, up] = wide ? [meshes.length * gap, gap] : [gap, meshes.length * gap];
    const half = Math.tan((camera.fov * Math.PI) / 360);
    return (0.55 * Math.max(up, across / aspect)) / half;
  }

  function draw(view) {
    const box = host.getBoundingClientRect();
    renderer.setPixelRatio(window.devicePixelRatio || 1);
    renderer.setSize(box.width, box.height, false);
    camera.aspect = box.width / box.height;
    const far = looks.far * place(camera.aspect);
    camera.position.set(0, -far * Math.sin(looks.tilt), far * Math.cos(looks.tilt));
    camera.lookAt(0, 0, 0);
    camera.updateProjectionMatrix();
    meshes.forEach((mesh) => {
      mesh.rotation.z = looks.turn;
      mesh.scale.z = view.exaggeration;
    });
    const [x, y, z] = lightOf(view);
    light.position.set(x, -y, z);
    renderer.render(scene, camera);
  }

  let shown = null;
  const redraw = () => shown && draw(shown);
  const turn = (by, tilt) => {
    looks.turn += by;
    looks.tilt = Math.min(1.5, Math.max(0, looks.tilt + tilt));
    redraw();
  };
  const nearer = (factor) => {
    looks.far = Math.min(3, Math.max(0.15, looks.far / factor));
    redraw();
  };
  handleSpace(canvas, turn, nearer);
  return {
    nearer,
    reset() { Object.assign(looks, START); },
    show(view) { shown = view; canvas.hidden = false; draw(view); },
    hide() { shown = null; canvas.hidden = true; },
  };
}

const ARROWS = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };

function handleSpace(canvas, turn, nearer) {
  const fingers = new Map();
  const spread = () => {
    const [one, two] = [...fingers.values()];
    return Math.hypot(one[0] - two[0], one[1] - two[1]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const wide = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (wide > 0) nearer(spread() / wide);
    else turn((event.clientX - before[0]) / 150, (before[1] - event.clientY) / 150);
  });
  ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, (event) => fingers.delete(event.pointerId)));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    nearer(event.deltaY > 0 ? 0.9 : 1.1);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.key in ARROWS) turn(...ARROWS[event.key]);
    else if (event.key === "+" || event.key === "=") nearer(1.15);
    else if (event.key === "-") nearer(1 / 1.15);
    else return;
    event.preventDefault();
  });
}

// A mesh of every so-manieth point, in the frame of A; triangles with a gap are left out.
function geometryOf(three, surface, pose) {
  const stride = Math.max(1, Math.ceil(Math.max(surface.rows, surface.columns) / MOST));
  const rows = Math.floor((surface.rows - 1) / stride) + 1;
  const columns = Math.floor((surface.columns - 1) / stride) + 1;
  const places = new Float32Array(3 * rows * columns);
  const there = new Uint8Array(rows * columns);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      const code = surface.heights[r * stride * surface.columns + c * stride];
      const point = [(r * stride - (surface.rows - 1) / 2) * surface.spacing, (c * stride - (surface.columns - 1) / 2) * surface.spacing];
      const [y, x] = onA(point, pose);
      there[r * columns + c] = code !== MISSING;
      places.set([x, -y, code === MISSING ? 0 : code * surface.step], 3 * (r * columns + c));
    }
  }
  const index = [];
  for (let r = 0; r + 1 < rows; r += 1) {
    for (let c = 0; c + 1 < columns; c += 1) {
      const [a, b, d, e] = [r * columns + c, r * columns + c + 1, (r + 1) * columns + c, (r + 1) * columns + c + 1];
      if (there[a] && there[b] && there[d] && there[e]) index.push(a, d, b, b, d, e);
    }
  }
  const geometry = new three.BufferGeometry();
  geometry.setAttribute("position", new three.BufferAttribute(places, 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}
