// Draws shaded surfaces: by WebGL 2 where there is one, else point by point.
import { MISSING, NO_POSE, onB, sampled, turned } from "./surface.js";
import { fromScreen, lightOf, panes } from "./view.js";

const VERTEX = `#version 300 es
in vec2 corner; void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

// All points are (y, x); the texture holds whole steps, so nothing is smeared into gaps.
const FRAGMENT = `#version 300 es
precision highp float; precision highp int; precision highp isampler2D;
uniform isampler2D heights; uniform ivec2 size; uniform float spacing, step_um, zoom, exaggeration, alpha, screen_height;
uniform vec2 middle, centre, view_turn, pose_turn, shift; uniform vec3 light;
out vec4 colour;
vec2 turned(vec2 p, vec2 t) { return vec2(t.x * p.x + t.y * p.y, -t.y * p.x + t.x * p.y); }
int at(ivec2 i) {
  if (i.x < 0 || i.y < 0 || i.x >= size.x || i.y >= size.y) return ${MISSING};
  return texelFetch(heights, i.yx, 0).r;
}
bool bilinear(vec2 p, out float h) {
  vec2 base = floor(p); vec2 f = p - base; ivec2 i = ivec2(base);
  int a = at(i), b = at(i + ivec2(0, 1)), c = at(i + ivec2(1, 0)), d = at(i + ivec2(1, 1));
  if (a == ${MISSING} || b == ${MISSING} || c == ${MISSING} || d == ${MISSING}) return false;
  h = mix(mix(float(a), float(b), f.y), mix(float(c), float(d), f.y), f.x) * step_um; return true;
}
void main() {
  vec2 q = (vec2(screen_height - gl_FragCoord.y, gl_FragCoord.x) - middle) / zoom;
  vec2 v = turned(q, vec2(view_turn.x, -view_turn.y)) + centre;
  vec2 p = (turned(v, pose_turn) + shift) / spacing + 0.5 * vec2(size - 1);
  float up, down, left, right;
  bool there = bilinear(p - vec2(1, 0), up) && bilinear(p + vec2(1, 0), down) && bilinear(p - vec2(0, 1), left) && bilinear(p + vec2(0, 1), right);
  if (!there) {
    float check = mod(floor(gl_FragCoord.x / 8.0) + floor(gl_FragCoord.y / 8.0), 2.0);
    colour = vec4(vec3(0.125 + 0.02 * check), alpha); return;
  }
  vec2 slope = exaggeration * vec2(down - up, right - left) / (2.0 * spacing);
  slope = turned(turned(slope, vec2(pose_turn.x, -pose_turn.y)), view_turn);
  vec3 normal = normalize(vec3(-slope.y, -slope.x, 1.0));
  float lambert = max(dot(normal, light), 0.0);
  float gloss = pow(max(dot(normal, normalize(light + vec3(0, 0, 1))), 0.0), 24.0);
  colour = vec4(vec3(0.93, 0.90, 0.84) * (0.06 + 0.94 * lambert) + 0.12 * gloss, alpha);
}`;

export function newPainter(canvas) {
  const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
  return gl ? glPainter(canvas, gl) : plainPainter(canvas);
}

function glPainter(canvas, gl) {
  const program = gl.createProgram();
  [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]].forEach(([kind, text]) => {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  });
  gl.bindAttribLocation(program, 0, "corner");
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  const places = new Map();
  const place = (name) => {
    if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
    return places.get(name);
  };
  const textures = new Map();
  const textureOf = (surface) => {
    if (!textures.has(surface)) {
      const texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16I, surface.columns, surface.rows, 0, gl.RED_INTEGER, gl.SHORT, surface.heights);
      [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER].forEach((name) => gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST));
      [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T].forEach((name) => gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE));
      textures.set(surface, texture);
    }
    return textures.get(surface);
  };
  return {
    kind: "webgl2",
    paint(view, surfaces, pose, ratio) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.disable(gl.SCISSOR_TEST);
      gl.clearColor(0.125, 0.125, 0.125, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.SCISSOR_TEST);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      panes(view, canvas.width, canvas.height).forEach((pane) => {
        const surface = surfaces[pane.side];
        if (!surface || pane.shown.width < 1) return;
        const used = pane.side === "b" && view.samePose ? pose : NO_POSE;
        gl.scissor(pane.shown.x, canvas.height - pane.shown.y - pane.shown.height, pane.shown.width, pane.shown.height);
        gl.bindTexture(gl.TEXTURE_2D, textureOf(surface));
        gl.uniform1i(place("heights"), 0);
        gl.uniform2i(place("size"), surface.rows, surface.columns);
        gl.uniform1f(place("spacing"), surface.spacing);
        gl.uniform1f(place("step_um"), surface.step);
        gl.uniform1f(place("zoom"), view.zoom * ratio);
        gl.uniform1f(place("exaggeration"), view.exaggeration);
        gl.uniform1f(place("alpha"), pane.alpha ?? 1);
        gl.uniform1f(place("screen_height"), canvas.height);
        gl.uniform2f(place("middle"), pane.y + pane.height / 2, pane.x + pane.width / 2);
        gl.uniform2f(place("centre"), ...view.centre);
        gl.uniform2f(place("view_turn"), Math.cos(view.rotation), Math.sin(view.rotation));
        gl.uniform2f(place("pose_turn"), Math.cos(used.rotation), Math.sin(used.rotation));
        gl.uniform2f(place("shift"), ...used.shift_um);
        gl.uniform3f(place("light"), ...lightOf(view));
        gl.drawArrays(gl.TRIANGLES, 0, 3);
      });
    },
  };
}

function plainPainter(canvas) {
  const context = canvas.getContext("2d");
  return {
    kind: "plain",
    paint(view, surfaces, pose, ratio) {
      const image = context.createImageData(canvas.width, canvas.height);
      image.data.fill(255);
      const light = lightOf(view);
      panes(view, canvas.width, canvas.height).forEach((pane) => {
        const surface = surfaces[pane.side];
        const used = pane.side === "b" && view.samePose ? pose : NO_POSE;
        const share = pane.alpha ?? 1;
        for (let py = pane.shown.y; surface && py < pane.shown.y + pane.shown.height; py += 1) {
          for (let px = pane.shown.x; px < pane.shown.x + pane.shown.width; px += 1) {
            const found = sampled(surface, onB(fromScreen(view, pane, [px, py], ratio), used));
            const grey = found ? shade(turned(turned(found.slope, -used.rotation), view.rotation), view.exaggeration, light) : 32;
            const place = 4 * (py * canvas.width + px);
            for (let i = 0; i < 3; i += 1) image.data[place + i] = share * grey + (1 - share) * image.data[place + i];
          }
        }
      });
      context.putImageData(image, 0, 0);
    },
  };
}

function shade([y, x], exaggeration, light) {
  const normal = [-x * exaggeration, -y * exaggeration, 1];
  const towards = normal.reduce((sum, value, i) => sum + value * light[i], 0) / Math.hypot(...normal);
  return 255 * (0.06 + 0.9 * Math.max(towards, 0));
}
