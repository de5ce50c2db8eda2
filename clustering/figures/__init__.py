"""Results as ordinary Plotly figures, for the dashboard and for a notebook alike.

A figure says only what carries meaning. Ink, grid and paper are left to whoever
shows it, so that one figure serves a light and a dark page: text is inherited,
lines that belong to neither are a grey that is visible on both. Each figure
carries in ``layout.meta["alt"]`` a sentence or two made from its data, for those
who cannot see it.
"""

from plotly.graph_objects import Figure

__all__ = ["Figure"]
