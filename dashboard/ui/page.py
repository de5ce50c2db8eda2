"""The skeleton that every page shares: its question, its figures, its axis, its tabs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import ArrayLike

from clustering import validity
from clustering.axis import Axis, FittedAxis
from clustering.data import samples
from clustering.data.tables import Table
from clustering.dataset import Dataset, Integers
from clustering.figures import colors
from clustering.partition import Partition
from clustering.script import free_name
from dashboard.ui.chart import Click
from dashboard.ui.jobs import computed
from dashboard.ui.room import Room, select
from dashboard.ui.state import arrive, leave
from dashboard.ui.words import literal

__all__ = [
    "KeyFigure",
    "against_truth",
    "amount",
    "axis_control",
    "go_to",
    "header",
    "key_figures",
    "note",
    "number",
    "percent",
    "plane",
    "preset",
    "rows",
    "shades",
    "tabs",
    "with_band",
]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure: short enough never to be cut, with a text that defines it."""

    label: str
    value: str
    help: str


def header(question: str, method: str, *, key: str) -> None:
    """Say the question that the page answers, and the method in small grey.

    Parameters
    ----------
    question : str
        The page's title.
    method : str
        What answers it.
    key : str
        Beginning of the names of all parameters of the page.
    """
    arrive(key)
    st.markdown(f"# {question} :gray[:small[{method}]]")


def key_figures(row: Sequence[KeyFigure]) -> None:
    """Show at most five key figures in a row that wraps on a narrow screen."""
    with st.container(horizontal=True, gap="small"):
        for figure in row:
            st.metric(figure.label, figure.value, help=figure.help, border=True, width="stretch")


def number(value: float, digits: int) -> str:
    """Give a number for a key figure; a dash where it is undefined."""
    return f"{value:.{digits}f}" if np.isfinite(value) else "–"


def with_band(value: float, low: float, high: float) -> str:
    """Give a score with three digits, or with its band where it is estimated.

    Examples
    --------
    >>> with_band(0.4361, 0.4361, 0.4361), with_band(0.4361, 0.4299, 0.4423)
    ('0.436', '0.44 ± 0.01')
    """
    half = (high - low) / 2
    return number(value, 3) if not half > 0 else f"{value:.2f} ± {max(half, 0.01):.2f}"


