// The player of a figure with frames: its steps run in the browser.

const BUTTONS = [
  ["first", "|◀", "First step (Home)"], ["back", "◀", "One step back (left arrow)"],
  ["play", "▶ Play", "Play or pause (space)"], ["next", "▶", "One step on (right arrow)"],
  ["last", "▶|", "Last step (End)"],
];
const KEYS = { Home: "first", ArrowLeft: "back", " ": "play", ArrowRight: "next", End: "last" };

// `draw()` paints the chart, which asks `traces()` what the present step shows.
export const makePlayer = (chart, draw) => {
  const { host, node } = chart;
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
  host.prepend(bar, words);

  let step = 0;
  let timer = null;
  let frames = [];
  const show = (wanted) => {
    step = Math.max(0, Math.min(frames.length - 1, wanted));
    range.max = frames.length - 1;
    range.value = step;
    where.textContent = `step ${step + 1} of ${frames.length}`;
    words.textContent = frames[step].layout?.meta?.words ?? "";
    node.setAttribute("aria-label", `${chart.alt} ${words.textContent}`);
    return draw();
  };
  const pause = () => {
    clearTimeout(timer);
    timer = null;
    bar.querySelector("[data-act=play]").textContent = "▶ Play";
  };
  const tick = () => {
    if (!host.isConnected || step >= frames.length - 1) return pause();
    show(step + 1);
    timer = setTimeout(tick, 1100);
  };
  const play = () => {
    if (timer) return pause();
    if (step >= frames.length - 1) show(0);
    bar.querySelector("[data-act=play]").textContent = "❚❚ Pause";
    timer = setTimeout(tick, 600);
  };
  const acts = {
    first: () => (pause(), show(0)),
    back: () => (pause(), show(step - 1)),
    play,
    next: () => (pause(), show(step + 1)),
    last: () => (pause(), show(frames.length - 1)),
  };
  bar.addEventListener("click", (event) => acts[event.target.dataset?.act]?.());
  bar.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || (event.key === " " && event.target.tagName === "BUTTON")) return;
    event.preventDefault();
    acts[act]();
  });
  range.addEventListener("input", () => (pause(), show(Number(range.value))));

  return {
    begin: (figure) => {
      pause();
      frames = figure.frames;
      return show(figure.layout?.meta?.step ?? 0);
    },
    traces: (figure) => {
      const frame = figure.frames[step];
      const traces = figure.data.slice();
      (frame.traces ?? frame.data.keys()).forEach((place, i) => {
        traces[place] = { ...traces[place], ...frame.data[i] };
      });
      return traces;
    },
    remove: () => {
      pause();
      bar.remove();
      words.remove();
    },
  };
};
