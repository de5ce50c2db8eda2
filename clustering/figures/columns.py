"""Columns as they come and as they are made: one by one, before and after, two by two."""

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go
from plotly.subplots import make_subplots

from clustering.data.kinds import Form
from clustering.data.steps.scaling import UNITS
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats
from clustering.figures import Figure, colors
from clustering.figures.style import AXIS, MUTED, plain, styled, title
from clustering.words import count

__all__ = ["bins", "change", "column", "matrix", "scree"]

MOST_BINS = 60
MOST_WORDS = 20
MOST_PAIRS = 6
"""Columns of a scatter matrix."""

DRAWN = 1_500
"""Points in each field of a scatter matrix."""


def as_numbers(cells: "pd.Series[Any]") -> Floats:
    """Give ordered cells as finite float64: dates as milliseconds since 1970, times as hours."""
    kind = cells.dtype.kind
    if kind == "M":
        whole = cells.dropna().astype("datetime64[us]")
        return np.asarray(whole.to_numpy().astype(np.int64), dtype=np.float64) / 1e3
    if kind == "m":
        return np.asarray(cells.dropna().dt.total_seconds() / 3600, dtype=np.float64)
    values = np.asarray(cells.to_numpy(np.float64, na_value=np.nan), dtype=np.float64)
    return values[np.isfinite(values)]


def bins(values: Floats, *, most: int = MOST_BINS) -> tuple[Floats, Floats]:
    """Count values in equal bins.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Finite numbers.
    most : int
        Bins at most.

    Returns
    -------
    counts : ndarray of shape (m,)
        Values in each bin.
    edges : ndarray of shape (m + 1,)
        Between the bins. Whole numbers that span few values get a bin each.

    Notes
    -----
    The width is that of Freedman and Diaconis, twice the interquartile range over the
    cube root of n, but there are at least as many bins as the square root of n.

    References
    ----------
    Freedman, D. and Diaconis, P. On the histogram as a density estimator: L2 theory.
    Zeitschrift für Wahrscheinlichkeitstheorie 57 (1981).

    Examples
    --------
    >>> bins(np.array([1.0, 1, 2, 4]))[0].tolist()
    [2.0, 1.0, 0.0, 1.0]
    """
    if not len(values):
        return np.zeros(1), np.array([0.0, 1.0])
    low, high = float(values.min()), float(values.max())
    with np.errstate(over="ignore"):
        span = high - low
    if not np.isfinite(span):  # one bar half as wide, for the whole width is no number
        return np.array([float(len(values))]), np.array([low / 2, high / 2])
    if span <= np.spacing(max(abs(low), abs(high))) * 4 * most:
        half = max(0.5, 1e-6 * max(abs(low), abs(high)))  # seen as a bar at any size
        return np.array([float(len(values))]), np.array([low - half, high + half])
    if span < most and (values == np.round(values)).all():
        edges = np.arange(low - 0.5, high + 1.0)
    else:
        middle = np.subtract(*np.quantile(values, [0.75, 0.25]))
        width = 2 * middle / np.cbrt(len(values))
        fewest = min(most, 5 + int(np.sqrt(len(values))))  # several heaps are wide apart
        number = min(most, max(fewest, int(np.ceil(span / width)))) if width > span / 1e6 else most
        # Fewer values than bins would stand apart like a comb.
        number = min(number, max(len(np.unique(values)), 2))
        edges = np.linspace(low, high, number + 1)
    return np.histogram(values, edges)[0].astype(np.float64), edges


