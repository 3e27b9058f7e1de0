// How a network looks, from far away and from near. Colours are the page's own, read anew when it turns dark.

const FEW_TIES = 5000; // so many are always drawn one by one
const NEAR = 1500; // when no more people are in sight, their ties are drawn one by one
const MOST_LINES = 9000;
const TURN = 2 * Math.PI;
const LONGEST = 32; // letters of a name
const HUES = 8; // after so many communities the colours come again, hollow

export class Drawing {
  constructor(canvas, network, camera) {
    Object.assign(this, { canvas, network, camera, context: canvas.getContext("2d"), chosen: null, hovered: -1 });
    this.wanted = []; // whose names would be shown, if they were known
    this.recolour();
  }

  recolour() {
    const probe = document.createElement("i");
    this.canvas.after(probe);
    const read = (name) => {
      probe.className = `map-probe ${name}`;
      return getComputedStyle(probe).color;
    };
    const hues = Array.from({ length: HUES }, (_, place) => read(`hue-${place}`));
    const others = ["series", "surface", "ink", "soft", "line", "accent", "info"].map((name) => [name, read(name)]);
    this.colours = { hues, on: hues.map((_, place) => read(`on-hue-${place}`)), ...Object.fromEntries(others) };
    this.font = getComputedStyle(this.canvas).fontFamily;
    probe.remove();
  }

  resize() {
    const { canvas, camera } = this;
    const ratio = window.devicePixelRatio || 1;
    camera.resize(canvas.clientWidth, canvas.clientHeight);
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
  }

  draw() {
    const { context, canvas, camera, network } = this;
    const ratio = canvas.width / Math.max(1, canvas.clientWidth);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    const [left, top] = camera.toWorld(-20, -20);
    const [right, bottom] = camera.toWorld(camera.width + 20, camera.height + 20);
    this.box = [left, top, right, bottom];
    const seen = this.inSight();
    const each = network.ties <= FEW_TIES || seen.length <= NEAR;
    this.wantsArcs = each && !network.arcs;
    const single = each && network.arcs;
    if (!single) this.bundles();
    this.discs();
    if (single) this.ties(seen);
    this.people(seen);
    if (this.chosen) this.circle();
    this.badges();
    this.labels(seen);
  }

  inSight() {
    const { network } = this;
    const [left, top, right, bottom] = this.box;
    const { x, y } = network;
    return network.order.filter((one) => x[one] >= left && x[one] <= right && y[one] >= top && y[one] <= bottom);
  }

  colour(hue) {
    return hue >= 0 ? this.colours.hues[hue % HUES] : this.colours.series;
  }

  // From far away a dot is at least a speck, and the much listened-to stay larger.
  size(one) {
    const { network, camera } = this;
    const speck = 0.55 + 0.2 * Math.log2(1 + network.listeners[one]);
    return Math.max(network.radius[one] * camera.scale, Math.min(speck, 3.2));
  }

