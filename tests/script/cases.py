"""Files and choices of every sort, of which scripts are written and run."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import numpy as np
import pandas as pd

from clustering import agglomerative, bisecting, dbscan, kmeans, mean_shift, mixture
from clustering.data import samples
from clustering.data.preparation import Choices, fit
from clustering.data.tables import Given, Table, read
from clustering.dataset import Dataset
from clustering.geometry.metrics import METRICS
from clustering.partition import Partition
from tests.making import sheet, workbook
from tests.script.files import files

HOSTILE = [
    'a"b',
    "it's",
    'three """ quotes',
    "new\nline",
    "{brace} %s \\n",
    "年龄",
    "# hash",
    "=1+1",
    "self",
    "__import__('pathlib').Path('pwned').touch()",
    "'); import os; os._exit(3)  #",
]


def numbers(columns: int, *, rows: int = 90, gaps: bool = False) -> pd.DataFrame:
    """Three groups in columns of unequal spread; with `gaps`, some cells missing or infinite."""
    draw = np.random.default_rng(7)
    values = draw.normal(size=(rows, columns)) + 5.0 * draw.integers(0, 3, (rows, 1))
    values *= 10.0 ** (np.arange(columns) % 3)
    if gaps:
        values[draw.random(values.shape) < 0.06] = np.nan
        values[4, 0], values[9, 1] = np.inf, -np.inf
    return pd.DataFrame(values, columns=[f"x{j}" for j in range(columns)])


def text(frame: pd.DataFrame, **arguments: object) -> bytes:
    written: str = frame.to_csv(index=False, **arguments)  # type: ignore[call-overload]
    return written.encode()


@dataclass(frozen=True, eq=False)
class Case:
    """A file, how it is made ready, and how it is clustered."""

    content: bytes
    name: str
    choices: Choices
    options: Mapping[str, object] = field(default_factory=lambda: {"k": 3})
    table: Table | None = None  # for samples that have no file
    given: Given | None = None  # how it is read, where it is told rather than found out
    method: ModuleType = kmeans


@cache
def ours(case: Case) -> tuple[Table, Dataset, Partition]:
    table = case.table or read(case.content, case.name, given=case.given)
    dataset = fit(table, case.choices).apply(table)
    return table, dataset, case.method.fit(dataset, **case.options)


def people(rows: int = 150) -> pd.DataFrame:
    """Columns of every kind in some groups, with gaps, repeated rows and a wild one."""
    draw = np.random.default_rng(3)
    group = draw.integers(0, 3, rows)
    days = pd.Timestamp("2023-11-05") + pd.to_timedelta(draw.integers(0, 9000, rows), unit="h")
    frame = pd.DataFrame(
        {
            "income": draw.lognormal(3 + group, 0.5, rows).round(2),
            "debt": draw.normal(100.0 * group, 40.0).round(1),
            "city": np.array(["Oslo", "Rome", "Bern", "it's"])[draw.integers(0, 4, rows)],
            "smoker": np.where(draw.random(rows) < 0.3, "yes", "no"),
            "region": draw.choice([3, 7, 11, 20], rows),
            "joined": days.strftime("%Y-%m-%d %H:%M"),
            "opens": [f"{hour:02d}:{minute:02d}" for hour, minute in zip(
                draw.integers(0, 24, rows), draw.integers(0, 60, rows), strict=True)],
            "latitude": (draw.normal(10.0 * group, 3.0)).round(3),
            "longitude": ((draw.normal(175.0, 8.0, rows) + 180) % 360 - 180).round(3),
            "group": np.array(["small", "middle", "large"])[np.minimum(group, 1)],
        }
    )  # fmt: skip
    frame.loc[5, "income"] = 1e6
    for name in frame.columns[:9]:
        frame[name] = frame[name].astype(object).mask(draw.random(rows) < 0.03, None)
    return pd.concat([frame, frame.iloc[20:32]], ignore_index=True)


