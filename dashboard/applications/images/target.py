"""A quality or a size that is wanted, and the number of colours that follows from it."""

import streamlit as st

from clustering import pictures
from clustering.errors import ClusterloomError
from clustering.pictures import Vectors
from dashboard import ui
from dashboard.applications.images.words import decibels, kilobytes

__all__ = ["control", "seek", "sought"]

GOALS = ("PSNR at least", "file at most")
SIZES = (1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000, 5000)
"""Kilobytes that can be asked for."""


def control() -> tuple[str, float]:
    """Show what is wanted and the button that finds it; give it as ``("psnr", 35.0)``."""
    st.caption("TARGET")
    goal = st.segmented_control(
        "Target", GOALS, default=GOALS[0], required=True, key="iq_goal", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if goal == GOALS[0]:
        wanted = "psnr", st.slider(
            "PSNR in dB", 20.0, 60.0, 35.0, 0.5, key="iq_psnr", bind="query-params",
            help="The fewest colours that reach it are looked for.",
        )  # fmt: skip
    else:
        wanted = "bytes", 1000.0 * st.select_slider(
            "File in kB", SIZES, 30, key="iq_kb", bind="query-params",
            help="The most colours whose file stays within it are looked for.",
        )  # fmt: skip
    words = "Find the fewest colours" if wanted[0] == "psnr" else "Find the most colours"
    st.button(words, key="iq_find", on_click=ask, args=(wanted,), width="stretch")
    return wanted


def ask(wanted: tuple[str, float]) -> None:
    """Note down that it is to be looked for, in the run that follows."""
    st.session_state["iq_sought"] = wanted
    st.session_state["iq_arrived"] = None


def sought(wanted: tuple[str, float]) -> bool:
    """Say whether what is wanted now is what was last looked for."""
    return st.session_state.get("iq_sought") == wanted


def seek(vectors: Vectors, wanted: tuple[str, float], *, method: str, seed: int) -> str:
    """Go to the number of colours that was looked for, once, and say what was found."""
    if not sought(wanted):
        return ""
    on = vectors.key, method, seed
    if st.session_state.get("iq_arrived") not in (None, on):  # asked of another picture
        st.session_state.pop("iq_sought")
        return ""
    new = st.session_state["iq_arrived"] is None
    st.session_state["iq_arrived"] = on
    name, value = wanted
    limits = {"psnr": value} if name == "psnr" else {"most_bytes": int(value)}
    try:
        found = ui.computed(pictures.fewest, vectors, method=method, seed=seed, **limits)
    except ClusterloomError as error:  # what is shown stays as it is
        return str(error)
    if new:
        ui.remember("iq_k", found.k)
        st.session_state["iq_k_on"] = vectors.picture.key
    near, size = decibels(found.psnr), kilobytes(found.bytes)
    by = f"by {method}, without dithering"
    if name == "psnr":
        return f"{found.k} is the fewest for {value:g} dB {by}: {near}, {size}."
    return f"{found.k} is the most for {kilobytes(value)} {by}: {size}, {near}."
