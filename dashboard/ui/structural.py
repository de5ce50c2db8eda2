"""The slider along a structural axis, which answers any value and not only steps.

A slider has places, an axis has all values between. So the value itself is kept, in the
session and the URL: the slider sets it to one of its places, a click on the curve or a typed
number to anything, and the slider then stands at the nearest place.
"""

from collections.abc import Callable

import numpy as np
import streamlit as st

from clustering.dataset import Floats
from dashboard.ui.chart import Click
from dashboard.ui.state import recall_number, remember

__all__ = ["ladder", "value_control", "value_go_to"]

PLACES = 400


def ladder(low: float, high: float, *, whole: bool = False) -> Floats:
    """Give the places of a slider: even steps on a logarithmic scale.

    Parameters
    ----------
    low, high : float
        Positive ends.
    whole : bool
        Only whole numbers: every one at first, then by steps of at least 2.5 %.

    Returns
    -------
    ndarray of shape (m,)
        Ascending, from `low` to `high`.

    Examples
    --------
    >>> ladder(1, 8, whole=True).tolist(), len(ladder(0.5, 20.0))
    ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], 400)
    """
    if not whole:
        steps = np.geomspace(low, high, PLACES)
        steps[0], steps[-1] = low, high
        return np.unique(steps)
    many = int(np.ceil(np.log(max(high / low, 2)) / np.log(1.025)))
    return np.unique(np.round(np.geomspace(low, high, many))).astype(np.float64)


def value_control(
    key: str,
    places: Floats,
    *,
    label: str,
    default: float,
    on: str,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    help: str = "",
) -> float:
    """Show the slider that moves along a structural axis, and a field for any value.

    Parameters
    ----------
    key : str
        Name of the value in the URL.
    places : ndarray of shape (m,)
        Where the slider can stand, ascending (`ladder`); whole numbers give whole values.
    label : str
        What the slider says.
    default : float
        Value on which new data open.
    on : str
        Key of the data: other data bring the value back to `default`.
    low, high : float, optional
        What may be typed or clicked, where that is more than the slider's ends.
    unit : str
        Unit of the values, said beside each.
    help : str
        What the value means.

    Returns
    -------
    float
        The present value, between `low` and `high`.
    """
    low = float(places[0]) if low is None else low
    high = float(places[-1]) if high is None else high
    whole = bool(np.all(places == np.round(places)))
    value = recall_number(key, low=low, high=high, on=on)
    value = min(max(float(default), low), high) if value is None else value
    if whole:
        value = float(round(value))
    if len(places) == 1:
        said = _said(value, "" if whole else unit)
        st.caption(f"{label}: only {said} is possible with these data.")
        return value
    slide, typed = f"{key}_slide", f"{key}_typed"
    st.session_state[slide] = int(np.abs(np.log(places / value)).argmin())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.select_slider(
            label,
            range(len(places)),
            key=slide,
            format_func=lambda place: _said(float(places[place]), unit),
            on_change=lambda: remember(key, float(places[st.session_state[slide]])),
            help=help or None,
        )
        with st.popover("any value", help="Type any value between those of the slider."):
            st.session_state[typed] = int(value) if whole else value
            st.number_input(
                label,
                min_value=int(low) if whole else low,
                max_value=int(high) if whole else high,
                step=1 if whole else None,
                format=None if whole else "%.10g",
                key=typed,
                on_change=lambda: remember(key, float(st.session_state[typed])),
            )
    return value


def value_go_to(
    key: str, *, low: float, high: float, of: Callable[[float], float] = float
) -> Callable[[Click], None]:
    """Give what a click on a curve does: go to the value that was pointed at.

    Parameters
    ----------
    key : str
        Name of the value in the URL.
    low, high : float
        What is beyond goes to the nearer end.
    of : callable
        What a place on the curve's scale means, where it is not the value itself.
    """
    return lambda click: remember(key, min(max(of(click.x), low), high))


def _said(value: float, unit: str) -> str:
    """Write a value with its unit."""
    return f"{value:.4g} {unit}".strip()
