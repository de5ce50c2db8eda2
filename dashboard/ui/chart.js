// One chart: draws a Plotly figure, keeps its node and zoom from one message to the next,
// follows the theme, tells Python where a click fell, and plays a figure that has frames.
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

// The figure says what carries meaning; ink and paper come from the page.
const themed = (figure, host) => {
  const css = getComputedStyle(host);
  const colour = (name) => css.getPropertyValue(name).trim();
  const ink = colour("--st-text-color") || "#1a2230";
  const paper = colour("--st-background-color") || "#ffffff";
  for (const trace of figure.data) {
    if (trace.meta?.outline === "paper") trace.marker.line = { ...trace.marker.line, color: paper };
    if (trace.meta?.outline === "ink") trace.marker.line = { ...trace.marker.line, color: ink };
    if (trace.meta?.line === "ink") trace.line = { ...trace.line, color: ink };
    if (trace.meta?.fill === "ink") trace.marker = { ...trace.marker, color: ink };
  }
  figure.layout.font = { ...figure.layout.font, color: ink, family: css.fontFamily };
  figure.layout.hoverlabel = {
    bgcolor: paper, bordercolor: ink, align: "left", ...figure.layout.hoverlabel,
    font: { color: ink, family: css.fontFamily, size: 13 },
  };
  figure.layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: `${ink}99`, activecolor: ink };
  return figure;
};

const CONFIG = {
  displaylogo: false,
  doubleClick: "reset",
  scrollZoom: false,
  showTips: false,
  modeBarButtons: [["zoom2d", "pan2d", "resetScale2d", "toImage"]],
};

// ---- clicks ------------------------------------------------------------------------------------
// Where in the plot a mouse event fell, in the units of its axes.
const place = (node, event) => {
  const { xaxis, yaxis } = node._fullLayout;
  const frame = node.querySelector(".nsewdrag").getBoundingClientRect();
  return { x: xaxis.p2d(event.clientX - frame.left), y: yaxis.p2d(event.clientY - frame.top) };
};

const MOVED = 4; // pixels from which a press is a drag
const DOUBLE = 300; // milliseconds within which a second click belongs to the first

// Plotly covers the page while a button is down, so the release is heard by the window.
const listenForClicks = (node, state) =>
  node.addEventListener("pointerdown", (down) => {
    if (!state.clicks || down.button !== 0 || !down.target.closest(".nsewdrag")) return;
    const where = place(node, down);
    const over = new AbortController();
    window.addEventListener("pointercancel", () => over.abort(), { signal: over.signal });
    window.addEventListener("pointerup", (up) => {
      over.abort();
      const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) > MOVED;
      const again = up.timeStamp - (state.clicked ?? -DOUBLE) < DOUBLE;
      state.clicked = up.timeStamp;
      if (!moved && !again) state.send("click", { ...where, at: Date.now() });
    }, { signal: over.signal });
  }, true);

// ---- painting ----------------------------------------------------------------------------------
// Plotly forgets a zoom where scales are tied, so it is remembered here, for as long as the figure
// says that it still shows the same ground (layout.uirevision). New ground is a new plot.
const AXES = ["xaxis", "yaxis"];
const paint = async (node, state, { data, layout }) => {
  const Plotly = await load(state.plotly);
  const width = node.clientWidth;
  if (!width) return; // in a hidden tab; it is painted when it gets a width
  const fresh = state.ground !== layout.uirevision;
  if (fresh) state.zoom = null;
  state.ground = layout.uirevision;
  Object.assign(layout, { width, height: state.height, autosize: false });
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false; // a finger scrolls the page
  AXES.forEach((axis, i) => {
    if (state.zoom?.[i]) layout[axis] = { ...layout[axis], range: state.zoom[i].slice() };
  });
  const drawn = themed({ data, layout }, node);
  await (fresh ? Plotly.newPlot : Plotly.react)(node, drawn.data, drawn.layout, CONFIG);
  if (fresh) {
    node.on("plotly_relayout", (change) => {
      if (!Object.keys(change).some((name) => name.includes("axis"))) return;
      state.zoom = AXES.map((axis) => node.layout[axis]?.range?.slice());
    });
  }
  Plotly.Fx.unhover(node);
  node.dataset.painted = Number(node.dataset.painted ?? 0) + 1;
};

// ---- the player of a figure with frames ------------------------------------------------------
const BUTTONS = [
  ["first", "|◀", "First step (Home)"], ["back", "◀", "One step back (left arrow)"],
  ["play", "▶ Play", "Play or pause (space)"], ["next", "▶", "One step on (right arrow)"],
  ["last", "▶|", "Last step (End)"],
];

