"""A script finds the same companies together, from the user's own file, without the library."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clustering import affinity
from clustering.data import prices
from clustering.data.prices import Named, Prices
from clustering.dataset import Dataset
from clustering.partition import Partition
from clustering.script.prices import price_script, prices_csv
from tests.affinity import markets

pytestmark = pytest.mark.slow

HOSTILE = Named({"A": '"""\'); import os; os._exit(3)  #', "B": "{brace} Müller", "ZZ": "absent"})

DRIVER = """
import json, runpy, sys
import numpy as np
for folder, *arguments in json.loads(sys.stdin.read()):
    sys.argv = [f"{folder}/script.py", *arguments]
    names = runpy.run_path(sys.argv[0], run_name="__main__")
    np.savez(f"{folder}/names.npz", points=names["points"])
assert "clustering" not in sys.modules
"""


def troubled() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Prices with a split, gaps, and one company that ends early."""
    opened, closed = (frame.copy() for frame in markets.frames())
    for frame in (opened, closed):
        frame.iloc[30:, 2] = (frame.iloc[30:, 2] / 2).round(2)
        frame.iloc[40:, 7] = np.nan
        frame.iloc[[5, 9], 0] = np.nan
    return opened, closed


@dataclass(frozen=True, eq=False)
class Case:
    """A file of prices and what is asked of it."""

    content: Callable[[], bytes]
    name: str
    moves: dict[str, Any] = field(default_factory=dict)
    fit: dict[str, Any] = field(default_factory=dict)


CASES = {
    "workbook": Case(lambda: markets.book(*markets.frames()), "it's.xlsx"),
    "long": Case(
        lambda: markets.long_csv(*markets.frames()), "kurse.csv", {"begin": "2005-01-10"},
        {"similarity": "correlation", "preference": 0.1},
    ),
    "wide": Case(
        lambda: markets.wide_csv(markets.frames()[1]), "wide.tsv", {"kind": "log returns"},
        {"similarity": "distance"},
    ),
    "two levels": Case(
        lambda: markets.two_level_csv(*troubled()), "two.csv",
        {"kind": "log returns", "begin": "2005-01-05", "end": "2005-03-20"},
        {"similarity": "Ledoit-Wolf"},
    ),
    "no move": Case(
        lambda: markets.two_level_csv(*troubled()), "two.csv",
        {"kind": "log returns", "gaps": "no move"}, {"similarity": "Ledoit-Wolf"},
    ),
    "closing gaps": Case(
        lambda: markets.long_csv(*troubled()), "kurse.csv", {"gaps": "no move"},
        {"similarity": "graphical lasso", "alpha": 0.2},
    ),
}  # fmt: skip


@cache
def ours(name: str) -> tuple[Prices, Dataset, Partition]:
    case = CASES[name]
    read = prices.read(case.content(), case.name, names=HOSTILE)
    dataset = prices.moves(read, **case.moves)
    options = {"similarity": "graphical lasso", **case.fit}
    return read, dataset, affinity.fit(dataset, **options)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the scripts of all cases in one fresh process, each in a folder of its own."""
    root = tmp_path_factory.mktemp("prices")
    jobs = []
    for number, (name, case) in enumerate(CASES.items()):
        folder = root / str(number)
        folder.mkdir()
        (folder / "script.py").write_text(price_script(*ours(name), **case.moves), "utf-8")
        (folder / "table").write_bytes(case.content())
        jobs.append([str(folder), f"{folder}/table", f"{folder}/labels.csv"])
    market, dataset, relations = markets.sample()
    folder = root / "sample"
    folder.mkdir()
    answer = affinity.fit(dataset, similarity="graphical lasso", relations=relations)
    (folder / "script.py").write_text(price_script(market, dataset, answer), "utf-8")
    (folder / "table").write_bytes(prices_csv(market))
    jobs.append([str(folder), f"{folder}/table", f"{folder}/labels.csv"])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", DRIVER],
        input=json.dumps(jobs), cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return root


def same(folder: Path, dataset: Dataset, partition: Partition) -> None:
    got = pd.read_csv(folder / "labels.csv", encoding="utf-8-sig")
    assert got["cluster"].tolist() == (partition.labels + 1).tolist()
    assert got["company"].tolist() == list(dataset.source.names)
    assert np.flatnonzero(got["exemplar"]).tolist() == sorted(partition.exemplars)
    assert np.array_equal(np.load(folder / "names.npz")["points"], dataset.points)


@pytest.mark.parametrize("name", CASES)
def test_a_script_finds_the_same_companies_together(name: str, ran: Path) -> None:
    _, dataset, partition = ours(name)
    same(ran / str(list(CASES).index(name)), dataset, partition)
    assert partition.converged


def test_the_sample_goes_with_a_file_of_its_prices(ran: Path) -> None:
    _, dataset, relations = markets.sample()
    answer = affinity.fit(dataset, similarity="graphical lasso", relations=relations)
    same(ran / "sample", dataset, answer)


def test_a_company_that_ends_early_is_not_compared() -> None:
    _, dataset, _ = ours("two levels")
    assert list(dataset.features["symbol"]) == list("ABCDEFG")
