"""A table of every kind of column, for the tests of preparation."""

from typing import Any

import numpy as np
import pandas as pd

from clustering.data.choices import Choices
from clustering.data.preparation import Preparation, fit
from clustering.data.tables import Reading, Table
from clustering.dataset import Dataset

STAGES = [
    "columns", "duplicates", "missing", "categories", "dates", "places", "outliers", "skew",
    "scaling", "balance", "components", "sample",
]  # fmt: skip
NUMBERS = ("income", "debt")
WORDY = ("city", "smoker")


def frame_of(seed: int = 0, n: int = 120, gaps: float = 0.0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "income": draw.lognormal(3, 1, n),
            "debt": draw.normal(0, 50, n),
            "city": pd.Series(draw.choice(["Oslo", "Rome", "Bern"], n)).astype("str"),
            "smoker": pd.Series(draw.random(n) < 0.4).astype("boolean"),
            "joined": pd.Timestamp("2023-11-20")
            + pd.to_timedelta(draw.integers(0, 9000, n), unit="h"),
            "opens": pd.to_timedelta(draw.integers(0, 86_400, n), unit="s"),
            "latitude": draw.uniform(-60, 60, n),
            "longitude": draw.uniform(-180, 180, n),
            "label": pd.Series(draw.choice(["a", "b", "c"], n, p=[0.6, 0.3, 0.1])).astype("str"),
        }
    )
    for name in frame.columns[:8]:
        frame.loc[draw.random(n) < gaps, name] = None
    return frame


def table_of(frame: pd.DataFrame, key: str = "key") -> Table:
    return Table(frame.reset_index(drop=True), "mine.csv", Reading(), key, truth="label")


def prepared(
    frame: pd.DataFrame, columns: tuple[str, ...], **chosen: Any
) -> tuple[Preparation, Dataset]:
    table = table_of(frame)
    preparation = fit(table, Choices(columns, **chosen))
    return preparation, preparation.apply(table)
