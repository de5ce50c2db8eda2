// A region drawn by box or lasso: its corners in the units of the axes, and back.

const MOST = 200; // corners of a lasso

const line = (path) => {
  const x = [];
  const y = [];
  for (const [, a, b] of path.matchAll(/[ML]([^,]+),([^MLZ]+)/g)) {
    x.push(Number(a));
    y.push(Number(b));
  }
  return { x, y };
};

// A lasso has a corner for every move of the mouse: those too near to the last kept are dropped.
const thinned = ({ x, y }, { xaxis, yaxis }) => {
  for (let near = 1; x.length > MOST; near *= 1.5) {
    let last = 0;
    const kept = x.map((_, i) => {
      const [a, b] = [xaxis.d2p(x[i]) - xaxis.d2p(x[last]), yaxis.d2p(y[i]) - yaxis.d2p(y[last])];
      if (i && Math.hypot(a, b) < near) return false;
      last = i;
      return true;
    });
    [x, y] = [x, y].map((values) => values.filter((_, i) => kept[i]));
  }
  return { x, y };
};

export const corners = (shape, axes) => {
  if (shape.type === "rect") {
    const { x0, x1, y0, y1 } = shape;
    return { box: true, x: [x0, x1, x1, x0].map(Number), y: [y0, y0, y1, y1].map(Number) };
  }
  return { box: false, ...thinned(line(shape.path), axes) };
};

export const drawn = ({ box, x, y }) => {
  const where = { xref: "x", yref: "y" };
  if (box) return { type: "rect", x0: x[0], x1: x[1], y0: y[0], y1: y[2], ...where };
  return { type: "path", path: `M${x.map((each, i) => `${each},${y[i]}`).join("L")}Z`, ...where };
};
