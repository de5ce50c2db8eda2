// What a point of a chart is, beside the pointer: pictures, or the lines of a series. They lie in
// the figure, once (layout.meta); which of them belong to a point stands in its customdata.

const AWAY = 18; // pixels between the pointer and the card
const PATIENCE = 100; // milliseconds until the chart is looked for again
const WIDE = 168, HIGH = 84, ROOM = 4, TOP = 250, NOTHING = 255; // of lines, in pixels and bytes

const made = (host) => {
  const card = document.createElement("div");
  card.className = "cl-beside";
  card.setAttribute("aria-hidden", "true");
  host.append(card);
  const shown = { card, image: new Image(), plot: null };
  shown.hide = () => {
    shown.wanted = null;
    delete card.dataset.point;
  };
  shown.hover = (event) => draw(shown, event);
  window.addEventListener("scroll", shown.hide, { capture: true, passive: true });
  return shown;
};

const draw = async (shown, { points, event }) => {
  const meta = shown.plot?.layout?.meta;
  const [point] = points ?? [];
  if (!(meta?.pictures || meta?.lines) || point?.customdata === undefined) return shown.hide();
  const place = Number(point.customdata);
  shown.wanted = place;
  const drawn = meta.pictures
    ? await pictures(shown, meta.pictures, place)
    : lines(shown, meta.lines, place);
  if (!drawn) return;
  shown.card.dataset.point = place;
  const { offsetWidth: wide, offsetHeight: high } = shown.card;
  const left = Math.min(Math.max(event.clientX - wide / 2, 4), window.innerWidth - wide - 4);
  const below = event.clientY + AWAY + high < window.innerHeight;
  shown.card.style.left = `${left}px`;
  shown.card.style.top = `${below ? event.clientY + AWAY : event.clientY - AWAY - high}px`;
};

// One picture a canvas, cut from the one image that holds them all.
const pictures = async (shown, { across, height, n, source, width }, place) => {
  if (shown.source !== source) {
    shown.image.src = source;
    shown.source = source;
  }
  await shown.image.decode().catch(() => null);
  if (shown.wanted !== place || shown.source !== source) return false;
  shown.card.querySelectorAll("canvas").forEach((canvas, which) => {
    const at = place + which * n;
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(
      shown.image, (at % across) * width, Math.floor(at / across) * height, width, height,
      0, 0, width, height,
    );
  });
  return true;
};

// All lines in one canvas, the first in full, the others dashed; a byte a step.
const lines = (shown, told, place) => {
  if (shown.told !== told.bytes) {
    shown.told = told.bytes;
    shown.bytes = Uint8Array.from(atob(told.bytes), (letter) => letter.charCodeAt(0));
  }
  const canvas = shown.card.querySelector("canvas");
  const ratio = window.devicePixelRatio || 1;
  Object.assign(canvas, { width: WIDE * ratio, height: HIGH * ratio });
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.lineJoin = "round";
  const ink = getComputedStyle(shown.card).color;
  for (let line = 0; line < told.lines; line += 1) {
    const from = (place * told.lines + line) * told.steps;
    pen.beginPath();
    pen.strokeStyle = line ? told.grey : ink;
    pen.lineWidth = line ? 1.6 : 2;
    pen.setLineDash(line ? [4, 3] : []);
    let down = false;
    for (let step = 0; step < told.steps; step += 1) {
      const height = shown.bytes[from + step];
      if (height === NOTHING) { down = false; continue; }
      const x = ROOM + (WIDE - 2 * ROOM) * step / Math.max(told.steps - 1, 1);
      const y = HIGH - ROOM - (HIGH - 2 * ROOM) * height / TOP;
      if (down) pen.lineTo(x, y); else pen.moveTo(x, y);
      down = true;
    }
    pen.stroke();
  }
  return true;
};

// A chart that is painted on new ground forgets who listens, so one listens after each painting.
const tie = (shown) => {
  const { plot } = shown;
  if (!plot.on) return;
  for (const [name, act] of [["plotly_hover", shown.hover], ["plotly_unhover", shown.hide]]) {
    plot.removeListener(name, act);
    plot.on(name, act);
  }
};

const seek = (shown, chart) => {
  clearTimeout(shown.seeking);
  const plot = document.querySelector(`.st-key-${chart} .cl-plot`);
  if (!plot) {
    shown.seeking = setTimeout(() => seek(shown, chart), PATIENCE);
    return;
  }
  if (plot === shown.plot) return tie(shown);
  shown.watch?.disconnect();
  shown.plot = plot;
  shown.watch = new MutationObserver(() => tie(shown));
  shown.watch.observe(plot, { attributes: true, attributeFilter: ["data-painted"] });
  tie(shown);
};

const head = (shown, heads) => {
  const { card } = shown;
  while (card.children.length < heads.length) {
    const figure = document.createElement("figure");
    figure.append(document.createElement("canvas"), document.createElement("figcaption"));
    card.append(figure);
  }
  card.querySelectorAll("figcaption").forEach((each, which) => { each.textContent = heads[which]; });
};

export default ({ data, parentElement }) => {
  const host = parentElement.querySelector(".cl-beside-host") ?? parentElement;
  const shown = (host.clusterloom ??= made(host));
  shown.card.dataset.kind = data.kind;
  head(shown, data.heads);
  seek(shown, data.chart);
  return () => {
    if (host.isConnected) return;
    clearTimeout(shown.seeking);
    shown.watch?.disconnect();
    window.removeEventListener("scroll", shown.hide, { capture: true });
    host.clusterloom = undefined;
  };
};
