// The surfaces in space, turned together; three.js is loaded when it is asked for.
import { MISSING, NO_POSE, onA } from "./surface.js";
import { lightOf } from "./view.js";

const MOST = 220;

export async function openSpace(host, surfaces, pose) {
  const three = await import("../../vendor/three/three.module.min.js");
  const renderer = new three.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  renderer.domElement.className = "microscope__space";
  renderer.domElement.setAttribute("aria-label", "Surfaces in space; drag or use the arrow keys to turn them");
  renderer.domElement.tabIndex = 0;
  host.append(renderer.domElement);
  const scene = new three.Scene();
  scene.background = new three.Color(0x20242a);
  const light = new three.DirectionalLight(0xffffff, 2.4);
  scene.add(light, new three.AmbientLight(0xffffff, 0.35));
  const camera = new three.PerspectiveCamera(35, 1, 10, 100000);
  const names = Object.keys(surfaces).filter((name) => surfaces[name]);
  const material = new three.MeshStandardMaterial({ color: 0xd8cdb6, metalness: 0.15, roughness: 0.45, side: three.DoubleSide });
  const gap = 1.1 * Math.max(...names.map((name) => surfaces[name].columns * surfaces[name].spacing));
  const meshes = names.map((name, i) => {
    const mesh = new three.Mesh(geometryOf(three, surfaces[name], name === "b" ? pose : NO_POSE), material);
    mesh.position.x = (i - (names.length - 1) / 2) * gap;
    scene.add(mesh);
    return mesh;
  });
  const looks = { turn: -0.4, tilt: 0.9, far: gap * (names.length > 1 ? 1.75 : 1.5) };

  function draw(view) {
    const box = host.getBoundingClientRect();
    renderer.setSize(box.width, box.height, false);
    camera.aspect = box.width / box.height;
    camera.position.set(0, -looks.far * Math.sin(looks.tilt), looks.far * Math.cos(looks.tilt));
    camera.lookAt(0, 0, 0);
    camera.updateProjectionMatrix();
    meshes.forEach((mesh) => { mesh.rotation.z = looks.turn; mesh.scale.z = view.exaggeration; });
    const [x, y, z] = lightOf(view);
    light.position.set(x, -y, z);
    renderer.render(scene, camera);
  }

  let last = null;
  let shown = null;
  const redraw = () => shown && draw(shown);
  renderer.domElement.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; renderer.domElement.setPointerCapture(event.pointerId); });
  renderer.domElement.addEventListener("pointermove", (event) => {
    if (!last) return;
    looks.turn += (event.clientX - last[0]) / 150;
    looks.tilt = Math.min(1.5, Math.max(0, looks.tilt - (event.clientY - last[1]) / 150));
    last = [event.clientX, event.clientY];
    redraw();
  });
  renderer.domElement.addEventListener("pointerup", () => { last = null; });
  renderer.domElement.addEventListener("wheel", (event) => { event.preventDefault(); looks.far *= event.deltaY > 0 ? 1.1 : 0.9; redraw(); }, { passive: false });
  renderer.domElement.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
    if (!steps) return;
    event.preventDefault();
    looks.turn += steps[0];
    looks.tilt = Math.min(1.5, Math.max(0, looks.tilt + steps[1]));
    redraw();
  });
  return {
    show(view) { shown = view; renderer.domElement.hidden = false; draw(view); },
    hide() { shown = null; renderer.domElement.hidden = true; },
  };
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
