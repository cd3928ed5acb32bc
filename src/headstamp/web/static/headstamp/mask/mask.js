// A mask: for each point of a scan whether it may be used. Changes say which rectangle they touched.
const STEPS_KEPT = 64e6; // bytes of earlier masks

export class Mask {
  constructor(width, height) {
    Object.assign(this, { width, height, points: new Uint8Array(width * height), usable: 0 });
    this.past = [];
    this.future = [];
  }

  get whole() {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  // Takes a picture as the server draws it: white may be used.
  read(image) {
    const canvas = new OffscreenCanvas(this.width, this.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, this.width, this.height);
    for (let i = 0; i < this.points.length; i += 1) this.points[i] = data[4 * i] >= 128 ? 1 : 0;
    return this.counted();
  }

  async asPicture() {
    const canvas = new OffscreenCanvas(this.width, this.height);
    const context = canvas.getContext("2d");
    const image = context.createImageData(this.width, this.height);
    this.points.forEach((used, i) => image.data.set(used ? [255, 255, 255, 255] : [0, 0, 0, 255], 4 * i));
    context.putImageData(image, 0, 0);
    return canvas.convertToBlob({ type: "image/png" });
  }

  // Whole points only: a point belongs to a circle when its middle does.
  circle([x, y], radius, value, inside = true) {
    const touched = inside ? this.around(x, y, radius) : this.whole;
    for (let row = touched.top; row < touched.bottom; row += 1) {
      for (let column = touched.left; column < touched.right; column += 1) {
        const within = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= radius ** 2;
        if (within === inside) this.set(row * this.width + column, value);
      }
    }
    return touched;
  }

  // A stroke of the brush: circles so close that they become a line.
  stroke(from, to, radius, value) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / Math.max(1, radius / 2)));
    for (let i = 0; i <= steps; i += 1) {
      this.circle([from[0] + (dx * i) / steps, from[1] + (dy * i) / steps], radius, value);
    }
    const [a, b] = [this.around(...from, radius), this.around(...to, radius)];
    return {
      left: Math.min(a.left, b.left),
      top: Math.min(a.top, b.top),
      right: Math.max(a.right, b.right),
      bottom: Math.max(a.bottom, b.bottom),
    };
  }

  invert() {
    for (let i = 0; i < this.points.length; i += 1) this.points[i] = 1 - this.points[i];
    return this.counted();
  }

  // Remembers the mask as it is, to come back to.
  keep() {
    this.past.push(this.points.slice());
    while (this.past.length > Math.max(5, STEPS_KEPT / this.points.length)) this.past.shift();
    this.future = [];
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  step(take, give) {
    if (!take.length) return null;
    give.push(this.points);
    this.points = take.pop();
    return this.counted();
  }

  set(place, value) {
    this.usable += value - this.points[place];
    this.points[place] = value;
  }

  counted() {
    this.usable = this.points.reduce((sum, used) => sum + used, 0);
    return this.whole;
  }

  around(x, y, radius) {
    const within = (value, most) => Math.min(most, Math.max(0, value));
    return {
      left: within(Math.floor(x - radius), this.width),
      top: within(Math.floor(y - radius), this.height),
      right: within(Math.ceil(x + radius) + 1, this.width),
      bottom: within(Math.ceil(y + radius) + 1, this.height),
    };
  }
}
