"""The page on a fitted axis: how far it reaches, where the user stands on it, what it says.

A fitted axis answers the values that were computed. Its colours, its peak and its
notes follow from the axis alone, and its slider, its curve and its sentences are the
same whatever method gave the answers::

    k_max, n_init, seed = ui.tries("km", k_max=12, most=40)
    axis = ui.computed(kmeans.axis, dataset, k_max=k_max, n_init=n_init, seed=seed)
    here = ui.stand_on(axis, "km_k", room)         the slider; here.partition, here.numbers
    ui.axis_chart(here, "km_axis")                 the curve, on which a click moves the slider
    ui.about_axis(here)                            which k it supports, and how that was found

Where the parameter is no number of clusters (a preference, a bandwidth), `stand_at` has
the place of `stand_on`: its slider stands at the values that were computed, and a link or
a click goes to the nearest of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from clustering import validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset, Integers
from clustering.figures import axis as figures
from clustering.figures import colors
from clustering.partition import Partition
from dashboard.ui.chart import Click, chart
from dashboard.ui.jobs import computed
from dashboard.ui.room import Room
from dashboard.ui.state import recall_number, remember
from dashboard.ui.words import note

__all__ = [
    "Here",
    "about_axis",
    "about_peak",
    "axis_chart",
    "largest_k",
    "stand_at",
    "stand_on",
    "tries",
]


def largest_k(key: str, k_max: int, *, most: int) -> int:
    """Show how far the axis reaches: to `k_max` at first, to `most` at most."""
    return st.slider(
        "Largest k", 2, most, k_max, key=f"{key}_most", bind="query-params",
        help="Where the axis ends.",
    )  # fmt: skip


def tries(
    key: str, *, k_max: int, most: int, restarts: int = 50, fixed: bool = False
) -> tuple[int, int, int]:
    """Show how far the axis reaches and how hard each of its answers is looked for.

    Parameters
    ----------
    key : str
        Beginning of the names in the URL: ``<key>_most``, ``<key>_restarts``, ``<key>_seed``.
    k_max, most : int
        Largest k at first, and the largest that can be chosen.
    restarts : int
        Most restarts that can be chosen.
    fixed : bool
        Whether the method has no random start, so that restarts change nothing.

    Returns
    -------
    k_max, n_init, seed : int
    """
    return (
        largest_k(key, k_max, most=most),
        st.slider(
            "Restarts", 1, restarts, 10, key=f"{key}_restarts", bind="query-params",
            disabled=fixed, help="Each k is tried from so many starts; the best answer is kept.",
        ),
        st.slider(
            "Seed", 0, 99, 0, key=f"{key}_seed", bind="query-params",
            help="The same seed draws the same starts and samples.",
        ),
    )  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """Where the user stands on a fitted axis.

    Attributes
    ----------
    axis : FittedAxis
        Its partitions are the answers.
    value : float
        The present value.
    peak : Peak or None
        Where the silhouette is highest, if it has a value at all.
    shades : tuple of m ndarrays of shape (k,), int
        The colours that clusters keep along the axis.
    go : callable
        Moves to one of the values.
    least : float
        Smallest value that can be moved to.
    ground : str
        Key of the Dataset.
    free : bool
        Whether there is another value to move to.
    """

    axis: FittedAxis
    value: float
    peak: validity.Peak | None
    shades: tuple[Integers, ...]
    go: Callable[[float], None]
    least: float
    ground: str
    free: bool

    @property
    def k(self) -> int:
        """The present value, on an axis over the number of clusters."""
        return int(self.value)

    @property
    def place(self) -> int:
        """Which value of the axis this is, the last one for any beyond it."""
        return min(int(np.searchsorted(self.axis.values, self.value)), len(self.axis.values) - 1)

    @property
    def partition(self) -> Partition:
        """The answer."""
        return self.axis.partitions[self.place]

    @property
    def numbers(self) -> Integers:
        """Colour number of each of its clusters, shape (k,)."""
        return self.shades[self.place]

    @property
    def silhouette(self) -> tuple[float, float, float]:
        """The silhouette, and the ends of its band where it is estimated."""
        curves, at = self.axis.curves, self.place
        return (
            float(curves["silhouette"][at]),
            float(curves["silhouette_low"][at]),
            float(curves["silhouette_high"][at]),
        )

    def move(self, click: Click) -> None:
        """Go to the value nearest to a click on the curve."""
        values = self.axis.values[self.axis.values >= self.least]
        self.go(float(values[int(np.argmin(np.abs(values - click.x)))]))


def stand_on(
    axis: FittedAxis, key: str, room: Room, *, least: int = 1, given: int | None = None
) -> Here:
    """Show the slider that moves along an axis over k, and say where it stands.

    Parameters
    ----------
    axis : FittedAxis
        With a curve ``silhouette``.
    key : str
        Name of k in the URL.
    room : Room
        Other data than before bring the slider to the peak of the silhouette.
    least : int
        Where the slider begins, if the axis goes on beyond it.
    given : int, optional
        A k that follows from something else; there is no slider then.

    Returns
    -------
    Here
    """
    peak = validity.peak(axis.values, axis.curves["silhouette"])
    shades = computed(_along, room.dataset, axis=axis, anchor=0)
    low, high = int(axis.values[0]), int(axis.values[-1])
    low = max(low, least) if high >= least else low
    k = given or _slider(key, low, high, default=int(peak.value) if peak else low, on=room.data)
    free = given is None and low < high

    def go(value: float) -> None:
        st.session_state[key] = int(value)

    return Here(axis, k, peak, shades, go, low, room.dataset.key, free)


def stand_at(
    axis: FittedAxis,
    key: str,
    dataset: Dataset,
    *,
    label: str,
    default: float,
    on: str,
    said: Callable[[float], str] = "{:.4g}".format,
    anchor: float | None = None,
    help: str = "",
) -> Here:
    """Show the slider that moves along the computed values of any parameter.

    Parameters
    ----------
    axis : FittedAxis
        Of at least one value.
    key : str
        Name of the value in the URL.
    dataset : Dataset
        What the axis is about.
    label : str
        What the slider says.
    default : float
        Value near which other data open.
    on : str
        Of what the value makes sense: when it changes, the slider goes to the default.
    said : callable
        How a value is written on the slider.
    anchor : float, optional
        Value near which clusters take the colours in order (`colors.along`); the default.
    help : str
        What the value means.

    Returns
    -------
    Here
        Its peak is that of the curve ``silhouette``, None on an axis without one.
    """
    values = axis.values
    curve = axis.curves.get("silhouette")
    peak = None if curve is None else validity.peak(values, curve)
    fixed = int(np.abs(values - (default if anchor is None else anchor)).argmin())
    shades = computed(_along, dataset, axis=axis, anchor=fixed)
    low, high = float(values[0]), float(values[-1])
    known = recall_number(key, low=min(low, default), high=max(high, default), on=on)
    place = int(np.abs(values - (default if known is None else known)).argmin())
    if low == high:
        st.caption(f"{label}: only {said(low)} is possible with these data.")
    else:
        slide = f"{key}_slide"
        st.session_state[slide] = place
        st.select_slider(
            label, range(len(values)), key=slide, help=help or None,
            format_func=lambda at: said(float(values[at])),
            on_change=lambda: remember(key, float(values[st.session_state[slide]])),
        )  # fmt: skip
    here = float(values[place])
    return Here(axis, here, peak, shades, partial(remember, key), low, dataset.key, low < high)


def _slider(key: str, low: int, high: int, *, default: int, on: str) -> int:
    """Show the slider; other data bring it to their own default."""
    label = "Number of clusters k"
    known = st.session_state.get(key)
    other = st.session_state.get(f"{key}_on") not in (None, on)
    if known is not None and (other or not low <= known <= high):
        st.session_state[key] = default
    st.session_state[f"{key}_on"] = on
    if low == high:
        st.caption(f"{label}: only {low} is possible with these data.")
        return low
    return st.slider(label, low, high, default, key=key, bind="query-params")


def _along(dataset: Dataset, *, axis: FittedAxis, anchor: int) -> tuple[Integers, ...]:
    """Match each answer with its neighbour, from the anchor outwards."""
    return colors.along(axis.partitions, anchor=anchor)


def axis_chart(
    here: Here, key: str, *, left: str = "silhouette", right: str | None = None, height: int = 230
) -> None:
    """Draw what the method says over the whole axis; a click moves the slider.

    Parameters
    ----------
    here : Here
        The axis, and the value that is marked.
    key : str
        Of the chart.
    left, right : str
        Curves on the two scales; the best k are marked on the silhouette.
    height : int
        Pixels.
    """
    peak = here.peak
    figure = figures.curves(
        here.axis, here.value, left=left, right=right, best=peak.value if peak else None,
        support=[(k, k) for k in peak.near] if peak else (), keep=here.ground,
    )  # fmt: skip
    chart(figure, key, height=height, on_click=here.move if here.free else None)


def about_axis(here: Here, *, judged: str = "") -> None:
    """Say which k the silhouette supports, how it was computed, and what went amiss.

    Parameters
    ----------
    here : Here
        The axis and the present value.
    judged : str
        How the silhouette of the present answer was found, where it is not the axis' own.
    """
    notes = here.axis.notes
    known = np.isfinite(here.silhouette[0])
    own = notes.get("silhouette" if known else "silhouette_undefined", "")
    note(about_peak(here.peak, last=float(here.axis.values[-1])), judged or own)
    note(notes.get("fits", ""), notes.get("clusters", ""))


def about_peak(peak: validity.Peak | None, *, last: float) -> str:
    """Say which k the silhouette supports.

    Parameters
    ----------
    peak : Peak or None
        Where it is highest.
    last : float
        Where the axis ends.
    """
    if peak is None:
        return "No k has a silhouette."
    first, final = peak.plateau
    others = [f"{k:.0f}" for k in peak.near if not first <= k <= final]
    also = f" As good again at k = {', '.join(others)}." if others else ""
    if peak.value == last:
        also += " The axis ends there: raise Largest k to see whether it goes on rising."
    if first == final:
        return f"Highest at k = {peak.value:.0f}, and at no neighbouring k within 0.01 of it.{also}"
    return (
        f"Highest at k = {peak.value:.0f}; the plateau from {first:.0f} to {final:.0f} lies within "
        f"0.01 of it.{also}"
    )
