// The picture of a network: drawn here, with a list beside it that says the same in words. Without this script the still picture stays.

const CLOSE = 3; // pixels a step: from here on one points at people rather than at communities
const section = document.querySelector("[data-map]");

async function begin() {
  // The page names its parts: their names change with what is in them, so that no browser mixes an old one with a new one.
  const parts = [section.dataset.dataPart, section.dataset.cameraPart, section.dataset.drawingPart];
  const [{ Network }, { Camera }, { Drawing }] = await Promise.all(parts.map((part) => import(part)));
  const canvas = section.querySelector("canvas");
  const side = document.getElementById("map-side");
  const tip = section.querySelector(".map-tip");
  const network = await Network.load(section.dataset);
  const still = section.querySelector(".map-still");
  canvas.hidden = false;
  section.querySelector(".map-tools").hidden = false;
  still.classList.add("drawn");

  let waiting = 0;
  let asking = 0;
  const changed = () => {
    if (!waiting) waiting = requestAnimationFrame(paint);
  };
  const camera = new Camera(canvas, network.bounds, changed);
  const drawing = new Drawing(canvas, network, camera);

  function paint() {
    waiting = 0;
    drawing.draw();
    canvas.dataset.scale = camera.scale.toFixed(2);
    clearTimeout(asking);
    asking = setTimeout(settle, 160);
  }

  // What is only asked for when the picture has come to rest.
  async function settle() {
    if (drawing.wantsArcs) await network.withArcs().then(changed, () => {});
    if (await network.learn([...drawing.wanted])) changed();
  }

  const isNear = () => camera.scale >= CLOSE || network.n <= 400;
  const ask = (address) => window.htmx.ajax("GET", address, { target: "#map-side", source: side });

  function hovered(at) {
    const [x, y] = at ? camera.toWorld(...at) : [];
    const before = [drawing.hovered, drawing.under];
    drawing.hovered = at ? network.nearest(x, y, (isNear() ? 6 : 2.5) / camera.scale) : -1;
    if (!isNear() && drawing.hovered >= 0 && drawing.size(drawing.hovered) < 2.4) drawing.hovered = -1;
    drawing.under = at && drawing.hovered < 0 && !isNear() ? network.discAt(x, y) : null;
    canvas.classList.toggle("over", drawing.hovered >= 0 || Boolean(drawing.under));
    tell(at);
    if (before[0] !== drawing.hovered || before[1] !== drawing.under) changed();
  }

  async function tell(at) {
    const one = drawing.hovered;
    tip.hidden = !at || (one < 0 && !drawing.under);
    if (tip.hidden) return;
    const [name, count] = tip.children;
    tip.style.translate = `${Math.min(at[0] + 14, camera.width - 160)}px ${at[1] + 14}px`;
    if (drawing.under) {
      const link = side.querySelector(`[data-row="${drawing.under.n}"] a`);
      name.textContent = link?.textContent ?? "";
      count.textContent = count.dataset.people.replace("{people}", drawing.under.p.toLocaleString(document.documentElement.lang));
      return;
    }
    const listeners = network.listeners[one];
    count.textContent = listeners === 1 ? count.dataset.one : count.dataset.many.replace("{listeners}", listeners.toLocaleString(document.documentElement.lang));
    name.textContent = network.names.get(one) ?? "…";
    await network.learn([one]);
    if (drawing.hovered === one) name.textContent = network.names.get(one) || count.dataset.nameless;
  }

  function clicked(at) {
    canvas.focus({ preventScroll: true });
    hovered(at);
    if (drawing.hovered >= 0) ask(`${section.dataset.people}${drawing.hovered}/`);
    else if (drawing.under) {
      camera.show(drawing.under.x, drawing.under.y, drawing.under.r);
      ask(`${section.dataset.people}?community=${drawing.under.n}`);
    } else if (drawing.chosen) ask(section.dataset.people);
  }

  async function choose(number) {
    const chosen = number === null ? null : await network.circle(number);
    drawing.chosen = chosen;
    drawing.besides = -1;
    section.toggleAttribute("data-circle", Boolean(chosen));
    if (chosen) {
      const away = (one) => Math.hypot(network.x[one] - network.x[number], network.y[one] - network.y[number]);
      const there = [number, ...chosen.listeners, ...chosen.listened].sort((one, other) => away(one) - away(other));
      // A large circle is shown but for its farthest: they would make all others small.
      camera.frame(there.slice(0, Math.max(20, Math.ceil(0.95 * there.length))).map((one) => [network.x[one], network.y[one]]));
    }
    changed();
  }

  // Going around the circle by keys: the one who is next is marked, and named by the list.
  function around(step) {
    const links = [...side.querySelectorAll("[data-circle-of] [data-person]")];
    if (!links.length) return;
    const at = links.findIndex((link) => Number(link.dataset.person) === drawing.besides);
    const link = links[(at + step + links.length) % links.length];
    drawing.besides = Number(link.dataset.person);
    link.scrollIntoView({ block: "nearest" });
    for (const one of links) one.classList.toggle("is-current", one === link);
    changed();
  }

  function keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      const one = drawing.besides >= 0 && drawing.chosen ? drawing.besides : network.nearest(camera.x, camera.y, Infinity);
      if (one >= 0) ask(`${section.dataset.people}${one}/`);
    } else if (event.key === "Escape" && drawing.chosen) ask(section.dataset.people);
    else if (event.key === "]") around(1);
    else if (event.key === "[") around(-1);
    else if (!camera.key(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The list decides what is marked: links in it, the search and the picture all go through it.
  function shown() {
    const circle = side.querySelector("[data-circle-of]");
    const tie = side.querySelector("[data-tie]");
    const community = side.querySelector("[data-community]");
    if (circle) choose(Number(circle.dataset.circleOf));
    else if (tie) drawing.besides = Number(tie.dataset.tie.split(" ").find((one) => Number(one) !== drawing.chosen?.number));
    else {
      choose(null);
      const disc = community && network.discOf.get(Number(community.dataset.community));
      if (disc) camera.show(disc.x, disc.y, disc.r);
    }
    changed();
    const address = new URL(location.href);
    if (circle) address.searchParams.set("person", circle.dataset.circleOf);
    else if (!tie) address.searchParams.delete("person");
    history.replaceState(history.state, "", address);
  }

  camera.listen({ clicked, hovered });
  canvas.addEventListener("keydown", keyed);
  section.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (way === "all") camera.whole();
    else if (way) camera.zoom(way === "in" ? 1.7 : 1 / 1.7, undefined, true);
  });
  side.addEventListener("htmx:afterSwap", shown);
  const recolour = () => {
    drawing.recolour();
    changed();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-appearance"] });
  new ResizeObserver(() => {
    drawing.resize();
    changed();
  }).observe(canvas);
  drawing.resize();
  camera.whole(false);
  if (side.querySelector("[data-circle-of]")) await choose(Number(side.querySelector("[data-circle-of]").dataset.circleOf));
  section.dataset.ready = "";
}

if (section) begin();