def mixed_cases() -> Iterator[tuple[str, Case]]:
    """Every option of preparation by itself, and several together."""
    content = text(people())
    two, some = ("income", "debt"), ("income", "city", "debt", "smoker")
    every = (*some, "region", "joined", "opens")
    places = ("latitude", "longitude")
    options: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
        "duplicates dropped": (("smoker", "region", "income"), {"duplicates": "drop"}),
        "duplicates as weight": (("income", "opens"), {"duplicates": "weight"}),
        "filled, frequent": (every, {"missing": "frequent", "categories": "ordinal"}),
        "filled by neighbours": (("income", "debt", "opens"), {"missing": "neighbours"}),
        "one-hot": (some, {"categories": "one-hot", "scaling": "standard"}),
        "ordinal": (every, {"categories": "ordinal", "scaling": "min-max"}),
        "dates elapsed": (("income", "joined"), {"dates": "elapsed", "missing": "mean"}),
        "dates in parts": (("joined", "debt"), {"dates": "parts", "scaling": "robust"}),
        "on the sphere": (places, {"places": "sphere", "missing": "median"}),
        "on the sphere, scaled": (
            ("latitude", "city", "income", "longitude"),
            {"places": "sphere", "scaling": "standard", "categories": "one-hot"},
        ),
        "clipped": (two, {"outliers": "clip"}),
        "clipped beside words": (some, {"outliers": "clip", "categories": "ordinal"}),
        "interquartile ranges": (two, {"outliers": "iqr", "duplicates": "weight"}),
        "isolation forest": (some, {"outliers": "forest", "categories": "one-hot", "seed": 4}),
        "logarithm": (("income", "debt", "opens"), {"skew": "log", "scaling": "standard"}),
        "power": (two, {"skew": "yeo-johnson"}),
        "balanced by weight": (two, {"balance": "weight"}),
        "balanced by draws": (two, {"balance": "resample", "seed": 2}),
        "balanced by numbers": (
            ("debt", "income"),
            {"balance": "resample", "balance_by": "region", "duplicates": "weight", "sample": 60},
        ),
        "more components than columns": (two, {"components": 9}),
        "share of variance": (every, {"variance": 0.8, "dates": "parts", "scaling": "standard"}),
        "nearly everything": (
            (*every, *places),
            {
                "duplicates": "weight", "missing": "median", "categories": "one-hot",
                "dates": "parts", "places": "sphere", "outliers": "iqr", "skew": "yeo-johnson",
                "scaling": "standard", "balance": "weight", "components": 4, "sample": 90,
            },
        ),
    }  # fmt: skip
    for name, (columns, chosen) in options.items():
        yield name, Case(content, "people.csv", Choices(columns, **chosen))  # type: ignore[arg-type]
    average = {"k": 4, "linkage": "average"}
    for name, choices in (
        ("Gower", Choices(every, categories="gower", dates="elapsed", missing="mean")),
        ("Gower on the sphere", Choices((*some, *places), categories="gower", places="sphere")),
        ("great circle", Choices((*places, "income"), places="great-circle", outliers="forest")),
    ):
        yield name, Case(content, "people.csv", choices, average, method=agglomerative)
        near = {"eps": 900.0 if name == "great circle" else 0.12, "min_samples": 4}
        yield f"DBSCAN, {name}", Case(content, "people.csv", choices, near, method=dbscan)
    counted = Choices(("opens", "income"), duplicates="weight", scaling="standard", missing="mean")
    for metric in METRICS[:5]:
        options = {"eps": 0.3, "min_samples": 4, "metric": metric}
        yield f"DBSCAN, {metric}", Case(content, "people.csv", counted, options, method=dbscan)
    coded = Choices(some, categories="ordinal")
    options = {"eps": 0.5, "min_samples": 5, "metric": "hamming"}  # two of four columns: a tie
    yield "DBSCAN, hamming", Case(content, "people.csv", coded, options, method=dbscan)
    yield from trees(content, some, places)