const makePlayer = (host, node, state) => {
  const bar = document.createElement("div");
  bar.className = "cl-player";
  bar.tabIndex = 0;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Steps");
  for (const [name, text, title] of BUTTONS) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text, title });
    button.setAttribute("aria-label", title);
    button.dataset.act = name;
    bar.append(button);
  }
  const range = Object.assign(document.createElement("input"), { type: "range", min: 0, step: 1 });
  range.setAttribute("aria-label", "Step");
  const where = document.createElement("span");
  where.className = "cl-where";
  bar.append(range, where);
  const words = document.createElement("p");
  words.className = "cl-words";
  words.setAttribute("aria-live", "polite");
  host.prepend(words);
  host.prepend(bar);

  const show = (step) => {
    const frames = state.figure.frames;
    state.step = Math.max(0, Math.min(frames.length - 1, step));
    const frame = frames[state.step];
    range.max = frames.length - 1;
    range.value = state.step;
    where.textContent = `step ${state.step + 1} of ${frames.length}`;
    words.textContent = frame.layout?.meta?.words ?? "";
    const traces = state.figure.data.slice();
    (frame.traces ?? traces.keys()).forEach((place, i) => {
      traces[place] = { ...traces[place], ...frame.data[i] };
    });
    node.setAttribute("aria-label", `${state.alt} ${words.textContent}`);
    return paint(node, state, { data: traces, layout: { ...state.figure.layout } });
  };
  const pause = () => {
    clearTimeout(state.timer);
    state.timer = null;
    bar.querySelector("[data-act=play]").textContent = "▶ Play";
  };
  const tick = () => {
    if (!host.isConnected || state.step >= state.figure.frames.length - 1) return pause();
    show(state.step + 1);
    state.timer = setTimeout(tick, 1100);
  };
  const play = () => {
    if (state.timer) return pause();
    if (state.step >= state.figure.frames.length - 1) show(0);
    bar.querySelector("[data-act=play]").textContent = "❚❚ Pause";
    state.timer = setTimeout(tick, 600);
  };
  const acts = {
    first: () => (pause(), show(0)),
    back: () => (pause(), show(state.step - 1)),
    play,
    next: () => (pause(), show(state.step + 1)),
    last: () => (pause(), show(state.figure.frames.length - 1)),
  };
  bar.addEventListener("click", (event) => acts[event.target.dataset?.act]?.());
  bar.addEventListener("keydown", (event) => {
    const act = { Home: "first", ArrowLeft: "back", " ": "play", ArrowRight: "next", End: "last" }[event.key];
    if (!act || (event.key === " " && event.target.tagName === "BUTTON")) return;
    event.preventDefault();
    acts[act]();
  });
  range.addEventListener("input", () => (pause(), show(Number(range.value))));
  return { show, pause };
};

// ---- what Streamlit calls: once when the chart appears, and again with each message -----------
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".cl-chart") ?? parentElement;
  const state = (host.clusterloom ??= { step: 0, timer: null });
  const fresh = state.text !== data.figure;
  Object.assign(state, {
    alt: data.alt, clicks: data.clicks, height: data.height, plotly: data.plotly,
    send: setTriggerValue, text: data.figure,
  });
  let node = host.querySelector(".cl-plot");
  if (!node) {
    node = document.createElement("div");
    node.className = "cl-plot";
    node.setAttribute("role", "img");
    host.append(node);
    listenForClicks(node, state);
    // The figure is parsed anew for each painting, since Plotly writes into what it is given.
    state.draw = () => {
      state.figure = JSON.parse(state.text);
      const painted = state.player ? state.player.show(state.step) : paint(node, state, state.figure);
      painted.catch((error) => { node.textContent = error.message; });
    };
    if (JSON.parse(data.figure).frames?.length) state.player = makePlayer(host, node, state);
    // A new theme changes the colours of the page, and with them those of the chart.
    const paper = () => getComputedStyle(host).getPropertyValue("--st-background-color");
    state.paper = paper();
    state.theme = new MutationObserver(() => {
      if (paper() !== state.paper) state.draw();
      state.paper = paper();
    });
    for (let up = host; up; up = up.parentElement) {
      state.theme.observe(up, { attributes: true, attributeFilter: ["style", "class"] });
    }
    state.size = new ResizeObserver(() => {
      if (node.clientWidth && node.clientWidth !== state.width) state.draw();
      state.width = node.clientWidth;
    });
    state.width = node.clientWidth;
    state.size.observe(node);
  }
  node.style.height = `${data.height}px`;
  node.style.cursor = data.clicks ? "crosshair" : "";
  node.setAttribute("aria-label", data.alt);
  if (fresh) {
    state.player?.pause();
    state.step = 0;
    state.draw();
  }
  return () => {
    if (host.isConnected) return;
    clearTimeout(state.timer);
    state.theme.disconnect();
    state.size.disconnect();
    window.Plotly?.purge(node);
  };
}
