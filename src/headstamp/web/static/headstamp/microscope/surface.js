// A surface as the server sends it: heights in whole steps, points (y, x) in um from the middle.
export const MISSING = -32768;

async function fetched(url, what) {
  const answer = await fetch(url, { headers: { Accept: "*/*" } });
  if (!answer.ok) throw new Error(`${what} could not be loaded (${answer.status}).`);
  if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html")) {
    throw new Error("Your session has ended or is locked; reload the page.");
  }
  return answer;
}

// The body, told bit by bit how much of it is there.
async function bodyOf(answer, told) {
  const total = Number(answer.headers.get("Content-Length")) || 0;
  const reader = answer.body.getReader();
  const parts = [];
  let loaded = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    loaded += part.value.length;
    told(loaded, total);
  }
  return new Blob(parts).arrayBuffer();
}

export async function loadSurface(url, told = () => {}) {
  const facts = await (await fetched(url, "The surface")).json();
  const bytes = await bodyOf(await fetched(facts.heights, "The heights"), told);
  if (bytes.byteLength !== 2 * facts.width * facts.height) throw new Error("The heights are not whole.");
  return {
    rows: facts.height,
    columns: facts.width,
    spacing: facts.spacing_um,
    step: facts.scale,
    heights: new Int16Array(bytes),
  };
}

export async function loadComparison(url) {
  return (await fetched(url, "The comparison")).json();
}

// y' = c y + s x, x' = -s y + c x: the convention of the comparison's poses.
export function turned([y, x], angle) {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [c * y + s * x, -s * y + c * x];
}

export const NO_POSE = { rotation: 0, shift_um: [0, 0] };

export function onB(point, pose) {
  const [y, x] = turned(point, pose.rotation);
  return [y + pose.shift_um[0], x + pose.shift_um[1]];
}

export function onA(point, pose) {
  return turned([point[0] - pose.shift_um[0], point[1] - pose.shift_um[1]], -pose.rotation);
}

export function extentOf(surface) {
  return Math.max(surface.rows, surface.columns) * surface.spacing;
}

// Height in um at a point, and its slopes; null where nothing was measured.
export function sampled(surface, [y, x]) {
  const row = Math.round(y / surface.spacing + (surface.rows - 1) / 2);
  const column = Math.round(x / surface.spacing + (surface.columns - 1) / 2);
  if (row < 1 || column < 1 || row >= surface.rows - 1 || column >= surface.columns - 1) return null;
  const at = (r, c) => surface.heights[r * surface.columns + c];
  const around = [at(row - 1, column), at(row + 1, column), at(row, column - 1), at(row, column + 1)];
  if (at(row, column) === MISSING || around.includes(MISSING)) return null;
  const run = 2 * surface.spacing;
  return {
    height: at(row, column) * surface.step,
    slope: [((around[1] - around[0]) * surface.step) / run, ((around[3] - around[2]) * surface.step) / run],
  };
}
