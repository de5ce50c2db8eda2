// One chart: what Streamlit calls when it appears, and again with each message.
//   chart_wire    reads messages and keeps arrays
//   chart_paint   calls Plotly; keeps node, zoom and selection; tells Python of the latter two
//   chart_look    ink, paper and buttons
//   chart_region  what box and lasso draw
//   chart_hands   clicks and keys
//   chart_player  the steps of a figure with frames
//   chart_history keeps the Back button leading to the page before

import "./chart_history.js";
import { KEYS, KEYS_SELECTABLE, listenForClicks, listenForKeys } from "./chart_hands.js";
import { clear, draw, purge } from "./chart_paint.js";
import { makePlayer } from "./chart_player.js";
import { figured, join, leave, needs, opened, wait } from "./chart_wire.js";

const ASKED = 3; // times that what is missing is asked for
const ELSEWHERE = 100; // milliseconds in which it may still come with another chart

const made = (host) => {
  const node = document.createElement("div");
  node.className = "cl-plot";
  node.tabIndex = 0;
  node.setAttribute("role", "application");
  node.setAttribute("aria-roledescription", "chart");
  const fault = document.createElement("p");
  fault.className = "cl-fault";
  fault.setAttribute("role", "alert");
  host.append(node, fault);
  const chart = { host, node, fault, held: new Set(), asked: 0, broken: true };
  listenForClicks(chart);
  listenForKeys(chart, { clear: () => clear(chart) });
  // A new theme changes the colours of the page, and with them those of the chart.
  const paper = () => getComputedStyle(host).getPropertyValue("--st-background-color");
  chart.paper = paper();
  chart.theme = new MutationObserver(() => {
    if (paper() !== chart.paper && chart.text) draw(chart);
    chart.paper = paper();
  });
  for (let up = host; up; up = up.parentElement) {
    chart.theme.observe(up, { attributes: true, attributeFilter: ["style", "class"] });
  }
  chart.size = new ResizeObserver(() => {
    if (node.clientWidth && node.clientWidth !== chart.width && chart.text) draw(chart);
  });
  chart.size.observe(node);
  return chart;
};

// The browser may lack what the server believes it has: messages are skipped when they come too
// fast, and old arrays are dropped. What is missing may also be on its way with the message of
// another chart; else it is asked for. The last picture stays until the answer is there.
const ask = (chart, text, message) => {
  if (chart.message === message) return; // asked for already
  chart.message = message;
  clearTimeout(chart.asking);
  chart.asking = setTimeout(() => {
    const { held, missing } = needs(text);
    if (!missing.length || chart.gone) return;
    if (chart.asked++ < ASKED) chart.trigger("missing", { digests: [...held], at: Date.now() });
    else chart.fault.textContent = "This chart is incomplete; loading the page anew helps.";
  }, ELSEWHERE);
};

const showFigure = (chart, text) => {
  chart.text = text;
  const figure = text.includes('"frames"') ? figured(text) : {};
  if (figure.frames?.length) {
    chart.player ??= makePlayer(chart, () => draw(chart));
    chart.player.begin(figure);
  } else {
    chart.player?.remove();
    chart.player = null;
    draw(chart);
  }
};

export const show = ({ data, parentElement, setStateValue, setTriggerValue }) => {
  const host = parentElement.querySelector(".cl-chart") ?? parentElement;
  const chart = (host.clusterloom ??= made(host));
  const { head, text } = opened(data);
  const { alt, clicks, ground, height, plotly, selectable } = head;
  const other = chart.height !== height || chart.selectable !== selectable;
  Object.assign(chart, {
    alt, clicks, ground, height, plotly, selectable,
    given: head.region, set: setStateValue, trigger: setTriggerValue, window: head.window,
  });
  const { node } = chart;
  node.style.height = `${height}px`;
  node.style.cursor = clicks ? "crosshair" : "";
  if (!chart.player || chart.text !== text) node.setAttribute("aria-label", alt);
  node.setAttribute("aria-description", selectable ? KEYS_SELECTABLE : KEYS);
  const go = () => {
    const { held, missing } = needs(text);
    if (missing.length) {
      wait(chart, go);
      return ask(chart, text, data);
    }
    clearTimeout(chart.asking);
    chart.asked = 0;
    chart.held = held;
    join(chart);
    if (chart.text !== text) showFigure(chart, text);
    else if (other) draw(chart);
  };
  go();
  return () => {
    if (host.isConnected) return;
    leave(chart);
    chart.player?.remove();
    chart.theme.disconnect();
    chart.size.disconnect();
    purge(chart);
    host.clusterloom = undefined;
  };
};
