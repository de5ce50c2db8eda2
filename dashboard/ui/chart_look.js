// How a figure looks on this page. The figure says what carries meaning; ink and paper come from
// the page.

// Bars that stand apart, one for each thing, are all seen at once; those of a histogram touch.
const bars = ({ layout }) => layout.bargap > 0;

export const themed = (figure, host) => {
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
  const { layout } = figure;
  const font = { color: ink, family: css.fontFamily };
  layout.font = { ...layout.font, ...font };
  layout.hoverlabel = {
    bgcolor: paper, bordercolor: ink, align: "left", ...layout.hoverlabel,
    font: { ...font, size: 13 },
  };
  if (bars(figure)) layout.dragmode = false;
  layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: `${ink}99`, activecolor: ink };
  layout.newselection = { line: { color: ink, width: 1.5, dash: "dot" } };
  layout.selections = layout.selections?.map((shape) => ({ ...shape, line: layout.newselection.line }));
  return figure;
};

export const config = (selectable, figure) => ({
  displaylogo: false,
  doubleClick: "reset",
  scrollZoom: false,
  showTips: false,
  plotGlPixelRatio: Math.max(1, window.devicePixelRatio),
  modeBarButtons: bars(figure) ? [["toImage"]] : [
    ["zoom2d", "pan2d", ...(selectable ? ["select2d", "lasso2d"] : []), "resetScale2d", "toImage"],
  ],
});
