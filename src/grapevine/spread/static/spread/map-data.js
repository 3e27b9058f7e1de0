// What the picture of a network is made of: numbers from the server (see spread/maps.py), and what follows from them.

const KINDS = { f4: Float32Array, i4: Int32Array, u4: Uint32Array, u2: Uint16Array, u1: Uint8Array };
// Marks of direction in what people call themselves would turn the words around them.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

async function unpacked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const buffer = await answer.arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  for (const [name, kind, count] of told.arrays) {
    const array = new KINDS[kind](buffer, at, count);
    told[name] = array;
    at += array.byteLength + ((4 - (array.byteLength % 4)) % 4);
  }
  return told;
}

export class Network {
  constructor(told, addresses) {
    Object.assign(this, { n: told.people, ties: told.ties, bounds: told.bounds, x: told.x, y: told.y });
    Object.assign(this, { community: told.community, listeners: told.listeners, ours: told.ours });
    this.addresses = addresses;
    this.discs = told.discs.map((one, place) => ({ ...one, place: place + 1 }));
    this.discOf = new Map(this.discs.map((one) => [one.n, one]));
    this.bundles = told.bundles.map(([one, other, ties]) => ({ one: this.discOf.get(one), other: this.discOf.get(other), ties }));
    this.names = new Map();
    this.arcs = null;
    this.radius = Float32Array.from(this.listeners, (count) => Math.min(1.5, 0.32 + 0.1 * Math.log2(1 + count)));
    this.hue = Int8Array.from(this.community, (number) => this.discOf.get(number)?.h ?? -1);
    const there = [...this.community.keys()].filter((one) => this.community[one] >= 0);
    // The much listened-to are drawn last, on top of the others, and named first.
    this.order = Uint32Array.from(there.sort((one, other) => this.listeners[one] - this.listeners[other]));
  }

  static async load(addresses) {
    return new Network(await unpacked(addresses.places), addresses);
  }

  // All ties; asked for once, when they are first wanted.
  async withArcs() {
    this.asked ??= unpacked(this.addresses.arcs).then(({ at, to }) => {
      const from = new Uint32Array(to.length);
      for (let one = 0; one < this.n; one++) from.fill(one, at[one], at[one + 1]);
      this.arcs = { at, to, from };
    });
    await this.asked;
    return this.arcs;
  }

  // Who listens to somebody, and to whom they listen.
  async circle(number) {
    const { at, to, from } = await this.withArcs();
    const listeners = new Set(to.subarray(at[number], at[number + 1]));
    const listened = new Set();
    for (let arc = 0; arc < to.length; arc++) if (to[arc] === number) listened.add(from[arc]);
    return { number, listeners, listened };
  }

  // Learn what people are called; says whether anything new was learnt.
  async learn(numbers) {
    const unknown = numbers.filter((one) => !this.names.has(one)).slice(0, 200);
    if (!unknown.length) return false;
    for (const one of unknown) this.names.set(one, "");
    try {
      const answer = await fetch(`${this.addresses.names}?n=${unknown.join(",")}`);
      if (!answer.ok) return false;
      for (const [one, name] of Object.entries(await answer.json())) this.names.set(Number(one), name.replace(TURNS, ""));
      return true;
    } catch {
      for (const one of unknown) this.names.delete(one);
      return false;
    }
  }

  // Who stands nearest to a place, no further than `reach`; −1 when nobody does.
  nearest(x, y, reach) {
    let found = -1;
    let least = reach * reach;
    for (const one of this.order) {
      const far = (this.x[one] - x) ** 2 + (this.y[one] - y) ** 2;
      const near = Math.max(0, Math.sqrt(far) - this.radius[one]) ** 2;
      if (near <= least) [found, least] = [one, near];
    }
    return found;
  }

  discAt(x, y) {
    return this.discs.find((one) => (one.x - x) ** 2 + (one.y - y) ** 2 <= one.r * one.r) ?? null;
  }
}
