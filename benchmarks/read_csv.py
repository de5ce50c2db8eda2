"""A large CSV file is read, its types and dates found out, in less time than plain pandas takes.

Both sides begin at the path of a file of 200 MB (20 MB with --quick) and end with the same
frame: plain `pandas.read_csv` is told the column of dates, `clustering.data.tables.read` is
told nothing. The difference is the largest between two cells, relative to the larger; a cell
that is missing on one side alone, a text or a date that differs, counts as infinite. The
second case holds numbers alone. The memory of each side is measured in a process of its own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

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

PLAIN = "import pandas; frame = pandas.read_csv({path!r}{dates})"
OURS = """
from clustering.data import tables
table = tables.read(Path({path!r}).read_bytes(), 'large.csv')
"""
TOWNS = ("Oslo", "São Paulo", "Bern", "Kyoto", "Accra", "Lima", "Perth", "Turin")


def run(quick: bool) -> Result:
    """Measure the typical file and the one of numbers."""
    size = 20e6 if quick else 200e6
    with tempfile.TemporaryDirectory() as folder:
        rows, notes = [], []
        for case, make in (("numbers, texts, dates", typical), ("numbers alone", numbers)):
            path = Path(folder, f"{make.__name__}.csv")
            write(path, make, size)
            dates = ["day"] if make is typical else []
            rows.append(measured(case, path, dates, promise=1.5 if make is typical else 0.0))
            told = f", parse_dates={dates!r}" if dates else ""
            plain = peak(PLAIN.format(path=str(path), dates=told))
            ours = peak(OURS.format(path=str(path)))
            notes.append(
                f"{case}: {path.stat().st_size / 1e6:.0f} MB; peak memory {plain:,.0f} MB with "
                f"plain pandas, {ours:,.0f} MB with ours."
            )
            path.unlink()
    return Result(tuple(rows), tolerance=1e-15, notes=tuple(notes))


def measured(case: str, path: Path, dates: list[str], *, promise: float) -> Row:
    """Read a file on both sides, in turn."""
    return compare(
        case,
        plain=lambda: pd.read_csv(path, parse_dates=dates),
        ours=lambda: tables.read(path.read_bytes(), path.name).frame,
        difference=apart,
        repeats=3,
        promise=promise,
    )


def typical(rows: int, seed: int) -> pd.DataFrame:
    """Draw rows as they are in files of measurements and sales, some cells missing."""
    draw = np.random.default_rng(seed)
    day = pd.Timestamp("2019-01-01") + pd.to_timedelta(draw.integers(0, 2000, rows), unit="D")
    frame = pd.DataFrame(
        {
            "number": np.arange(rows) + seed * rows,
            "day": day.strftime("%Y-%m-%d"),
            "town": draw.choice(TOWNS, rows),
            "kind": draw.choice([f"type {i}" for i in range(40)], rows),
            "amount": draw.lognormal(3, 1, rows).round(2),
            "pieces": draw.integers(1, 500, rows),
            "weight": draw.normal(70, 12, rows).round(3),
            "rate": draw.random(rows),
            "length": draw.normal(0, 1e4, rows).round(1),
            "remark": draw.choice([f"remark {i} of the driver" for i in range(3000)], rows),
        }
    )
    for name in ("weight", "rate", "remark"):
        frame.loc[draw.random(rows) < 0.04, name] = None
    return frame


def numbers(rows: int, seed: int) -> pd.DataFrame:
    """Draw columns of numbers, whole and not."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(draw.normal(size=(rows, 8)), columns=[f"x{j}" for j in range(8)])
    return frame.round({"x0": 2, "x1": 3}).assign(n=draw.integers(0, 10**6, rows))


def write(path: Path, make: object, size: float) -> None:
    """Write a file of about so many bytes."""
    assert callable(make)
    seed = 0
    while not path.exists() or path.stat().st_size < size:
        make(100_000, seed).to_csv(path, mode="a", index=False, header=seed == 0)
        seed += 1


def apart(plain: pd.DataFrame, ours: pd.DataFrame) -> float:
    """Give the largest relative difference of two frames; infinite where texts differ."""
    if list(plain) != list(ours) or len(plain) != len(ours):
        return float("inf")
    worst = 0.0
    for name in plain:
        left, right = plain[name], ours[name]
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
