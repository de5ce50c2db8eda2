"""A page of charts for the tests of the chart: points, clicks, windows, frames, selection."""

import numpy as np
import streamlit as st
from plotly import graph_objects as go

from clustering.geometry.selection import Window, inside
from dashboard import ui

N = 10_000
st.session_state["runs"] = st.session_state.get("runs", 0) + 1


@st.cache_resource
def points(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    middles = random.uniform(-10, 10, size=(12, 2))
    return (middles[random.integers(0, 12, N)] + random.normal(size=(N, 2))).astype(np.float32)


def labelled(flat: np.ndarray, k: int) -> np.ndarray:
    angle = np.arctan2(flat[:, 1], flat[:, 0]) + np.pi
    return np.minimum((angle / (2 * np.pi) * k).astype(int), k - 1)


def scatter(k: int, *, webgl: bool, n: int, seed: int = 0) -> go.Figure:
    flat = points(seed)[:n]
    labels = labelled(flat, k)
    kind = go.Scattergl if webgl else go.Scatter
    figure = go.Figure()
    for cluster in range(k):
        place = np.flatnonzero(labels == cluster).astype(np.int32)
        figure.add_trace(
            kind(
                x=flat[place, 0],
                y=flat[place, 1],
                customdata=place + 1,
                mode="markers",
                marker={"size": 4},
                hovertemplate="row %{customdata}<extra></extra>",
                meta={"place": place, "of": "points"},
            )
        )
    figure.update_layout(
        template="none",
        uirevision=f"{webgl}{seed}",
        showlegend=False,
        margin={"l": 30, "r": 10, "t": 10, "b": 30},
        meta={"alt": f"{n} points in {k} groups", "note": "odd" if k % 2 else ""},
    )
    figure.update_xaxes(range=[-14, 14])
    figure.update_yaxes(range=[-14, 14], scaleanchor="x", constrain="domain")
    return figure


def image(window: Window | None) -> go.Figure:
    """Draw a figure that says which window it was drawn for."""
    seen = window or Window(0, 10, 0, 10)
    red = np.random.default_rng(int(1e3 * seen.left)).integers(0, 255, size=(60, 60, 3))
    figure = go.Figure(go.Scatter(x=[0, 10], y=[0, 10], mode="markers", marker={"opacity": 0}))
    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
    from PIL import Image

    figure.add_layout_image(
        source=Image.fromarray(red.astype(np.uint8)),
        xref="x", yref="y", x=seen.left, y=seen.high, sizex=seen.right - seen.left,
        sizey=seen.high - seen.low, sizing="stretch", layer="below",
    )  # fmt: skip
    figure.update_layout(
        template="none",
        uirevision="image",
        meta={
            "alt": f"drawn {st.session_state['drawn']} times, in run {st.session_state['runs']}",
            "windowed": True,
            "note": f"from {seen.left:.3f} to {seen.right:.3f}",
        },
    )
    figure.update_xaxes(range=[0, 10])
    figure.update_yaxes(range=[0, 10])
    return figure


def lesson(frames: int) -> go.Figure:
    figure = go.Figure(go.Scatter(x=[0, 1, 2], y=[0, 0, 0]))
    figure.frames = [
        go.Frame(data=[{"y": [i, 2 * i, i]}], layout={"meta": {"words": f"this is {i}"}})
        for i in range(frames)
    ]
    figure.update_layout(template="none", uirevision="lesson", meta={"alt": "a lesson"})
    return figure


k = st.slider("k", 2, 20, 4, key="k")
seed = st.radio("ground", [0, 1], horizontal=True)
frames = st.radio("frames", [0, 3], horizontal=True)
hidden = st.toggle("hide")
st.text(f"run {st.session_state['runs']}")
st.text(f"clicked {st.session_state.get('clicked')}")
st.session_state.setdefault("clicked", None)


def keep(click: ui.Click) -> None:
    st.session_state["clicked"] = f"{click.x:.2f} {click.y:.2f}"


left, right = st.columns(2)
with left:
    gl = None
    if not hidden:
        gl = ui.chart(scatter(k, webgl=True, n=N, seed=seed), "gl", selectable=True)
    flat = points(seed)
    st.text(f"gl {'nothing' if gl is None else inside(flat.astype(float), gl).sum()}")
    st.text(f"corners {0 if gl is None else len(gl.x)}")
with right:
    svg = ui.chart(
        scatter(k, webgl=False, n=2000, seed=seed), "svg", on_click=keep, selectable=True
    )
    few = flat[:2000].astype(float)
    st.text(f"svg {'nothing' if svg is None else inside(few, svg).sum()}")

with left:
    box = ui.chart(image, "image", selectable=True, on_click=keep)
    st.text(f"box {'nothing' if box is None else f'{min(box.x):.3f} {max(box.x):.3f}'}")
with right:
    ui.chart(lesson(frames), "lesson", height=300)