def amount(value: float) -> str:
    """Give a number of any size with four digits: 177.4, 44.37k, 1.613G, as axes have it."""
    if not np.isfinite(value):
        return "–"
    if abs(value) < 9_999.5:
        return f"{value:.4g}"
    for size, unit in ((1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")):
        if abs(value) < 999.95 * size:
            return f"{value / size:.4g}{unit}"
    return f"{value:.3g}"


def percent(share: float, digits: int = 0) -> str:
    """Give a share from 0 to 1 as per cent; a dash where it is undefined."""
    return f"{100 * share:.{digits}f} %" if np.isfinite(share) else "–"


def note(text: str) -> None:
    """Say in small grey what must be said beside a figure; nothing where there is nothing."""
    if text:
        st.caption(literal(text, most=600))


def plane(dataset: Dataset, key: str) -> tuple[int, int] | None:
    """Let the user choose what the map of more than two columns shows.

    Parameters
    ----------
    dataset : Dataset
        Its columns are offered.
    key : str
        Beginning of the names of the two parameters in the URL.

    Returns
    -------
    pair of int, or None
        Places of two columns; None for principal components, or where there is
        nothing to choose.
    """
    if dataset.d <= 2:
        return None
    names = ["principal components", *dataset.columns]
    across = st.selectbox("Map, across", names, key=f"{key}_across", bind="query-params")
    if across == names[0]:
        return None
    rest = [name for name in dataset.columns if name != across]
    upwards = st.selectbox("Map, upwards", rest, key=f"{key}_up", bind="query-params")
    return dataset.columns.index(across), dataset.columns.index(upwards)


def preset(method: str, values: Mapping[str, object]) -> None:
    """Show the button that opens the book's own example of a method.

    Parameters
    ----------
    method : str
        Name of the method, which names the example's data.
    values : mapping of str to value
        Parameters by their names in the URL.
    """
    data, instead = samples.recipe(method)

    def apply() -> None:
        select(data)
        for name, value in values.items():
            st.session_state[name] = value
            st.session_state.pop(f"{name}_on", None)

    st.caption("PRESET")
    st.button("recipe", on_click=apply, help="The data and the values of the book's own example.")
    note(instead)


def axis_control(
    axis: Axis, key: str, *, label: str, default: float, on: str, least: int = 1
) -> float:
    """Show the slider that moves along a fitted axis of whole numbers.

    Parameters
    ----------
    axis : Axis
        Gives the values.
    key : str
        Name of the parameter in the URL.
    label : str
        What the slider says.
    default : float
        Value on which new data open.
    on : str
        Key of the Dataset: another one brings the slider back to `default`.
    least : int
        Where the slider begins, if the axis goes on beyond it.

    Returns
    -------
    float
        The present value, always one of ``axis.values``.
    """
    low, high = int(axis.values[0]), int(axis.values[-1])
    low = max(low, least) if high >= least else low
    known = st.session_state.get(key)
    other = st.session_state.get(f"{key}_on") not in (None, on)
    if known is not None and (other or not low <= known <= high):
        st.session_state[key] = int(default)
    st.session_state[f"{key}_on"] = on
    if low == high:
        st.caption(f"{label}: only {low} is possible with these data.")
        return low
    return st.slider(label, low, high, int(default), key=key, bind="query-params")


def go_to(axis: Axis, key: str, *, least: int = 1) -> Callable[[Click], None]:
    """Give what a click on an axis chart does: move the slider to the nearest value."""
    values = axis.values[axis.values >= least] if axis.values[-1] >= least else axis.values

    def move(click: Click) -> None:
        st.session_state[key] = int(values[int(np.argmin(np.abs(values - click.x)))])

    return move


def against_truth(room: Room, partition: Partition) -> str:
    """Say how well a result agrees with the known groups; nothing where none are known."""
    if room.table.truth is None:
        return ""
    found = computed(_agreement, room.dataset, table=room.table, partition=partition)
    return (
        f"Against the known groups (column {room.table.truth}): "
        f"ARI {number(found.rand.value, 3)}, AMI {number(found.mutual.value, 3)}, "
        f"accuracy {percent(found.accuracy.value, 1)}"
        + ("; noise left out." if partition.noise else ".")
    )


def shades(dataset: Dataset, axis: FittedAxis) -> tuple[Integers, ...]:
    """Give the colours that clusters keep along an axis, computed once for it."""
    return computed(_along, dataset, axis=axis)


def _along(dataset: Dataset, *, axis: FittedAxis) -> tuple[Integers, ...]:
    """Match each answer with its neighbour, from the beginning of the axis outwards."""
    return colors.along(axis.partitions, anchor=0)


def _agreement(dataset: Dataset, *, table: Table, partition: Partition) -> validity.Agreement:
    """Compare a result with the known groups of its table."""
    truth = pd.factorize(table.frame[table.truth].iloc[dataset.rows])[0]
    return validity.against(truth, partition.labels)


def rows(
    dataset: Dataset, places: Integers, columns: Mapping[str, tuple[ArrayLike, str, str | None]]
) -> None:
    """Show some rows of the user's file, by name, with what was found about them.

    Parameters
    ----------
    dataset : Dataset
        Names the rows and gives their original columns.
    places : ndarray of shape (m,), int
        Which points to show, in this order.
    columns : mapping of str to (array of n values, help text, number format)
        What was found, by column title.
    """
    table = {dataset.source.member: np.array([dataset.name_of(i) for i in places.tolist()])}
    config = {}
    for title, (values, help, form) in columns.items():
        table[title] = np.asarray(values)[places]
        if table[title].dtype.kind in "biuf":
            config[title] = st.column_config.NumberColumn(help=help or None, format=form)
    if dataset.features is not None:
        for name in dataset.features.columns:
            table[free_name(name, table)] = dataset.features[name].to_numpy()[places]
    st.dataframe(pd.DataFrame(table), hide_index=True, height=320, column_config=config)


def tabs(key: str, content: Mapping[str, Callable[[], None]]) -> None:
    """Show a tab for everything that has content, run only the open one, and end the page.

    Parameters
    ----------
    key : str
        Beginning of the names of all parameters of the page.
    content : mapping of str to callable
        What each tab shows; only what has something to show.
    """
    names = list(content)
    shown = st.tabs(names, key=f"{key}_tab", on_change="rerun", bind="query-params")
    for name, tab in zip(names, shown, strict=True):
        if tab.open:
            with tab:
                content[name]()
    leave(key)
