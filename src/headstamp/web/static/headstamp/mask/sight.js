// Draws a mask over the picture of its scan, and moves and enlarges what is seen.
const USED = [40, 190, 120, 160];
const LEFT_OUT = [220, 60, 50, 255];
const LARGEST = 8;

export class Sight {
  constructor(canvas, picture, mask) {
    Object.assign(canvas, { width: mask.width, height: mask.height });
    Object.assign(this, { canvas, picture, mask, strength: 0.45, zoom: 1 });
    this.context = canvas.getContext("2d");
    this.tint = new OffscreenCanvas(mask.width, mask.height);
    this.tinted = this.tint.getContext("2d");
    this.colours = this.tinted.createImageData(mask.width, mask.height);
  }

  // The rectangle anew; the whole when none is named.
  show({ left, top, right, bottom } = this.mask.whole) {
    const [width, height] = [right - left, bottom - top];
    if (width < 1 || height < 1) return;
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const place = row * this.mask.width + column;
        this.colours.data.set(this.mask.points[place] ? USED : LEFT_OUT, 4 * place);
      }
    }
    this.tinted.putImageData(this.colours, 0, 0, left, top, width, height);
    this.redraw(left, top, width, height);
  }

  redraw(left = 0, top = 0, width = this.mask.width, height = this.mask.height) {
    const box = [left, top, width, height];
    this.context.globalAlpha = 1;
    this.context.drawImage(this.picture, ...box, ...box);
    this.context.globalAlpha = this.strength;
    this.context.drawImage(this.tint, ...box, ...box);
  }

  // A circle that is being drawn.
  outline([x, y], radius) {
    this.redraw();
    this.context.globalAlpha = 1;
    this.context.strokeStyle = "#ffdf6b";
    this.context.lineWidth = Math.max(1, this.mask.width / (300 * this.zoom));
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.stroke();
  }

  pointOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * this.mask.width) / box.width,
      ((event.clientY - box.top) * this.mask.height) / box.height,
    ];
  }

  // Larger or smaller; the frame around the canvas scrolls.
  nearer(factor) {
    const frame = this.canvas.parentElement;
    const middle = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2];
    const before = this.zoom;
    this.zoom = Math.min(LARGEST, Math.max(1, this.zoom * factor));
    this.canvas.style.setProperty("--zoom", this.zoom);
    const grown = this.zoom / before;
    frame.scrollLeft = middle[0] * grown - frame.clientWidth / 2;
    frame.scrollTop = middle[1] * grown - frame.clientHeight / 2;
  }

  move(dx, dy) {
    const frame = this.canvas.parentElement;
    frame.scrollLeft -= dx;
    frame.scrollTop -= dy;
  }
}