def column(table: Table, name: str) -> Figure:
    """Draw how often each value of a column of the file occurs.

    Parameters
    ----------
    table : Table
        As read.
    name : str
        One of its columns.

    Returns
    -------
    Figure
        A histogram, or bars of the most frequent words.
    """
    cells, form = table.frame[name], table.form(name)
    missing = int(cells.isna().sum())
    gaps = f"{count(missing, 'cell')} missing" if missing else "nothing missing"
    figure = go.Figure()
    if ordered(form):
        values = as_numbers(cells)
        counts, edges = bins(values)
        figure.add_trace(histogram(counts, edges, dates=form.kind == "date"))
        note = gaps
        unit = f" ({form.unit})" if form.unit else " (hours)" if form.kind == "time" else ""
        alt = f"{plain(name)}: {len(values):,} values in {len(counts)} bins; {gaps}."
        x, y = f"{name}{unit}", "rows"
    else:
        words = cells.dropna().astype(str).value_counts().head(MOST_WORDS)[::-1]
        different = int(cells.nunique())
        figure.add_trace(
            go.Bar(
                x=words.to_numpy(),
                y=[plain(word, most=30) for word in words.index],
                orientation="h",
                marker={"color": colors.CHOSEN[0], "opacity": 0.75},
                hovertemplate="%{y}: %{x:,} rows<extra></extra>",
            )
        )
        shown = f"the {MOST_WORDS} most frequent of {different:,} different; " * (
            different > MOST_WORDS
        )
        note = f"{shown}{gaps}"
        alt = f"{plain(name)}: {different:,} different; {note}."
        x, y = "rows", ""
    styled(figure, alt=alt, x=x, y=y, keep=(table.key, name), note=note)
    if form.kind == "date" and ordered(form):
        figure.update_xaxes(type="date")
    if not ordered(form):
        figure.update_yaxes(type="category", showgrid=False)
    return figure


def ordered(form: Form) -> bool:
    """Tell whether values of a column lie on a line."""
    return form.kind in ("number", "date", "time")


def histogram(counts: Floats, edges: Floats, *, shade: str = "", dates: bool = False) -> Any:
    """Draw counts as bars between edges."""
    middle: Any = (edges[:-1] + edges[1:]) / 2
    width: Any = np.diff(edges)
    if dates:
        middle = pd.to_datetime(middle, unit="ms").strftime("%Y-%m-%d %H:%M:%S").tolist()
    return go.Bar(
        x=middle,
        y=counts,
        width=width,
        marker={"color": shade or colors.CHOSEN[0], "opacity": 0.75},
        hovertemplate="around %{x}: %{y:,} rows<extra></extra>",
    )


