"""The table of the runs over series, made of their files."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

PLAIN = ("euclidean", "dtw", "kshape")
CONTROL = "umap"
"""Not one of the plain ways: it shows what of N2D is the network's."""

EQUAL = 0.01
"""ARI within which two methods are called equal."""

Runs = list[dict[str, Any]]


def write(folder: Path, names: Sequence[str], methods: Mapping[str, str]) -> str:
    """Write the table of all files of a folder beside it, and give its text."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*-?.json"))]
    tuned = {
        name: json.loads((folder / f"{name}.tuned.json").read_text("utf-8"))
        for name in names
        if (folder / f"{name}.tuned.json").exists()
    }
    if not found:
        return "No run is finished yet."
    there = [name for name in names if any(each["data"] == name for each in found)]
    lines = [
        "# Clusters of series: adjusted Rand index and seconds",
        "",
        "Mean and sample standard deviation over seeds; seconds with training, without tuning.",
        "",
        f"| | {' | '.join(there)} |",
        f"|---|{'---|' * len(there)}",
    ]
    for method, title in methods.items():
        cells = [cell([each for each in found if (each["data"], each["method"]) == (name, method)])
                 for name in there]  # fmt: skip
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines += ["", *verdict(found, there, methods), "", *settings(tuned)]
    text = "\n".join(lines) + "\n"
    folder.with_suffix(".md").write_text(text, encoding="utf-8")
    return text


def cell(runs: Runs) -> str:
    """Write mean, spread and time of one method on one data set."""
    if not runs:
        return "-"
    values = [run["ari"] for run in runs]
    spread = f" ± {np.std(values, ddof=1):.3f}" if len(values) > 1 else ""
    seconds = np.mean([run["seconds"] + run["seconds_before"] for run in runs])
    return f"{np.mean(values):.3f}{spread}, {seconds:,.1f} s"


def mean(found: Runs, name: str, method: str) -> float:
    """Give the mean ARI, NaN where there is no run."""
    values = [each["ari"] for each in found if (each["data"], each["method"]) == (name, method)]
    return float(np.mean(values)) if values else float("nan")


def verdict(found: Runs, names: Sequence[str], methods: Mapping[str, str]) -> list[str]:
    """Say where each way of the LSTM is best, or equal to the best of the plain methods."""
    lines = [
        f"Best, or within {EQUAL:g} of the best of the three without a network (sets on which no "
        "method exceeds 0.02 are in brackets: nobody finds the classes there):",
        "",
    ]
    for method in (each for each in methods if each not in (*PLAIN, CONTROL)):
        good = []
        for name in names:
            others = np.nanmax([mean(found, name, each) for each in PLAIN])
            own = mean(found, name, method)
            if own >= others - EQUAL:
                good.append(name if max(own, others) > 0.02 else f"({name})")
        lines.append(f"- {methods[method]}: {len(good)} of {len(names)}: {', '.join(good) or '-'}")
    return lines


def settings(tuned: Mapping[str, dict[str, Any]]) -> list[str]:
    """List what was tried and taken, and how the LSTM read the series."""
    lines = [
        "Tuned without classes: error on the fifth that was kept out, as a share of that of the "
        "mean series, and silhouette in the latent space. The candidates and the rule were settled "
        "after first trials on GunPoint, Trace and BasicMotions, in which their classes were seen.",
        "",
    ]
    for name, each in tuned.items():
        tried = "; ".join(
            f"{one['name']} {one['error']:.3f} and {one['silhouette']:.3f}" for one in each["tried"]
        )
        steps, width = each["read"]
        lines.append(
            f"- {name} ({each['series']:,} series, {each['k']} classes), read in {steps} steps of "
            f"{width} numbers: {tried}. Taken: {each['name']} ({each['seconds']:,.0f} s)."
        )
    return lines