def trees(
    content: bytes, some: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[tuple[str, Case]]:
    """Merge trees by every metric, along graphs that hang together and that do not."""
    coded = Choices(some, categories="ordinal", missing="mean")
    scaled = Choices(("opens", "income"), scaling="standard", missing="mean")
    globe = Choices(places, places="great-circle")
    for n, metric in enumerate(METRICS[1:]):
        linkage = ("average", "complete", "single")[n % 3]
        for graph in ({}, {"neighbours": 3 + n}):
            options = {"k": 4, "linkage": linkage, "metric": metric, **graph}
            chosen = coded if metric == "hamming" else scaled
            case = Case(content, "people.csv", chosen, options, method=agglomerative)
            yield f"{linkage} {metric}{' along a graph' * bool(graph)}", case
    for linkage in ("ward", "complete", "average", "single"):
        for graph in ({"neighbours": 2}, {"neighbours": 12}, {"radius": 0.2}):
            options = {"k": 4, "linkage": linkage, **graph}
            case = Case(content, "people.csv", scaled, options, method=agglomerative)
            yield f"{linkage} along {graph}", case
    for graph in ({"neighbours": 4}, {"radius": 600.0}):
        options = {"k": 5, "linkage": "average", **graph}
        case = Case(content, "people.csv", globe, options, method=agglomerative)
        yield f"great circle along {graph}", case
    counted = Choices(("opens", "income"), duplicates="weight", missing="mean")
    for seeded in (True, False):
        options = {"quantile": 0.2, "bin_seeding": seeded}
        yield (
            f"mean-shift {seeded}",
            Case(content, "people.csv", counted, options, method=mean_shift),
        )
    log = b"Kunde;Tag;Betrag;Art\n" + b"".join(
        b"%03d;%02d.01.2026;%s%d,5;%c\n"
        % (i % 17, 1 + i * 7 % 28, b"-" * (i % 11 == 3), 5 + i * i % 97, b"xy"[i % 17 % 2])
        for i in range(120)
    )
    yield (
        "customers of orders",
        Case(
            log,
            "orders.csv",
            Choices(("recency", "frequency", "monetary", "Art"), categories="one-hot"),
            {"quantile": 0.3, "bin_seeding": True},
            given={"orders": ("Kunde", "Tag", "Betrag")},
            method=mean_shift,
        ),
    )
    yield "bisecting", Case(content, "people.csv", counted, {"k": 6}, method=bisecting)


def cases() -> Iterator[tuple[str, Case]]:
    gaps = text(numbers(4, gaps=True))
    x = ("x0", "x1", "x2", "x3")
    for missing, scaling, components, sample in itertools.product(
        ("drop", "mean", "median"), ("none", "standard", "min-max", "robust"), (0, 2), (0, 40)
    ):
        choices = Choices(
            x, missing=missing, scaling=scaling, components=components, sample=sample, seed=sample
        )  # type: ignore[arg-type]
        yield f"{missing}-{scaling}-{components}-{sample}", Case(gaps, "gaps.csv", choices)

    plain = numbers(2)
    two = Choices(("x0", "x1"))
    grouped = plain.assign(label=["b", "a", "c"] * 30)
    yield "sample by group", Case(text(grouped), "g.csv", Choices(("x0", "x1"), sample=20, seed=3))
    yield "one column", Case(text(plain), "one.csv", Choices(("x1",)))
    yield "constant column", Case(text(plain.assign(c=1)), "c.csv", Choices(("c", "x0", "x1")))
    yield "cluster is taken", Case(text(plain.assign(cluster=1, cluster_2=2)), "taken.csv", two)
    yield (
        "leading zeros",
        Case(text(plain.assign(id=[f"{i:04d}" for i in range(90)])), "zeros.csv", two),
    )
    shifts = plain.assign(shift=["22:15", "06:00", "14:30", "06:00", "06:00"] * 18)
    by_time = Choices(("x0", "x1"), balance="resample", balance_by="shift")
    yield "balanced by times of day", Case(text(shifts), "shifts.csv", by_time)
    coded = plain.assign(region=[3, 7, 11] * 30, branch=[1, 1, 2, 9, 2] * 18)
    for categories in ("one-hot", "ordinal"):
        for named in (("region", "branch"), ("x0", "region")):
            choices = Choices(named, categories=categories, missing="frequent")  # type: ignore[arg-type]
            yield f"{categories} codes, {named[0]}", Case(text(coded), "codes.csv", choices)
    yield (
        "starting centres",
        Case(
            text(plain), "start.csv", two, {"k": 2, "init": [[0.1, 1 / 3], [5, 50]], "max_iter": 2}
        ),
    )
    yield (
        "random starts",
        Case(text(plain), "random.csv", two, {"k": 4, "init": "random", "n_init": 2, "seed": 11}),
    )
    for covariance in ("full", "tied", "diag", "spherical"):
        options = {"k": 4, "covariance": covariance, "n_init": 2, "seed": 5}
        case = Case(text(plain), "cloud.csv", two, options, method=mixture)
        yield f"mixture, {covariance}", case
    far = plain * 1e-4 + 7e3
    yield "mixture far away", Case(text(far), "far.csv", two, method=mixture)
    for linkage in ("ward", "complete", "average", "single"):
        case = Case(
            text(plain), "tree.csv", two, {"k": 5, "linkage": linkage}, method=agglomerative
        )
        yield f"agglomerative, {linkage}", case
    chinese = plain.set_axis(["年龄", "收入"], axis=1).assign(城市="北京")
    yield (
        "GBK with semicolons",
        Case(text(chinese, sep=";").decode().encode("gbk"), "客户.csv", Choices(("年龄", "收入"))),
    )
    yield (
        "UTF-16 with decimal commas",
        Case(text(plain, sep="\t", decimal=",").decode().encode("utf-16"), "comma.tsv", two),
    )
    yield (
        "no header",
        Case(text(plain, header=False), "points.txt", Choices(("column 1", "column 2"))),
    )
    rows = [[2020, "name", 2021], *([a, "text", b] for a, b in plain.to_numpy().tolist())]
    odd = plain.assign(big=[10**20 * (i % 7) for i in range(90)], yes=[True, None, False] * 30)
    some = Choices(("x1", "yes", "big"), missing="mean", categories="ordinal")
    yield "odd columns", Case(text(odd), "odd.csv", some)
    yield from mixed_cases()
    for name, brought in files(plain):
        chosen = Choices(brought.columns, missing="mean")
        yield name, Case(brought.content, brought.name, chosen, given=brought.given)
    yield (
        "a sheet of a workbook",
        Case(
            workbook({"empty": sheet([]), "it's data": sheet(rows)}),
            "book.xlsx",
            Choices(("2020", "2021")),
            given={"part": "it's data", "header": True},
        ),
    )
    hostile = numbers(len(HOSTILE)).set_axis(HOSTILE, axis=1)
    yield "hostile names", Case(text(hostile), 'it\'s "a" {f}.csv', Choices(tuple(HOSTILE)))
    repeated = text(plain.assign(z=plain.x0**2)).replace(b"x0,x1,z", b"x,x,x")
    yield "repeated names", Case(repeated, "repeated.csv", Choices(("x", "x.2")))
    for id, columns, components in (("iris", 4, 0), ("wine", 13, 3), ("digits", 9, 2)):
        table = samples.load(id)
        chosen = tuple(table.frame.columns[2 : 2 + columns - 2])
        choices = Choices(
            chosen,
            scaling="standard" if id == "wine" else "none",
            components=components,
            sample=60,
        )
        yield id, Case(b"", id, choices, table=table)
    yield "iris, all rows", Case(
        b"", "iris", Choices(tuple(samples.load("iris").frame.columns[:4])),
        table=samples.load("iris"),
    )  # fmt: skip


CASES = dict(cases())

DRIVER = """
import json, runpy, sys
import numpy as np
for folder, *arguments in json.loads(sys.stdin.read()):
    sys.argv = [f"{folder}/script.py", *arguments]
    names = runpy.run_path(sys.argv[0], run_name="__main__")
    np.savez(f"{folder}/names.npz", points=names["points"], rows=names["rows"].to_numpy())
assert "clustering" not in sys.modules
"""
