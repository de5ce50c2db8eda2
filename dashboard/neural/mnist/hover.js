// Pictures beside the pointer. They lie in the figure as one image; which of them belongs to a
// point stands in the point's customdata.

const AWAY = 18; // pixels between the pointer and the card
const PATIENCE = 100; // milliseconds until the chart is looked for again

const made = (host) => {
  const card = document.createElement("div");
  card.className = "mn-hover";
  card.setAttribute("aria-hidden", "true");
  card.innerHTML = "<figure><figcaption></figcaption><canvas></canvas></figure>".repeat(2);
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
  const pictures = shown.plot?.layout?.meta?.pictures;
  const [point] = points ?? [];
  if (!pictures || point?.customdata === undefined) return shown.hide();
  const { across, height, n, source, width } = pictures;
  if (shown.source !== source) {
    shown.image.src = source;
    shown.source = source;
  }
  const place = Number(point.customdata);
  shown.wanted = place;
  await shown.image.decode().catch(() => null);
  if (shown.wanted !== place || shown.source !== source) return;
  shown.card.querySelectorAll("canvas").forEach((canvas, which) => {
    const at = place + which * n;
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(
      shown.image, (at % across) * width, Math.floor(at / across) * height, width, height,
      0, 0, width, height,
    );
  });
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
  const host = parentElement.querySelector(".mn-hover-host") ?? parentElement;
  const shown = (host.clusterloom ??= made(host));
  shown.card.querySelectorAll("figcaption").forEach((head, which) => {
    head.textContent = data.heads[which];
  });
  seek(shown, data.chart);
  return () => {
    if (host.isConnected) return;
    clearTimeout(shown.seeking);
    shown.watch?.disconnect();
    window.removeEventListener("scroll", shown.hide, { capture: true });
    host.clusterloom = undefined;
  };
};
