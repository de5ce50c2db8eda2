"""Values that no widget holds, such as a clicked point: kept in session and URL.

Widgets keep theirs with ``bind="query-params"``. These few are read from the URL
when the session first meets them, and are in the URL whenever their page is shown.
"""

import streamlit as st

__all__ = ["arrive", "forget", "leave", "recall", "recall_number", "remember"]

LONGEST = 4_000


def arrive(page: str) -> None:
    """Make the URL and the widgets of a page ready, before any widget is drawn.

    What is longer than any parameter is taken out. The browser's back button leads to
    the bare address of a page, with which widgets would forget what they showed: on
    arrival they take it up again.

    Parameters
    ----------
    page : str
        Beginning of the names of the page's parameters.
    """
    for name in list(st.query_params):
        if max(map(len, st.query_params.get_all(name))) > LONGEST:
            del st.query_params[name]
    came_from, st.session_state["page"] = st.session_state.get("page"), page
    bare = not any(name.startswith(f"{page}_") for name in st.query_params)
    left = st.session_state.get(f"{page}_left")
    if bare and left and came_from not in (None, page):
        st.session_state.update(left)
        st.rerun()  # in a run that the back button made, the bare address would win


def leave(page: str) -> None:
    """Note what the page's widgets show, once they have all been drawn."""
    st.session_state[f"{page}_left"] = {
        name: st.session_state[name]
        for name in st.query_params
        if name.startswith(f"{page}_") and name in st.session_state
    }


def recall(name: str, *, low: int, high: int, on: object = None) -> int | None:
    """Give the whole number remembered under `name`, or None; else as `recall_number`."""
    known = recall_number(name, low=low, high=high, on=on)
    if known is not None and not known.is_integer():
        remember(name, None)
        return None
    return None if known is None else int(known)


def recall_number(name: str, *, low: float, high: float, on: object = None) -> float | None:
    """Give the number remembered under `name`, or None.

    Parameters
    ----------
    name : str
        Name of the URL parameter.
    low, high : float
        Anything outside is forgotten, as is anything that is no number.
    on : object
        The ground on which the number makes sense: when that changes it is forgotten,
        too. None where it always does.
    """
    if on is not None:
        forget(name, unless_on=on)
    text = str(st.session_state.get(name, st.query_params.get(name, "")))
    try:
        value = float(text) if len(text) < 40 else float("nan")
    except ValueError:
        value = float("nan")
    known = value if low <= value <= high else None
    remember(name, known)
    return known


def remember(name: str, value: float | None) -> None:
    """Keep a number in the session and the URL; None forgets it."""
    st.session_state[name] = "" if value is None else value
    text = "" if value is None else repr(value).removesuffix(".0")
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text


def forget(name: str, *, unless_on: object) -> None:
    """Empty what makes sense on one ground only, when the ground has changed.

    Parameters
    ----------
    name : str
        Key of a text widget that is drawn afterwards, or of what is recalled.
    unless_on : object
        The present ground; the first one that is met, as from a link, is right.
    """
    if st.session_state.setdefault(f"{name}_on", unless_on) != unless_on:
        st.session_state[f"{name}_on"] = unless_on
        st.session_state[name] = ""