def change(before: pd.DataFrame, after: pd.DataFrame, *, said: str, keep: object) -> Figure:
    """Draw columns before and after a step of preparation, side by side.

    Parameters
    ----------
    before, after : DataFrame
        Numbers; the columns are drawn in their order, the first three of each.
    said : str
        What the step is called.
    keep : object
        The user's zoom is kept for as long as this stays the same.

    Returns
    -------
    Figure
        Histograms: above as it was, in grey; below as it is now.
    """
    left, right = list(before.columns)[:3], list(after.columns)[:3]
    wide = max(len(left), len(right), 1)
    figure = make_subplots(rows=2, cols=wide, vertical_spacing=0.3, horizontal_spacing=0.08)
    for row, frame, names, shade in (
        (1, before, left, MUTED),
        (2, after, right, colors.CHOSEN[0]),
    ):
        for place, name in enumerate(names, start=1):
            counts, edges = bins(as_numbers(frame[name]), most=30)
            figure.add_trace(histogram(counts, edges, shade=shade), row=row, col=place)
    alt = (
        f"{said}: {', '.join(plain(name, most=30) for name in left) or 'nothing'} before, and "
        f"{', '.join(plain(name, most=30) for name in right) or 'nothing'} after."
    )
    styled(figure, alt=alt, keep=(keep,))
    figure.update_xaxes(**{**AXIS, "nticks": 4})
    figure.update_yaxes(**{**AXIS, "nticks": 3, "rangemode": "tozero"})
    for row, names, when in ((1, left, "before"), (2, right, "after")):
        figure.update_yaxes(title=title(when), row=row, col=1)
        for place, name in enumerate(names, start=1):
            figure.update_xaxes(title=title(short(name, 36 // wide)), row=row, col=place)
    return figure


def short(name: object, most: int) -> str:
    """Cut the name of a coordinate, first of all what was done to it."""
    text = str(name)
    for unit in UNITS.values():
        text = text.removesuffix(f" ({unit})")
    return text if len(text) <= most else f"{text[: most - 1]}…"


def matrix(dataset: Dataset, groups: "pd.Series[Any] | None" = None) -> Figure:
    """Draw prepared columns against one another, two by two.

    Parameters
    ----------
    dataset : Dataset
        After preparation.
    groups : Series of shape (n,), optional
        Known groups, by which points are coloured.

    Returns
    -------
    Figure
        The `MOST_PAIRS` widest columns at most, and of more than `DRAWN` points an even
        choice; the note says so.
    """
    spread = dataset.points.std(axis=0)
    shown = np.sort(np.argsort(-spread, kind="stable")[:MOST_PAIRS])
    place = np.linspace(0, dataset.n - 1, min(DRAWN, dataset.n)).astype(np.int64)
    shade: Any = colors.CHOSEN[0]
    named = ""
    if groups is not None:
        numbers, words = pd.factorize(groups.iloc[place], sort=True)
        shade = [colors.color(int(number)) for number in numbers]
        named = f"; coloured by {plain(groups.name)} ({count(len(words), 'group')})"
    names = [short(dataset.columns[j], 18) for j in shown]
    figure = go.Figure(
        go.Splom(
            dimensions=[
                {"label": plain(name), "values": dataset.points[place, j].astype(np.float32)}
                for name, j in zip(names, shown, strict=True)
            ],
            text=[plain(dataset.name_of(int(i))) for i in place],
            hovertemplate="<b>%{text}</b><br>%{xaxis.title.text}: %{x:.4g}"
            "<br>%{yaxis.title.text}: %{y:.4g}<extra></extra>",
            marker={"size": 4, "color": shade, "opacity": 0.7},
            diagonal={"visible": False},
            showupperhalf=False,
        )
    )
    notes = []
    if len(shown) < dataset.d:
        notes.append(f"the {len(shown)} widest of {dataset.d} columns")
    if len(place) < dataset.n:
        notes.append(f"{len(place):,} of {dataset.n:,} rows, evenly chosen")
    note = "; ".join(notes) + named if notes else named.removeprefix("; ")
    alt = f"{count(len(shown), 'prepared column')} against one another{named}."
    styled(figure, alt=alt, keep=(dataset.key,), note=note)
    for number, name in enumerate(names, start=1):
        for way in "xy":
            axis = f"{way}axis{number if number > 1 else ''}"
            figure.layout[axis] = {**AXIS, "nticks": 4, "title": title(name)}
    return figure


def scree(shares: Floats, *, kept: int) -> Figure:
    """Draw how much of the variance each principal component holds, and all up to it.

    Parameters
    ----------
    shares : ndarray of shape (d,)
        From 0 to 1, falling.
    kept : int
        How many are kept.

    Returns
    -------
    Figure
        Bars, those that are kept in colour, under the line of their sum.
    """
    place = np.arange(1, len(shares) + 1)
    total = np.cumsum(shares)
    shade = [colors.CHOSEN[0] if number <= kept else MUTED for number in place]
    figure = go.Figure(
        [
            go.Bar(
                x=place, y=100 * shares, marker={"color": shade},
                hovertemplate="component %{x}: %{y:.1f} %<extra></extra>",
            ),
            go.Scatter(
                x=place, y=100 * total, mode="lines+markers", line={"color": MUTED},
                hovertemplate="the first %{x}: %{y:.1f} %<extra></extra>",
            ),
        ]
    )  # fmt: skip
    alt = (
        f"{count(len(shares), 'principal component')}; the first {kept} hold "
        f"{total[max(kept, 1) - 1]:.1%} of the variance."
    )
    styled(figure, alt=alt, x="principal component", y="variance (%)", keep=(len(shares),))
    figure.update_yaxes(range=[0, 104])
    return figure
