// Painting: the node, the zoom and what is selected stay from one figure to the next, for as long
// as the figure says that it still shows the same ground (layout.uirevision). New ground is a new
// plot.

import { config, themed } from "./chart_look.js";
import { figured } from "./chart_wire.js";
import { corners, drawn } from "./chart_region.js";

const AXES = ["xaxis", "yaxis"];
const REST = 120; // milliseconds of quiet after which Python hears of a zoom
const coarse = matchMedia("(pointer: coarse)");

// plotly.js itself is loaded once, from the app's own static files.
const load = (url) =>
  (window.clusterloomPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(url, document.baseURI).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      window.clusterloomPlotly = undefined; // the next chart tries again
      reject(new Error("The chart library could not be loaded."));
    };
    document.head.append(script);
  }));

// A picture that is decoded beforehand takes the place of the last one without a flash.
const decoded = (images) =>
  Promise.all((images ?? []).map(({ source }) => {
    const image = new Image();
    image.src = source;
    return image.decode().catch(() => null); // Plotly shows what it can
  }));

// ---- what goes back to Python -------------------------------------------------------------------
// Only figures that are drawn anew for what is seen ask to hear of it.
const tellWindow = (chart) => {
  clearTimeout(chart.resting);
  if (!chart.windowed || !chart.zoom) return;
  chart.resting = setTimeout(() => {
    const ground = chart.shown;
    const [x, y] = AXES.map((axis) => chart.node._fullLayout?.[axis].range.map(Number));
    if (!x || !y) return;
    const seen = JSON.stringify([ground, x, y]);
    if (seen === chart.seen) return;
    chart.seen = seen;
    chart.set("window", {
      ground, left: Math.min(...x), right: Math.max(...x), low: Math.min(...y), high: Math.max(...y),
    });
  }, REST);
};

const tellRegion = (chart) => {
  if (!chart.selectable) return;
  const { node } = chart;
  const all = node.layout.selections ?? [];
  const region = all.length ? corners(all.at(-1), node._fullLayout) : null;
  if (JSON.stringify(region) === JSON.stringify(chart.region ?? null)) return;
  chart.region = region;
  chart.set("region", region && { ...region, ground: chart.shown, at: Date.now() });
  const shown = region && drawn(region);
  if (all.length > 1 || (shown?.path && shown.path.length < all[0].path.length)) {
    window.Plotly.relayout(node, { selections: [shown] }); // one, and with as many corners as told
  }
};

// A new painting, since Plotly leaves dimmed what was outside.
export const clear = (chart) => {
  if (!chart.region) return;
  chart.node.layout.selections = [];
  tellRegion(chart);
  draw(chart);
};

const listen = (chart) => {
  const { node } = chart;
  node.on("plotly_relayout", (change) => {
    const names = Object.keys(change);
    if ("dragmode" in change) {
      chart.dragmode = change.dragmode;
      node.classList.toggle("cl-drawing", ["select", "lasso"].includes(change.dragmode));
    }
    if (names.some((name) => /^[xy]axis/.test(name))) {
      chart.zoom = AXES.map((axis) => node.layout[axis]?.range?.slice());
      tellWindow(chart);
    }
  });
  node.on("plotly_selected", () => tellRegion(chart));
  // Plotly says so before it has dropped the selection.
  node.on("plotly_deselect", () => setTimeout(() => tellRegion(chart), 0));
};

// ---- painting -----------------------------------------------------------------------------------
const paint = async (chart) => {
  const { node, host } = chart;
  const Plotly = await load(chart.plotly);
  const width = node.clientWidth;
  if (!width) return; // in a hidden tab; it is painted when it gets a width
  chart.width = width;
  // The figure is read anew for each painting, since Plotly writes into what it is given.
  const figure = figured(chart.text);
  const data = chart.player ? chart.player.traces(figure) : figure.data;
  for (const trace of data) {
    const { from = 0, below = Infinity } = trace.meta ?? {}; // what there is room for
    if (from || below < Infinity) trace.visible = from <= width && width < below;
  }
  const { layout } = figure;
  const fresh = chart.broken || chart.shown !== chart.ground;
  layout.uirevision = chart.ground;
  if (chart.shown !== chart.ground) {
    chart.zoom = chart.window && [[chart.window.left, chart.window.right], [chart.window.low, chart.window.high]];
    chart.region = chart.given;
    chart.seen = null;
    clearTimeout(chart.resting);
  }
  chart.shown = chart.ground;
  chart.windowed = layout.meta?.windowed === true;
  chart.home = Object.fromEntries(AXES.map((axis) => [axis, layout[axis]?.range?.slice()]));
  Object.assign(layout, { width, height: chart.height, autosize: false });
  // A finger scrolls the page, until its owner chooses otherwise.
  if (chart.dragmode || coarse.matches) layout.dragmode = chart.dragmode ?? false;
  AXES.forEach((axis, i) => {
    if (chart.zoom?.[i]) layout[axis] = { ...layout[axis], range: chart.zoom[i].slice() };
  });
  if (chart.selectable) {
    layout.selections = chart.region ? [drawn(chart.region)] : [];
    layout.selectionrevision = (chart.revision = (chart.revision ?? 0) + 1);
  }
  await decoded(layout.images);
  const shown = themed({ data, layout }, host);
  await (fresh ? Plotly.newPlot : Plotly.react)(node, shown.data, shown.layout, config(chart.selectable, shown));
  if (fresh) listen(chart);
  chart.broken = false;
  Plotly.Fx.unhover(node);
  node.dataset.painted = Number(node.dataset.painted ?? 0) + 1;
  tellWindow(chart);
};

// One painting at a time; while one runs, only the newest of those asked for is remembered.
export function draw(chart) {
  chart.wanted = true;
  chart.node.setAttribute("aria-busy", "true");
  chart.painting ??= (async () => {
    while (chart.wanted && !chart.gone) {
      chart.wanted = false;
      try {
        await paint(chart);
        chart.fault.textContent = "";
      } catch (error) {
        chart.broken = true;
        chart.fault.textContent = `This chart could not be drawn: ${error.message}`;
      }
    }
    chart.painting = null;
    chart.node.setAttribute("aria-busy", "false");
  })();
  return chart.painting;
}

// A browser has few WebGL contexts; those of a chart that went are given back at once.
export const purge = (chart) => {
  chart.gone = true;
  clearTimeout(chart.resting);
  const canvases = [...chart.node.querySelectorAll("canvas")];
  window.Plotly?.purge(chart.node);
  for (const canvas of canvases) {
    const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
};
