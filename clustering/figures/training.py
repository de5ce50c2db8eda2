"""How a network learns: its loss epoch by epoch, and its error beside what costs no training."""

from collections.abc import Mapping

import numpy as np
from plotly import graph_objects as go

from clustering.axis import FittedAxis
from clustering.dataset import Floats
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT, second_scale
from clustering.figures.style import MUTED, plain, styled
from clustering.words import count

__all__ = ["errors", "losses", "sizes"]

SHADES = (colors.CHOSEN[0], "#c2611f", colors.CHOSEN[2], colors.CHOSEN[4])
"""Of the curves, in order; readable on both backgrounds."""


def losses(
    history: Mapping[str, Floats],
    *,
    epochs: int,
    y: str = "loss",
    levels: Mapping[str, float] | None = None,
    keep: str = "",
) -> Figure:
    """Draw what was measured after every epoch.

    Parameters
    ----------
    history : mapping of str to ndarray of shape (epochs done,)
        By the name of each curve, the first the most important; NaN where unknown.
    epochs : int
        How many are wanted: the axis reaches so far from the beginning.
    y : str
        Title of the scale.
    levels : mapping of str to float, optional
        What something else reaches on the same scale, drawn as lines with their names.
    keep : str
        The zoom is kept while this stays the same.

    Returns
    -------
    Figure
        The names stand in the upper right corner, with the newest values.
    """
    figure = go.Figure()
    told, ends = [], []
    for place, (name, curve) in enumerate(history.items()):
        known = np.isfinite(curve)
        if not known.any():
            continue
        shade, x = SHADES[place % len(SHADES)], np.arange(1, len(curve) + 1)
        last = int(np.flatnonzero(known)[-1])
        figure.add_scatter(
            x=x, y=curve, mode="lines+markers" if len(curve) <= 30 else "lines", name=name,
            line={"color": shade, "width": 2, "dash": "solid" if place == 0 else "dot"},
            marker={"size": 5},
            hovertemplate=f"{plain(name)} %{{y:.4g}}<extra></extra>",
        )  # fmt: skip
        ends.append((name, float(curve[last]), shade))
        told.append(f"{name} goes from {curve[known][0]:.4g} to {curve[last]:.4g}")
    done = max((len(curve) for curve in history.values()), default=0)
    alt = f"After {count(done, 'epoch')} of {epochs:,}: {'; '.join(told) or 'nothing yet'}."
    styled(figure, x="epoch", y=y, alt=alt, keep=(keep, y))
    top = max((float(np.nanmax(c)) for c in history.values() if np.isfinite(c).any()), default=1.0)
    shown = {name: value for name, value in (levels or {}).items() if 0 < value < 1.1 * top}
    for name, value in shown.items():
        figure.add_hline(y=value, line={"color": MUTED, "width": 1.2, "dash": "dash"})
        figure.add_annotation(
            xref="paper", x=0.99, y=value, text=plain(name), showarrow=False, xanchor="right",
            yanchor="bottom", font={"color": MUTED, "size": 11},
        )  # fmt: skip
    _named(figure, ends)
    reach = max(epochs, done, 2)
    step = max(1, -(-reach // 50) * 5 if reach > 10 else 1)
    figure.update_xaxes(range=[0.5, reach + 0.04 * reach + 0.5], tickmode="linear", dtick=step)
    room = 1.12 if len(ends) < 3 else 1.35  # for the names of more than two
    figure.update_yaxes(range=[0.0, room * top], nticks=6)
    figure.update_layout(hovermode="x")
    return figure


def _named(figure: Figure, ends: list[tuple[str, float, str]]) -> None:
    """Write the names in the corner that curves which fall leave free."""
    for rank, (name, value, shade) in enumerate(ends):
        figure.add_annotation(
            xref="paper", yref="paper", x=0.99, y=0.99, text=f"{plain(name)} {value:.4g}",
            showarrow=False, xanchor="right", yanchor="top", yshift=-18 * rank,
            font={"color": shade, "size": 13},
        )  # fmt: skip


def errors(found: Mapping[str, float], *, present: str, unit: str, keep: str = "") -> Figure:
    """Draw the errors of a few ways as bars, each with its number.

    Parameters
    ----------
    found : mapping of str to float
        Error of each way, the smaller the better; NaN where unknown.
    present : str
        The one that the page is about.
    unit : str
        What the error is.
    keep : str
        As for `losses`.

    Returns
    -------
    Figure
    """
    names = list(found)[::-1]
    values = np.array([found[name] for name in names])
    shades = [colors.CHOSEN[0] if name == present else MUTED for name in names]
    figure = go.Figure(
        go.Bar(
            x=values, y=[f"{plain(name)} " for name in names], orientation="h",
            marker={"color": shades},
            text=[f"{value:.4f}" if np.isfinite(value) else "–" for value in values],
            textposition="outside", textfont={"size": 12}, cliponaxis=False,
            hovertemplate="%{y}: %{x:.5f}<extra></extra>",
        )
    )  # fmt: skip
    told = ", ".join(f"{name} {found[name]:.4f}" for name in found)
    styled(figure, x=unit, alt=f"{unit}: {told}.", keep=(keep, *names))
    figure.update_xaxes(range=[0, 1.25 * float(np.nanmax(values, initial=1e-9))], nticks=5)
    figure.update_yaxes(showgrid=False, tickfont={"size": 12})
    figure.update_layout(bargap=0.3)
    return figure


def sizes(axis: FittedAxis, value: float, *, mean_error: float, keep: str = "") -> Figure:
    """Draw what every latent size loses, and how well its clusters fit the classes.

    Parameters
    ----------
    axis : FittedAxis
        Over "latent", with the curves ``error``, ``pca_error`` and ``accuracy``.
    value : float
        The present size, drawn as a line.
    mean_error : float
        Error of the mean image, drawn as a line where it is on the scale.
    keep : str
        The zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Its x are logarithms of the sizes to the base 2.
    """
    figure, x = Figure(), np.log2(axis.values)
    told = []
    for place, (curve, name) in enumerate((("error", "network"), ("pca_error", "PCA"))):
        figure.add_scatter(
            x=x, y=axis.curves[curve], mode="lines+markers", name=name, customdata=axis.values,
            line={"color": SHADES[0] if place == 0 else MUTED, "width": 2,
                  "dash": "solid" if place == 0 else "dash"},
            marker={"size": 7},
            hovertemplate=f"{name}, %{{customdata:.0f}} numbers: %{{y:.4f}}<extra></extra>",
        )  # fmt: skip
        told.append(f"{name} loses {axis.curves[curve][0]:.4f} to {axis.curves[curve][-1]:.4f}")
    scored = np.isfinite(axis.curves["accuracy"]).any()
    if scored:
        figure.add_scatter(
            x=x, y=axis.curves["accuracy"], yaxis="y2", mode="lines+markers", name="accuracy",
            line={"color": RIGHT, "width": 2, "dash": "dot"}, marker={"size": 7},
            customdata=axis.values,
            hovertemplate="accuracy, %{customdata:.0f} numbers: %{y:.1%}<extra></extra>",
        )  # fmt: skip
        best = axis.values[np.nanargmax(axis.curves["accuracy"])]
        told.append(f"accuracy is highest at {best:g}")
    figure.add_vline(x=float(np.log2(value)), line={"color": colors.CHOSEN[0], "width": 2})
    alt = f"{int(axis.values[0])} to {int(axis.values[-1])} numbers: {'; '.join(told)}."
    styled(figure, x="latent size", y="mean squared error of a pixel", alt=alt, keep=(keep,))
    top = 1.15 * float(max(np.max(axis.curves["error"]), np.max(axis.curves["pca_error"])))
    if mean_error < top:
        figure.add_hline(y=mean_error, line={"color": MUTED, "width": 1.2, "dash": "dash"})
    figure.update_layout(
        xaxis={"tickvals": x, "ticktext": [f"{each:g}" for each in axis.values]},
        yaxis={"range": [0.0, top], "nticks": 6}, showlegend=True, hovermode="x",
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0}, margin={"t": 36},
    )  # fmt: skip
    if scored:
        second_scale(
            figure,
            "accuracy",
            range=[0.0, 1.05],
            tickformat=".0%",
            tickvals=[0, 0.25, 0.5, 0.75, 1],
        )
    return figure
