"""What a chart is sent: nothing twice, and the browser's figure is the figure."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from plotly import graph_objects as go

from dashboard.ui import wire


def read(figure: go.Figure, sent: wire.Sent, store: dict[str, Any]) -> dict[str, Any]:
    told, found = wire.unpack(wire.pack(figure, {"alt": "a"}, sent=sent, chart="c"), store)
    assert told == {"alt": "a"}
    return found


def once(figure: go.Figure) -> dict[str, Any]:
    return read(figure, wire.Sent(), {})


def size(figure: go.Figure, sent: wire.Sent, chart: str = "c") -> int:
    return len(wire.pack(figure, {}, sent=sent, chart=chart))


def same(one: Any, other: Any) -> bool:
    """Equal as a browser has it: NaN is null, a tuple is a list, an array its values."""
    if isinstance(one, np.ndarray | tuple):
        return same(list(one), other)
    if isinstance(other, np.ndarray | tuple):
        return same(one, list(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float | np.floating) and not np.isfinite(one):
        return other is None or other == one or other != other
    return bool(one == other)


def cut(labels: np.ndarray, parts: dict[str, Sequence[Any]], kind: str = "scattergl") -> go.Figure:
    """Make a figure of one trace a label, each with its part of the arrays."""
    figure = go.Figure()
    for label in np.unique(labels[labels >= 0]):
        place = np.flatnonzero(labels == label).astype(np.int32)
        mine = {
            name: whole[place] if isinstance(whole, np.ndarray) else [whole[i] for i in place]
            for name, whole in parts.items()
        }
        marker = {"size": mine.pop("size")} if "size" in mine else {}
        meta = {"place": place, "of": "points", "outline": "paper"}
        figure.add_trace({"type": kind, "marker": marker, "meta": meta, **mine})
    return figure


def without_places(figure: go.Figure) -> list[dict[str, Any]]:
    return [
        {**trace, "meta": {"outline": "paper"}} if "place" in trace.get("meta", {}) else trace
        for trace in figure._data
    ]


@settings(deadline=None)
@given(
    labels=arrays.arrays(np.int8, st.integers(1, 300), elements=st.integers(-1, 5)),
    kind=st.sampled_from(["f4", "f8", "i8", "u1", "U"]),
    seed=st.integers(0, 5),
)
def test_the_browser_has_the_traces_of_the_figure(labels, kind, seed):
    random = np.random.default_rng(seed)
    n = len(labels)
    values = random.integers(0, 200, n)
    x = [f"t{i}" for i in values] if kind == "U" else values.astype(kind)
    figure = cut(labels, {"x": x, "y": random.normal(size=n), "customdata": np.c_[values, values]})
    assert same(without_places(figure), once(figure)["data"])


@pytest.mark.parametrize(
    "places",
    [
        [np.arange(100), np.arange(100)],  # a point in two traces
        [np.arange(100)[::-1], np.arange(100, 200)],  # not in order
        [np.array([5, 5] + list(range(6, 104))), np.arange(200, 300)],  # named twice
        [np.arange(-1, 99), np.arange(100, 200)],
        [np.arange(1_000_000, 1_000_100), np.arange(100)],  # few of many
    ],
)
def test_places_that_are_no_partition_lose_nothing(places):
    figure = go.Figure()
    for place in places:
        meta = {"place": place, "of": "points", "outline": "paper"}
        figure.add_scattergl(x=np.random.default_rng(0).normal(size=100), meta=meta)
    assert same(without_places(figure), once(figure)["data"])


def test_arrays_that_only_some_traces_have_stay_with_them():
    labels = np.arange(200) % 2
    figure = cut(labels, {"x": np.arange(200.0), "y": np.arange(200.0)})
    figure.data[0].marker.size = np.arange(100.0)
    figure.data[1].text = [str(i) for i in range(100)]
    figure.data[1].y = figure.data[1].y.astype(np.float32)
    assert same(without_places(figure), once(figure)["data"])


N = 20_000


def points(k: int) -> go.Figure:
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, N)).astype(np.float32)
    names = [f"row {i}" for i in range(N)]
    labels = np.random.default_rng(k).integers(0, k, N)
    figure = cut(labels, {"x": x, "y": y, "text": names, "size": y + 9})
    return figure.update_layout(template="none")


def test_points_travel_once_then_labels_then_nothing():
    sent, store = wire.Sent(), {}
    assert size(points(3), sent) > 3 * 4 * N
    for k in (4, 5, 6):
        assert N < size(points(k), sent) < N + 1_000
        assert size(points(k), sent) < 1_000, "nothing has changed"
    assert size(points(6), sent, "another chart") < N + 1_000
    sent = wire.Sent()
    for k in (3, 5, 4, 5, 5):
        assert same(without_places(points(k)), read(points(k), sent, store)["data"])


def test_labels_of_an_earlier_k_are_sent_again():
    """They may have been lost on the way when k moved fast."""
    sent = wire.Sent()
    for k in (3, 4, 3):
        assert size(points(k), sent) > N


def test_what_is_forgotten_is_sent_again():
    sent, store = wire.Sent(), {}
    read(points(3), sent, store)
    sent.forget(list(store))
    assert size(points(3), sent) > 3 * 4 * N
    small = wire.Sent(limit=N)
    assert all(size(points(3), small) > 3 * 4 * N for _ in range(2))
    with pytest.raises(KeyError):
        wire.unpack(wire.pack(points(3), {}, sent=sent, chart="c"), {})


def test_what_plotly_takes_arrives():
    figure = go.Figure(
        go.Heatmap(
            z=np.arange(100.0).reshape(10, 10),
            customdata=np.array([[f"{i}{j}" for j in range(10)] for i in range(10)], object),
        )
    )
    long = np.arange(100)
    figure.add_scatter(x=pd.date_range("2024-01-01", periods=100), y=[None, np.nan, 1.5] + [2] * 97)
    figure.add_scatter(x=long + 2**40, y=np.where(long == 3, np.nan, long), text=["<b>é"] * 100)
    figure.add_scatter(x=np.array([True, False]), y=(np.float32(0.1), np.int64(3)), name="$")
    figure.add_scatter(x=long.astype(">f8"), y=long.astype("f2"), marker={"color": ["red"] * 100})
    figure.add_bar(x=[], y=np.array([]), width=np.float64(3))
    figure.update_layout(shapes=[{"type": "line", "x0": i} for i in range(100)], title="é")
    figure.frames = [go.Frame(data=[{"x": np.arange(200.0)}], name=str(i)) for i in range(3)]
    found = once(figure)
    expected = figure.to_dict()
    dates = [str(value)[:10] for value in figure.data[1].x]
    assert [str(value)[:10] for value in found["data"][1].pop("x")] == dates
    traces = [dict(trace) for trace in figure._data]
    traces[1].pop("x")
    assert same(traces, found["data"])
    assert same(expected["layout"], found["layout"])
    assert same([frame._props for frame in figure.frames], found["frames"])


def test_a_picture_travels_as_its_bytes():
    content = np.random.default_rng(0).bytes(100_000)
    source = "data:image/png;base64," + base64.b64encode(content).decode()
    figure = go.Figure(layout={"images": [{"source": source}], "meta": {"long": "a" * 5_000}})
    sent = wire.Sent()
    message = wire.pack(figure, {}, sent=sent, chart="c")
    assert len(message) < 100_000 + 5_000 + 9_000
    _, found = wire.unpack(message, {})
    assert found["layout"]["images"][0]["source"] == source
    assert found["layout"]["meta"]["long"] == "a" * 5_000
    assert size(figure, sent) < 9_000
