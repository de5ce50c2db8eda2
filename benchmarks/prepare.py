"""A mixed table made ready, against scikit-learn's own pipeline.

Printed for 1,000,000 rows of 20 columns (12 of numbers, 6 of words, 2 of dates; 3 % of
the cells missing): gaps filled, words one-hot, dates as days, numbers bent by a
logarithm and scaled. No ratio is claimed: the library's steps also look for constant
and infinite columns, keep the rows' places and say what they did, which the pipeline
does not.

The pipeline is a ``ColumnTransformer`` of ``SimpleImputer``, ``StandardScaler`` and
``OneHotEncoder``. Both fit and apply anew in every round, and their points must agree.
"""

import resource

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from benchmarks import Result, compare
from clustering.data.passport import inspect
from clustering.data.preparation import Choices, prepare
from clustering.data.tables import Reading, Table
from clustering.dataset import Floats

NUMBERS = [f"number {i}" for i in range(12)]
WORDS = [f"word {i}" for i in range(6)]
DATES = ["first", "last"]


def mixed(rows: int) -> pd.DataFrame:
    """Give a table of all kinds with gaps."""
    draw = np.random.default_rng(0)
    columns: dict[str, object] = {}
    for place, name in enumerate(NUMBERS):
        cells = draw.lognormal(place % 3, 1.0, rows)
        cells[draw.random(rows) < 0.03] = np.nan
        columns[name] = cells
    for place, name in enumerate(WORDS):
        known = np.array([f"word {i}" for i in range(3 + 2 * place)], dtype=object)
        words = known[draw.integers(0, len(known), rows)]
        words[draw.random(rows) < 0.03] = np.nan
        columns[name] = pd.Series(words).astype("str")
    start = np.datetime64("2020-01-01", "us")
    for name in DATES:
        columns[name] = start + draw.integers(0, 2_000, rows) * np.timedelta64(86_400_000_000, "us")
    return pd.DataFrame(columns)


def elapsed(dates: pd.DataFrame) -> pd.DataFrame:
    """Give the days since the earliest date of each column."""
    days = {name: (dates[name] - dates[name].min()) / pd.Timedelta(days=1) for name in dates}
    return pd.DataFrame(days)


def as_objects(words: pd.DataFrame) -> pd.DataFrame:
    """Give words as the encoders take them."""
    return words.astype(object)


def plain(frame: pd.DataFrame) -> Floats:
    """Make the table ready by scikit-learn's own means."""
    numbers = make_pipeline(
        SimpleImputer(strategy="median"), FunctionTransformer(np.log1p), StandardScaler()
    )
    words = make_pipeline(
        FunctionTransformer(as_objects),
        SimpleImputer(strategy="most_frequent"),
        OneHotEncoder(sparse_output=False, handle_unknown="ignore"),
    )
    dates = make_pipeline(FunctionTransformer(elapsed), StandardScaler())
    parts = [("numbers", numbers, NUMBERS), ("dates", dates, DATES), ("words", words, WORDS)]
    return np.asarray(ColumnTransformer(parts).fit_transform(frame))


def run(quick: bool) -> Result:
    """Measure fitting and applying."""
    rows = 50_000 if quick else 1_000_000
    frame = mixed(rows)
    table = Table(frame, "mixed", Reading(), "key")
    passport = inspect(table)
    choices = Choices(
        (*NUMBERS, *WORDS, *DATES),
        missing="median",
        categories="one-hot",
        dates="elapsed",
        skew="log",
        scaling="standard",
    )
    row = compare(
        f"{rows:,} x {len(frame.columns)}, fit and apply",
        plain=lambda: plain(frame),
        ours=lambda: prepare(table, choices, passport=passport)[1].points,
        difference=lambda first, second: float(np.abs(first - second).max()),
        repeats=1 if quick else 3,
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    notes = [f"Peak memory of the process, both sides and the table: {memory:.1f} GB."]
    if quick:
        notes.append("Quick: 50,000 rows on both sides.")
    return Result((row,), tolerance=1e-9, notes=tuple(notes))
