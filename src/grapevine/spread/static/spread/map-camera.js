// Where one looks: a place in the picture and how many pixels a step of it has. Moves by hand, wheel, pinch and keys.

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const MOVED = 4; // pixels; less is a click

export class Camera {
  constructor(canvas, bounds, changed) {
    Object.assign(this, { canvas, bounds, changed, x: 0, y: 0, scale: 1, width: 1, height: 1 });
    this.pointers = new Map();
    this.whole(false);
  }

  fit() {
    const [left, top, right, bottom] = this.bounds;
    return Math.min(this.width / (right - left + 2), this.height / (bottom - top + 2)) * 0.97;
  }

  // On paper, and while hidden, there is no room at all: what one looked at stays.
  resize(width, height) {
    if (!width || !height) return;
    const wasWhole = this.width < 2 || Math.abs(this.scale / this.fit() - 1) < 0.02;
    Object.assign(this, { width, height });
    if (wasWhole) this.whole(false);
  }

  toScreen(x, y) {
    return [(x - this.x) * this.scale + this.width / 2, (y - this.y) * this.scale + this.height / 2];
  }

  toWorld(x, y) {
    return [(x - this.width / 2) / this.scale + this.x, (y - this.height / 2) / this.scale + this.y];
  }

  clamp(scale) {
    return Math.min(Math.max(scale, this.fit() * 0.6), Math.max(48, this.fit() * 4));
  }

  whole(calmly = true) {
    const [left, top, right, bottom] = this.bounds;
    this.go((left + right) / 2, (top + bottom) / 2, this.fit(), calmly);
  }

  // Look at a place; with a radius so that a disc of that size fills most of the picture.
  show(x, y, radius) {
    this.go(x, y, Math.min(this.width, this.height) / (2.3 * radius));
  }

  // Look so that all of these places are in the picture, with some room about them.
  frame(spots) {
    const [xs, ys] = [0, 1].map((way) => spots.map((spot) => spot[way]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(this.width / (right - left + 8), this.height / (bottom - top + 8)) * 0.9;
    this.go((left + right) / 2, (top + bottom) / 2, Math.min(scale, 40));
  }

  go(x, y, scale, calmly = true) {
    scale = this.clamp(scale);
    cancelAnimationFrame(this.moving);
    if (!calmly || CALM.matches) {
      Object.assign(this, { x, y, scale });
      this.changed();
      return;
    }
    const from = { x: this.x, y: this.y, scale: this.scale };
    const begun = performance.now();
    const step = (now) => {
      const part = Math.min(1, (now - begun) / 380);
      const eased = 1 - (1 - part) ** 3;
      this.scale = from.scale * (scale / from.scale) ** eased;
      // Zooming and moving together: the place glides as it would look right on the way.
      const share = scale === from.scale ? eased : (1 / from.scale - 1 / this.scale) / (1 / from.scale - 1 / scale);
      this.x = from.x + (x - from.x) * share;
      this.y = from.y + (y - from.y) * share;
      this.changed();
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  zoom(factor, at = [this.width / 2, this.height / 2], calmly = false) {
    const [x, y] = this.toWorld(...at);
    const scale = this.clamp(this.scale * factor);
    this.go(x - (at[0] - this.width / 2) / scale, y - (at[1] - this.height / 2) / scale, scale, calmly);
  }

  // Listen to the hand; `clicked` and `hovered` are told pixels.
  listen({ clicked, hovered }) {
    const { canvas, pointers } = this;
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let travelled = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (!pointers.size) travelled = 0;
      pointers.set(event.pointerId, place(event));
      cancelAnimationFrame(this.moving);
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      const now = place(event);
      if (!before) return hovered(now);
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (others.length) {
        const [other] = others;
        const apart = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]);
        this.zoom(apart(now) / Math.max(1, apart(before)), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      }
      const share = others.length ? 0.5 : 1;
      this.x -= (share * (now[0] - before[0])) / this.scale;
      this.y -= (share * (now[1] - before[1])) / this.scale;
      pointers.set(event.pointerId, now);
      canvas.classList.add("moving");
      hovered(null);
      this.changed();
    });
    const up = (event) => {
      const known = pointers.delete(event.pointerId);
      canvas.classList.remove("moving");
      if (known && event.type === "pointerup" && travelled < MOVED) clicked(place(event));
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", () => hovered(null));
    canvas.addEventListener("dblclick", (event) => this.zoom(2.2, place(event), true));
    canvas.addEventListener("wheel", (event) => {
      // The wheel moves the page until one has clicked into the picture.
      if (document.activeElement !== canvas && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      this.zoom(Math.exp((-event.deltaY * lines * (event.ctrlKey ? 8 : 1.6)) / 1000), place(event));
    }, { passive: false });
  }

  key(key) {
    const step = Math.min(this.width, this.height) / 6 / this.scale;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (ways[key]) this.go(this.x + step * ways[key][0], this.y + step * ways[key][1], this.scale);
    else if (key === "+" || key === "=") this.zoom(1.6, undefined, true);
    else if (key === "-" || key === "−") this.zoom(1 / 1.6, undefined, true);
    else if (key === "0") this.whole();
    else return false;
    return true;
  }
}