  discs() {
    const { context, camera } = this;
    const faint = this.chosen ? 0.5 : 1;
    for (const one of this.network.discs) {
      const [x, y] = camera.toScreen(one.x, one.y);
      const radius = one.r * camera.scale;
      if (x + radius < 0 || y + radius < 0 || x - radius > camera.width || y - radius > camera.height) continue;
      context.beginPath();
      context.arc(x, y, radius, 0, TURN);
      // What runs beneath a disc shows through a little.
      context.fillStyle = this.colours.surface;
      context.globalAlpha = 0.85;
      context.fill();
      context.fillStyle = context.strokeStyle = this.colour(one.h);
      context.globalAlpha = (this.under === one ? 0.2 : 0.1) * faint;
      context.fill();
      context.globalAlpha = (this.under === one ? 0.8 : 0.35) * faint;
      context.lineWidth = this.under === one ? 2 : 1;
      context.setLineDash(one.h >= HUES ? [5, 4] : []);
      context.stroke();
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }

  bundles() {
    const { context, camera, network } = this;
    const most = network.bundles[0]?.ties ?? 1;
    const widest = Math.min(14, Math.max(3, 0.16 * (network.discs[0]?.r ?? 1) * camera.scale));
    context.strokeStyle = this.colours.soft;
    context.lineCap = "round";
    for (const { one, other, ties } of network.bundles.slice(0, 90)) {
      const share = Math.sqrt(ties / most);
      const [x, y] = camera.toScreen(one.x, one.y);
      const [toX, toY] = camera.toScreen(other.x, other.y);
      const touched = this.under && (one === this.under || other === this.under);
      context.globalAlpha = (this.chosen ? 0.3 : 1) * (touched ? 0.75 : this.under ? 0.06 : 0.1 + 0.3 * share);
      context.lineWidth = Math.max(0.6, widest * share);
      context.beginPath();
      context.moveTo(x, y);
      // A light bend keeps ties that run side by side apart.
      context.quadraticCurveTo((x + toX) / 2 + (toY - y) * 0.12, (y + toY) / 2 - (toX - x) * 0.12, toX, toY);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  ties(seen) {
    const { context, camera, network } = this;
    const { at, to } = network.arcs;
    const { x, y, scale, width, height } = camera;
    const inside = network.ties <= FEW_TIES ? network.order : seen;
    let lines = 0;
    context.beginPath();
    for (let place = inside.length - 1; place >= 0 && lines < MOST_LINES; place--) {
      const one = inside[place];
      const fromX = (network.x[one] - x) * scale + width / 2;
      const fromY = (network.y[one] - y) * scale + height / 2;
      for (let arc = at[one]; arc < at[one + 1]; arc++, lines++) {
        context.moveTo(fromX, fromY);
        context.lineTo((network.x[to[arc]] - x) * scale + width / 2, (network.y[to[arc]] - y) * scale + height / 2);
      }
    }
    context.strokeStyle = this.colours.soft;
    context.lineWidth = 0.75;
    context.globalAlpha = (this.chosen ? 0.25 : 1) * Math.min(0.45, Math.max(0.07, 60 / Math.sqrt(lines + 1) / 6));
    context.stroke();
    context.globalAlpha = 1;
  }

  people(seen) {
    const { context, camera, network } = this;
    const { x, y, scale, width, height } = camera;
    const piles = Array.from({ length: 2 * HUES + 1 }, () => []);
    for (const one of seen) piles[network.hue[one] + 1].push(one);
    context.globalAlpha = this.chosen ? 0.16 : 0.88;
    for (const [place, pile] of piles.entries()) {
      if (!pile.length) continue;
      const hollow = place > HUES;
      context.fillStyle = hollow ? this.colours.surface : this.colour(place - 1);
      context.beginPath();
      for (const one of pile) {
        const atX = (network.x[one] - x) * scale + width / 2;
        const atY = (network.y[one] - y) * scale + height / 2;
        const radius = this.size(one);
        if (radius < 1.1) context.rect(atX - radius, atY - radius, 2 * radius, 2 * radius);
        else {
          context.moveTo(atX + radius, atY);
          context.arc(atX, atY, radius, 0, TURN);
        }
      }
      context.fill();
      if (!hollow) continue;
      context.strokeStyle = this.colour(place - 1);
      context.lineWidth = 1.5;
      context.stroke();
    }
    context.globalAlpha = 1;
    for (const one of seen) if (network.ours[one]) this.ring(one, this.colours.ink, 1.5);
    if (this.hovered >= 0) this.ring(this.hovered, this.colours.ink, 2);
  }

  ring(one, colour, wide) {
    const { context, camera, network } = this;
    const [x, y] = camera.toScreen(network.x[one], network.y[one]);
    context.beginPath();
    context.arc(x, y, this.size(one) + wide, 0, TURN);
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.stroke();
  }

  circle() {
    const { context, camera, network } = this;
    const { number, listeners, listened } = this.chosen;
    const [x, y] = camera.toScreen(network.x[number], network.y[number]);
    for (const [members, colour, dash] of [[listened, this.colours.info, [5, 3]], [listeners, this.colours.accent, []]]) {
      context.strokeStyle = context.fillStyle = colour;
      context.setLineDash(dash);
      context.lineWidth = members.size > 300 ? 0.8 : 1.4;
      context.globalAlpha = members.size > 1000 ? 0.25 : 0.6;
      context.beginPath();
      for (const one of members) {
        context.moveTo(x, y);
        context.lineTo(...camera.toScreen(network.x[one], network.y[one]));
      }
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
      context.beginPath();
      for (const one of members) {
        const [atX, atY] = camera.toScreen(network.x[one], network.y[one]);
        const radius = Math.max(2.2, this.size(one));
        context.moveTo(atX + radius, atY);
        context.arc(atX, atY, radius, 0, TURN);
      }
      context.fill();
    }
    const radius = Math.max(5, this.size(number));
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
    context.fillStyle = this.colours.ink;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = this.colours.surface;
    context.stroke();
    if (this.besides >= 0) this.ring(this.besides, this.colours.ink, 2.5);
  }

  // The numbers of the communities, as they stand in the list.
  badges() {
    const { context, camera } = this;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.badged = [];
    for (const one of this.network.discs.slice(0, 12)) {
      const radius = one.r * camera.scale;
      if (radius < 5 || this.chosen) continue;
      const [x, y] = camera.toScreen(one.x - one.r * 0.71, one.y - one.r * 0.71);
      if (this.badged.some((other) => Math.hypot(other[0] + 11 - x, other[1] + 11 - y) < 20)) continue;
      this.badged.push([x - 11, y - 11, x + 11, y + 11]);
      context.beginPath();
      context.arc(x, y, 10, 0, TURN);
      const hollow = one.h >= HUES;
      context.fillStyle = hollow ? this.colours.surface : this.colour(one.h);
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = hollow ? this.colour(one.h) : this.colours.surface;
      context.stroke();
      context.font = `650 11px ${this.font}`;
      context.fillStyle = hollow ? this.colours.ink : one.h >= 0 ? this.colours.on[one.h] : this.colours.surface;
      context.fillText(String(one.place), x, y + 0.5);
    }
  }

  // Names of the most listened-to in sight, as many as have room.
  labels(seen) {
    const { context, camera, network, chosen } = this;
    const first = chosen ? [chosen.number, ...[...new Set([...chosen.listeners, ...chosen.listened])].sort((a, b) => network.listeners[b] - network.listeners[a])] : [];
    const room = Math.max(6, Math.min(40, Math.round((camera.width * camera.height) / 24000)));
    const candidates = chosen ? first.slice(0, room) : [...seen.slice(-3 * room)].reverse().slice(0, 2 * room);
    this.wanted = candidates.filter((one) => !network.names.has(one));
    // The dots of a chosen circle, and the numbers of communities, are not written over.
    const taken = first.slice(0, 80).map((one) => {
      const [x, y] = camera.toScreen(network.x[one], network.y[one]);
      const radius = this.size(one);
      return [x - radius, y - radius, x + radius, y + radius];
    });
    taken.push(...this.badged);
    let shown = 0;
    context.font = `550 12px ${this.font}`;
    context.textAlign = "left";
    context.lineJoin = "round";
    for (const one of candidates) {
      const whole = network.names.get(one) ?? "";
      const name = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
      if (!name || shown >= room) continue;
      const [x, y] = camera.toScreen(network.x[one], network.y[one]);
      const radius = this.size(one);
      const wide = context.measureText(name).width;
      const free = (box) => box[0] > 0 && box[2] < camera.width && box[1] > 0 && box[3] < camera.height
        && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      const sides = [[x + radius + 3, y], [x - radius - 3 - wide, y], [x - wide / 2, y - radius - 10], [x - wide / 2, y + radius + 10]];
      const box = sides.map(([from, at]) => [from, at - 8, from + wide, at + 8]).find(free);
      if (!box) continue;
      taken.push(box);
      shown += 1;
      context.lineWidth = 3.5;
      context.strokeStyle = this.colours.surface;
      context.globalAlpha = 0.85;
      context.strokeText(name, box[0], box[1] + 8.5);
      context.globalAlpha = 1;
      context.fillStyle = this.colours.ink;
      context.fillText(name, box[0], box[1] + 8.5);
    }
  }
}
