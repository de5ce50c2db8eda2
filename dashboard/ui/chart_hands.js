// Mouse and keys: where a click fell, the zoom by keys.

const MOVED = 4; // pixels from which a press is a drag
const DOUBLE = 300; // milliseconds within which a second click belongs to the first

export const KEYS = "Plus and minus zoom, arrows move, 0 shows all";
export const KEYS_SELECTABLE = `${KEYS}, Escape drops the selection`;

// Where in the plot a mouse event fell, in the units of its axes.
const place = (node, event) => {
  const { xaxis, yaxis } = node._fullLayout;
  const frame = node.querySelector(".nsewdrag").getBoundingClientRect();
  return { x: xaxis.p2d(event.clientX - frame.left), y: yaxis.p2d(event.clientY - frame.top) };
};

// Plotly covers the page while a button is down, so the release is heard by the window.
export const listenForClicks = (chart) =>
  chart.node.addEventListener("pointerdown", (down) => {
    if (!chart.clicks || down.button !== 0 || !down.target.closest(".nsewdrag")) return;
    const where = place(chart.node, down);
    const over = new AbortController();
    let far = 0;
    window.addEventListener("pointermove", (on) => {
      far = Math.max(far, Math.hypot(on.clientX - down.clientX, on.clientY - down.clientY));
    }, { signal: over.signal });
    window.addEventListener("pointercancel", () => over.abort(), { signal: over.signal });
    window.addEventListener("pointerup", (up) => {
      over.abort();
      const again = up.timeStamp - (chart.clicked ?? -DOUBLE) < DOUBLE;
      chart.clicked = up.timeStamp;
      if (far <= MOVED && !again) chart.trigger("click", { ...where, at: Date.now() });
    }, { signal: over.signal });
  }, true);

const STEP = 0.15; // of what is seen
const ZOOM = 1.3;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const ZOOMS = { "+": 1 / ZOOM, "=": 1 / ZOOM, "-": ZOOM, _: ZOOM };

const moved = (axis, by, factor) => {
  const [low, high] = axis.range.map(axis.r2l);
  const middle = (low + high) / 2 + STEP * by * (high - low);
  return [-1, 1].map((side) => axis.l2r(middle + (side * factor * (high - low)) / 2));
};

// The change of layout that a key asks for, if any; `home` holds the ranges of the whole figure.
const change = (key, { node, home }) => {
  const axes = ["xaxis", "yaxis"].map((name) => [name, node._fullLayout[name]]);
  const free = axes.filter(([, axis]) => axis && !axis.fixedrange);
  const [right, up] = MOVES[key] ?? [0, 0];
  if (MOVES[key] || ZOOMS[key]) {
    return Object.fromEntries(free.map(([name, axis]) => [
      `${name}.range`, moved(axis, name === "xaxis" ? right : up, ZOOMS[key] ?? 1),
    ]));
  }
  if (key !== "0" && key !== "Home") return null;
  return Object.fromEntries(free.map(([name]) => (
    home[name] ? [`${name}.range`, home[name].slice()] : [`${name}.autorange`, true]
  )));
};

export const listenForKeys = (chart, { clear }) =>
  chart.node.addEventListener("keydown", (event) => {
    const { node } = chart;
    if (event.target !== node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!node._fullLayout) return;
    if (event.key === "Escape") return clear();
    const asked = change(event.key, chart);
    if (!asked || !Object.keys(asked).length) return;
    event.preventDefault();
    window.Plotly.relayout(node, asked);
  });
