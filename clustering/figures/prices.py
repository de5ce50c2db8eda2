"""Prices of a group as lines from one hundred, and who is with whom in rolling windows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, plain, styled
from clustering.words import count

__all__ = ["drift", "group", "normalised"]

NAMED = 8
"""Lines whose names stand at their ends; of more, the exemplar's alone."""
MOST_DAYS = 1_600
"""Days that are drawn; of more, evenly spaced ones."""


def normalised(close: pd.DataFrame) -> pd.DataFrame:
    """Give prices in per cent of the first price that each company has.

    Parameters
    ----------
    close : pandas.DataFrame
        Prices above zero, days by companies; NaN where there is none.

    Returns
    -------
    pandas.DataFrame
        The same days and companies.

    Examples
    --------
    >>> normalised(pd.DataFrame({"a": [np.nan, 20.0, 30.0]}))["a"].tolist()
    [nan, 100.0, 150.0]
    """
    first = close.bfill().iloc[0]
    return 100.0 * close / first.where(first > 0)


def group(
    close: pd.DataFrame,
    exemplar: int | None,
    *,
    names: Sequence[str],
    number: int = 0,
    keep: str = "",
) -> Figure:
    """Draw the prices of a group from one hundred on, the exemplar's line strong.

    Parameters
    ----------
    close : pandas.DataFrame
        Prices of the members, days by companies.
    exemplar : int or None
        Which column stands for the group.
    names : sequence of str
        How the companies are called.
    number : int
        Colour number of the group.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        One line a company; a gap where there is no price.
    """
    shown = normalised(close)
    step = max(1, -(-len(shown) // MOST_DAYS))
    shown = shown.iloc[::step]
    shade, days = colors.color(number), shown.index.to_numpy()
    called = [plain(name, most=24) for name in names]
    figure = go.Figure()
    order = [i for i in range(len(called)) if i != exemplar]
    for i in order + ([] if exemplar is None else [exemplar]):
        strong = i == exemplar
        figure.add_scatter(
            x=days,
            y=shown.iloc[:, i].to_numpy(dtype=np.float64),
            mode="lines",
            name=called[i],
            line={"color": shade, "width": 3.2 if strong else 1.2},
            opacity=1.0 if strong else 0.65,
            hovertemplate=f"{called[i]}<br>%{{x|%d %b %Y}}: %{{y:.1f}}<extra></extra>",
        )
    figure.add_hline(y=100.0, line={"color": MUTED, "width": 1, "dash": "dot"})
    values = shown.to_numpy(dtype=np.float64)
    last = shown.ffill().iloc[-1].to_numpy(dtype=np.float64)
    told = ", ".join(f"{called[i]} {last[i]:.0f}" for i in range(len(called)))
    styled(
        figure, y="price, first day = 100", alt=f"Prices in per cent of the first day, at the end: "
        f"{told}.", keep=(keep, tuple(called)),
        note="" if step == 1 else f"Every {count(step, 'day')} drawn.".replace("1 day", "day"),
    )  # fmt: skip
    if np.isfinite(values).any():
        _ends(figure, last, called, exemplar, float(np.nanmin(values)), float(np.nanmax(values)))
    figure.update_layout(margin={"r": 128})
    return figure


def _ends(
    figure: Figure, last: Floats, called: Sequence[str], exemplar: int | None, low: float,
    high: float,
) -> None:  # fmt: skip
    """Write names at the ends of lines, apart from one another."""
    who = [i for i in np.argsort(last) if np.isfinite(last[i])]
    if len(who) > NAMED:
        who = [i for i in who if i == exemplar]
    least, heights = 0.062 * ((high - low) or 1.0), list[float]()
    for i in who:
        heights.append(max(float(last[i]), heights[-1] + least if heights else -np.inf))
    over = max(heights[-1] - high, 0.0) if heights else 0.0
    for i, y in zip(who, heights, strict=True):
        text = f"<b>{called[i]}</b>" if i == exemplar else called[i]
        figure.add_annotation(
            x=1.0, xref="paper", xanchor="left", y=y - over, text=f" {text}", showarrow=False,
            font={"size": 12},
        )  # fmt: skip


def drift(
    shades: Integers,
    *,
    home: Integers,
    names: Sequence[str],
    windows: Sequence[tuple[str, str]],
    keep: str = "",
) -> Figure:
    """Draw who is in which cluster in rolling windows, in the colours of the whole range.

    Parameters
    ----------
    shades : ndarray of shape (n, w), int
        Colour number of the cluster that each point is in, in each window; -1 for none.
    home : ndarray of shape (n,), int
        The same over the whole range.
    names : sequence of n str
        How the points are called.
    windows : sequence of w pairs of str
        First and last day of each window.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Points by clusters of the whole range, the first on top; a dot where one is with others
        than there.
    """
    order = np.argsort(home, kind="stable")[::-1]
    there, own = shades[order], home[order]
    used = np.unique(np.concatenate([there.ravel(), own]))
    place = np.searchsorted(used, there)
    called = [plain(names[i], most=22) for i in order.tolist()]
    m, rows = len(windows), np.arange(len(called))
    figure = go.Figure(
        go.Heatmap(
            z=place,
            x=np.arange(m),
            y=rows,
            colorscale=colors.stepped([colors.color(int(shade)) for shade in used]),
            zmin=-0.5,
            zmax=len(used) - 0.5,
            showscale=False,
            xgap=1,
            ygap=1,
            customdata=[[f"{first} to {last}" for first, last in windows] for _ in called],
            text=[[name] * m for name in called],
            hovertemplate="%{text}<br>%{customdata}<extra></extra>",
        )
    )
    row, column = np.nonzero(there != own[:, None])
    figure.add_scatter(
        x=column,
        y=row,
        mode="markers",
        marker={
            "size": 6,
            "color": [
                colors.ink_on(colors.color(int(there[i, j])))
                for i, j in zip(row, column, strict=True)
            ],
        },
        hoverinfo="skip",
    )
    alt = (
        f"{len(called)} rows and {count(m, 'window')}; {count(len(row), 'cell')} where one is in "
        "another cluster than over the whole range."
    )
    styled(figure, alt=alt, x="last day of the window", keep=(keep, m))
    each = max(1, round(m / 8))
    figure.update_xaxes(
        tickvals=list(range(0, m, each)), ticktext=[windows[j][1] for j in range(0, m, each)],
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(tickvals=rows, ticktext=called, showgrid=False, tickfont={"size": 11})
    return figure
