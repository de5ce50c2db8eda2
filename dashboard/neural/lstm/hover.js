// The series of a point beside the pointer. Its lines lie in the figure as bytes; which of them
// belong to a point stands in the point's customdata.

const AWAY = 18; // pixels between the pointer and the card
const PATIENCE = 100; // milliseconds until the chart is looked for again
const WIDE = 168, HIGH = 84, ROOM = 4, TOP = 250, NOTHING = 255;

const made = (host) => {
  const card = document.createElement("div");
  card.className = "ls-hover";
  card.setAttribute("aria-hidden", "true");
  card.innerHTML = "<canvas></canvas><span></span>";
  host.append(card);
  const shown = { card, plot: null };
  shown.hide = () => delete card.dataset.point;
  shown.hover = (event) => draw(shown, event);
  window.addEventListener("scroll", shown.hide, { capture: true, passive: true });
  return shown;
};

const bytesOf = (shown, told) => {
  if (shown.told !== told.bytes) {
    shown.told = told.bytes;
    shown.bytes = Uint8Array.from(atob(told.bytes), (letter) => letter.charCodeAt(0));
  }
  return shown.bytes;
};

const draw = (shown, { points, event }) => {
  const told = shown.plot?.layout?.meta?.lines;
  const [point] = points ?? [];
  if (!told || point?.customdata === undefined) return shown.hide();
  const bytes = bytesOf(shown, told);
  const place = Number(point.customdata);
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
      const height = bytes[from + step];
      if (height === NOTHING) { down = false; continue; }
      const x = ROOM + (WIDE - 2 * ROOM) * step / Math.max(told.steps - 1, 1);
      const y = HIGH - ROOM - (HIGH - 2 * ROOM) * height / TOP;
      if (down) pen.lineTo(x, y); else pen.moveTo(x, y);
      down = true;
    }
    pen.stroke();
  }
  shown.card.dataset.point = place;
  const { offsetWidth: wide, offsetHeight: high } = shown.card;
  const left = Math.min(Math.max(event.clientX - wide / 2, 4), window.innerWidth - wide - 4);
  const below = event.clientY + AWAY + high < window.innerHeight;
  shown.card.style.left = `${left}px`;
  shown.card.style.top = `${below ? event.clientY + AWAY : event.clientY - AWAY - high}px`;
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

export default ({ data, parentElement }) => {
  const host = parentElement.querySelector(".ls-hover-host") ?? parentElement;
  const shown = (host.clusterloom ??= made(host));
  shown.card.querySelector("span").textContent = data.head;
  seek(shown, data.chart);
  return () => {
    if (host.isConnected) return;
    clearTimeout(shown.seeking);
    shown.watch?.disconnect();
    window.removeEventListener("scroll", shown.hide, { capture: true });
    host.clusterloom = undefined;
  };
};
