"""The skeleton that every page shares: its question, its figures, its places, its tabs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering.data import samples
from clustering.partition import Partition
from dashboard.ui.jobs import show_anew
from dashboard.ui.numbers import with_band
from dashboard.ui.room import select
from dashboard.ui.state import arrive, leave
from dashboard.ui.words import explained, note

__all__ = [
    "KeyFigure",
    "Places",
    "header",
    "key_figures",
    "parameters",
    "places",
    "preset",
    "silhouette_figure",
    "sizes_figure",
    "tabs",
    "working",
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
    show_anew()
    st.markdown(f"# {question} :gray[:small[{method}]]")


def key_figures(row: Sequence[KeyFigure]) -> None:
    """Show at most five key figures in a row that wraps on a narrow screen."""
    with st.container(horizontal=True, gap="small"):
        for figure in row:
            st.metric(figure.label, figure.value, help=figure.help, border=True, width="stretch")


def silhouette_figure(value: float, low: float, high: float) -> KeyFigure:
    """Give the mean silhouette as a key figure, with its band where it is estimated."""
    return KeyFigure(
        "Silhouette",
        with_band(value, low, high),
        "Mean over all points of (b - a) / max(a, b): a is the mean distance to the own "
        "cluster, b to the nearest other one. 1 is well apart, 0 on the border.",
    )


def sizes_figure(partition: Partition) -> KeyFigure:
    """Give the smallest and the largest size of a cluster as a key figure."""
    sizes = partition.sizes
    return KeyFigure(
        "Sizes",
        f"{sizes.min():,} – {sizes.max():,}",
        "Points in the smallest and in the largest cluster.",
    )


# ---- where things stand -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand on a page of one map and one axis.

    They are laid out before anything is computed, so that nothing moves when it comes.

    Attributes
    ----------
    top : container
        What is said before all else, and the bar of what is computed.
    figures : container
        The key figures.
    map, sight : container
        The left column, and in it the points while no cluster is known.
    curve, side : container
        The right column: the curve, and below it the slider and what there is to say.
    """

    top: DeltaGenerator
    figures: DeltaGenerator
    map: DeltaGenerator
    sight: DeltaGenerator
    curve: DeltaGenerator
    side: DeltaGenerator


def places(wide: float = 1.35) -> Places:
    """Lay a page out; the left column is `wide` times as wide as the right one."""
    top, figures = st.container(), st.container()
    left, right = st.columns([wide, 1], gap="medium")
    return Places(top, figures, left, left.empty(), right.container(), right.container())


@contextmanager
def working(at: Places) -> Iterator[None]:
    """Compute what the page shows: bars and what is wrong stand on top, the sight goes."""
    with at.top, explained():
        yield
    at.sight.empty()


@contextmanager
def parameters() -> Iterator[None]:
    """Show the parameters of a method, in the sidebar below the data."""
    with st.sidebar:
        st.caption("PARAMETERS")
        yield


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
