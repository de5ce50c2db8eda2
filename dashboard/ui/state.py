"""Values that no widget holds, such as a clicked point: kept in session and URL.

Widgets keep theirs with ``bind="query-params"``. These few are read from the URL
when the session first meets them, and are in the URL whenever their page is shown.
"""

import streamlit as st

__all__ = ["recall", "remember"]


def recall(name: str, *, low: int, high: int) -> int | None:
    """Give the whole number remembered under `name`, or None.

    Parameters
    ----------
    name : str
        Name of the URL parameter.
    low, high : int
        Anything outside is forgotten, as is anything that is no number.
    """
    text = str(st.session_state.get(name, st.query_params.get(name, "")))
    known = text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high
    remember(name, int(text) if known else None)
    return int(text) if known else None


def remember(name: str, value: int | None) -> None:
    """Keep a whole number in the session and the URL; None forgets it."""
    st.session_state[name] = "" if value is None else value
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)
