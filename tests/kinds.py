"""One small Dataset of every kind that a method may meet, each with the file it came from."""

import numpy as np
import pandas as pd

from clustering.data import preparation, tables
from clustering.data import prices as market
from clustering.data.choices import Choices
from clustering.data.sequences import padding
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset, Metric, Source

CHOICES = Choices(columns=("age", "income"), scaling="standard")
ONE_COLUMN = Choices(columns=("income",), scaling="none")


def stored(frame: pd.DataFrame, name: str) -> tables.Table:
    return tables.read(frame.to_csv(index=False).encode(), name)


def table() -> tuple[tables.Table, Dataset]:
    """Rows and columns in different units, one of them with a hole."""
    rng = np.random.default_rng(0)
    middles = np.repeat([[20, 1000], [40, 5000], [60, 2000]], 12, axis=0)
    frame = pd.DataFrame(middles + rng.normal(size=(36, 2)) * [2, 200], columns=["age", "income"])
    frame.loc[7, "age"] = np.nan
    whole = stored(frame, "people.csv")
    return whole, preparation.fit(whole, CHOICES).apply(whole)


def weighted_pixels() -> tuple[tables.Table, Dataset]:
    """Different colours, each with the number of its pixels."""
    rng = np.random.default_rng(1)
    colours = np.unique(rng.integers(0, 256, size=(40, 3)), axis=0)
    counts = rng.integers(1, 500, size=len(colours))
    return stored(pd.DataFrame(colours, columns=list("rgb")), "flower.csv"), Dataset(
        points=colours,
        columns=("red", "green", "blue"),
        rows=np.arange(len(colours)),
        source=Source("flower.png", "colour"),
        weights=counts,
    )


def grey_levels() -> tuple[tables.Table, Dataset]:
    """Different grey levels, each with the number of its pixels."""
    rng = np.random.default_rng(5)
    levels = np.unique(rng.integers(0, 256, size=30))
    return stored(pd.DataFrame({"level": levels}), "grey.csv"), Dataset(
        points=levels[:, None],
        columns=("grey level",),
        rows=np.arange(len(levels)),
        source=Source("grey.png", "grey level"),
        weights=rng.integers(1, 500, size=len(levels)),
    )


def one_column() -> tuple[tables.Table, Dataset]:
    """One column of a table, some of its values more than once."""
    whole, _ = table()
    return whole, preparation.fit(whole, ONE_COLUMN).apply(whole)


def prices() -> tuple[tables.Table, Dataset]:
    """Companies, of which each day is a column: more columns than rows."""
    rng = np.random.default_rng(2)
    steps = rng.normal(size=(61, 3))[:, np.arange(10) % 3] + 0.3 * rng.normal(size=(61, 10))
    close = pd.DataFrame(
        50 * np.exp(0.01 * steps.cumsum(axis=0)),
        pd.bdate_range("2005-01-03", periods=61, name="day"),
        [f"company {letter}" for letter in "ABCDEFGHIJ"],
    ).round(2)
    content = close.to_csv().encode()
    read = market.read(content, "prices.csv")
    return tables.read(content, "prices.csv"), market.moves(read, kind="log returns")


def great_circle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Kilometres between places (latitude, longitude in degrees)."""
    (lat1, lon1), (lat2, lon2) = np.radians(a).T[..., None], np.radians(b).T[:, None, :]
    half = np.sin((lat2 - lat1) / 2) ** 2
    half = half + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def places() -> tuple[tables.Table, Dataset]:
    """Two groups of places on either side of the date line, and one elsewhere."""
    rng = np.random.default_rng(3)
    middles = np.repeat([[0.0, 179.5], [0.0, -179.5], [50.0, 10.0]], 8, axis=0)
    frame = pd.DataFrame(middles + rng.normal(size=(24, 2)) * 0.2, columns=["lat", "lon"])
    return stored(frame, "places.csv"), Dataset(
        points=frame.to_numpy(),
        columns=("latitude", "longitude"),
        rows=np.arange(24),
        source=Source("places.csv", "place"),
        features=frame,
        metric=Metric("great-circle", great_circle, "km"),
    )


def mixed(**chosen: str) -> tuple[tables.Table, Dataset]:
    """People of two towns who joined on different days, some written down twice."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "age": np.repeat([30, 60], 15) + rng.normal(size=30).round(1),
            "town": rng.choice(["Oslo", "Rome"], 30),
            "joined": np.datetime64("2024-01-05") + rng.integers(0, 900, 30),
            "lat": np.repeat([60.1, 10.2], 15) + rng.normal(size=30).round(3),
            "lon": rng.uniform(-170, 170, 30).round(3),
        }
    )
    whole = stored(pd.concat([frame, frame[:4]]), "members.csv")
    choices = Choices(tuple(frame.columns), dates="elapsed", **chosen)  # type: ignore[arg-type]
    return whole, preparation.fit(whole, choices).apply(whole)


def mixed_coordinates() -> tuple[tables.Table, Dataset]:
    """Words one-hot, places on the sphere."""
    return mixed(categories="one-hot", places="sphere", scaling="standard")


def mixed_distances() -> tuple[tables.Table, Dataset]:
    """Words compared, in Gower's distance."""
    return mixed(categories="gower", places="sphere")


def mixed_weights() -> tuple[tables.Table, Dataset]:
    """Repeated rows counted as weights."""
    return mixed(categories="ordinal", duplicates="weight")


def great_circles() -> tuple[tables.Table, Dataset]:
    """Places by their distance along the globe."""
    return mixed(places="great-circle")


SHAPE = (10, 2)
"""Steps and values of the ragged series."""


def ragged_series() -> tuple[tables.Table, Dataset]:
    """Series of unequal length with two values at each step, padded; distances are warped."""
    rng = np.random.default_rng(6)
    series = []
    for turns, length in zip([3, 3, 3, 9, 9, 9], [6, 9, 5, 10, 7, 6], strict=True):
        time = np.linspace(0, turns, length)
        series.append(
            np.column_stack([np.sin(time), np.cos(time)]) + 0.05 * rng.normal(size=(length, 2))
        )
    frame = pd.DataFrame({"series": [" ".join(f"{v:.4f}" for v in s.ravel()) for s in series]})
    return stored(frame, "series.csv"), Dataset(
        points=padding.padded(series, steps=SHAPE[0]),
        columns=tuple(f"{name}, step {t + 1}" for t in range(SHAPE[0]) for name in "xy"),
        rows=np.arange(6),
        source=Source("series.csv", "series"),
        metric=warping(SHAPE),
    )


KINDS = {
    kind.__name__.replace("_", " "): kind()
    for kind in (
        table,
        weighted_pixels,
        grey_levels,
        one_column,
        prices,
        places,
        ragged_series,
        mixed_coordinates,
        mixed_distances,
        mixed_weights,
        great_circles,
    )
}
