"""A large CSV file is read and its dialect, types and dates found out; beside plain pandas.

Both sides begin at the path of a file of 200 MB (20 MB with --quick) and end with the same
frame: plain `pandas.read_csv` is told everything (delimiter, decimal sign, encoding, the
columns of dates and their order), `clustering.data.tables.read` is told nothing, and finds
times and yes and no besides. The difference is the largest between two cells, relative to
the larger; a cell that is missing on one side alone, a text or a date that differs, counts
as infinite. Both sides use all cores (pandas does since 3.1, from a path).

The promise is on the file as an office program of half the world exports it: semicolons,
decimal commas, the day before the month, Windows-1252. The same rows in the way that suits
pandas best, and numbers alone, stand beside it without a promise: there plain pandas is
faster, since nothing is left to find out or to convert. The memory of each side is
measured in a process of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import Result, Row, compare
from clustering.data import tables

PEAK = """
import re, resource
from pathlib import Path
{work}
status = Path("/proc/self/status")
if status.exists():  # what `resource` tells begins with the memory of the parent process
    print(int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text()).group(1)) / 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

PLAIN = "import pandas; frame = pandas.read_csv({path!r}, **{options!r})"
OURS = """
from clustering.data import tables
table = tables.read(Path({path!r}).read_bytes(), 'large.csv')
"""
Make = Callable[[int, int], pd.DataFrame]
TOWNS = ("Oslo", "São Paulo", "Bern", "Kyoto", "Accra", "Lima", "Perth", "Turin")


DATES = ["ordered", "shipped"]
EXPORT = {
    "sep": ";", "decimal": ",", "encoding": "cp1252", "parse_dates": DATES, "dayfirst": True,
}  # fmt: skip


def run(quick: bool) -> Result:
    """Measure the exported file, the same in another dialect, and one of numbers."""
    size = 20e6 if quick else 200e6
    cases: tuple[tuple[str, Make, dict[str, Any], float], ...] = (
        ("semicolons, decimal commas, days first", exported, EXPORT, 1.5),
        ("commas, decimal points, ISO dates", typical, {"parse_dates": DATES}, 0.0),
        ("numbers alone", numbers, {}, 0.0),
    )
    rows, notes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for case, make, options, promise in cases:
            path = Path(folder, f"{make.__name__}.csv")
            write(path, make, options, size)
            rows.append(measured(case, path, options, promise=promise))
            plain = peak(PLAIN.format(path=str(path), options=options))
            ours = peak(OURS.format(path=str(path)))
            notes.append(
                f"{case}: {path.stat().st_size / 1e6:.0f} MB; peak memory {plain:,.0f} MB with "
                f"plain pandas, {ours:,.0f} MB with ours."
            )
            path.unlink()
    return Result(tuple(rows), tolerance=1e-15, notes=tuple(notes))


def measured(case: str, path: Path, options: dict[str, Any], *, promise: float) -> Row:
    """Read a file on both sides, in turn."""
    return compare(
        case,
        plain=lambda: pd.read_csv(path, **options),
        ours=lambda: tables.read(path.read_bytes(), path.name).frame,
        difference=apart,
        repeats=3,
        promise=promise,
    )


def exported(rows: int, seed: int) -> pd.DataFrame:
    """Draw the same order lines with the day before the month."""
    frame = typical(rows, seed)
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name]).dt.strftime("%d.%m.%Y")
    return frame


def typical(rows: int, seed: int) -> pd.DataFrame:
    """Draw order lines as a shop exports them: a third texts, a third numbers, dates, gaps."""
    draw = np.random.default_rng(seed)
    order = np.cumsum(draw.random(rows) < 0.4) + seed * rows
    start = np.datetime64("2019-01-01")
    day = start + draw.integers(0, 2000, rows)
    price, pieces = draw.lognormal(3, 1, rows).round(2), draw.integers(1, 50, rows)
    total = (price * pieces).round(2)
    product = draw.integers(0, 3000, rows)
    frame = pd.DataFrame(
        {
            "order": order,
            "line": np.arange(rows) % 5 + 1,
            "customer": [f"C{number:06d}" for number in draw.integers(0, 40_000, rows)],
            "ordered": day.astype(str),
            "shipped": (day + draw.integers(1, 9, rows)).astype(str),
            "time": [f"{m // 60:02d}:{m % 60:02d}" for m in draw.integers(0, 1440, rows)],
            "town": draw.choice(TOWNS, rows),
            "channel": draw.choice(["web", "shop", "phone", "agent"], rows),
            "product": [f"P-{number:04d}" for number in product],
            "description": [f"Article {number}, {number % 7} pieces a box" for number in product],
            "category": [f"Category {number % 40}" for number in product],
            "payment": draw.choice(["card", "invoice", "transfer"], rows),
            "gift": draw.choice(["yes", "no"], rows, p=[0.1, 0.9]),
            "pieces": pieces,
            "price": price,
            "discount": draw.choice([0.0, 0.05, 0.1, 0.25], rows),
            "total": total,
            "tax": (0.19 * total).round(2),
            "weight": draw.normal(7, 1, rows).round(3),
            "rating": draw.integers(1, 6, rows).astype(float),
        }
    )
    for name in ("shipped", "weight", "description", "rating"):
        frame.loc[draw.random(rows) < 0.04, name] = None
    return frame.astype({"rating": "Int64"})


def numbers(rows: int, seed: int) -> pd.DataFrame:
    """Draw columns of numbers, whole and not."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(draw.normal(size=(rows, 8)), columns=[f"x{j}" for j in range(8)])
    return frame.round({"x0": 2, "x1": 3}).assign(n=draw.integers(0, 10**6, rows))


def write(path: Path, make: Make, options: dict[str, Any], size: float) -> None:
    """Write a file of about so many bytes."""
    dialect = {name: options[name] for name in ("sep", "decimal", "encoding") if name in options}
    seed = 0
    while not path.exists() or path.stat().st_size < size:
        make(100_000, seed).to_csv(path, mode="a", index=False, header=seed == 0, **dialect)
        seed += 1


def apart(plain: pd.DataFrame, ours: pd.DataFrame) -> float:
    """Give the largest relative difference of two frames; infinite where texts differ."""
    if list(plain) != list(ours) or len(plain) != len(ours):
        return float("inf")
    worst = 0.0
    for name in plain:
        left, right = plain[name], ours[name]
        if right.dtype.kind == "m":  # plain pandas leaves times as text
            left = pd.to_timedelta(left + ":00")
        elif right.dtype.kind == "b" or right.dtype == "boolean":
            left = left.map({"yes": True, "no": False}).astype(right.dtype)
        if not (left.isna() == right.isna()).all():
            return float("inf")
        if left.dtype.kind in "if" and right.dtype.kind in "if":
            scale = np.fmax(left.abs().to_numpy(float), right.abs().to_numpy(float))
            scale[scale == 0] = 1.0
            worst = max(worst, float(((left - right).abs() / scale).max()))
        elif not (left.dropna() == right.dropna()).all():
            return float("inf")
    return worst


def peak(work: str) -> float:
    """Run code in a process of its own and give the most memory it held, in MB."""
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", PEAK.format(work=work)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
