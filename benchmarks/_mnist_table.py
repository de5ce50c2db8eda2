"""The table of the runs over MNIST, made of their files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

PUBLISHED = (
    "Published accuracies: k-means on the pixels 0.53; autoencoder, then k-means 0.82 to 0.88; "
    "DEC 0.84 to 0.91; IDEC 0.88; N2D 0.979; information maximisation about 0.98. "
    "Wanted: 0.88 by an autoencoder and k-means, 0.92 by IDEC, 0.98 by the best."
)


def write(folder: Path, titles: Mapping[str, str]) -> str:
    """Write the table of all files of a folder beside it, and give its text."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    if not found:
        return "No run is finished yet."
    lines = [
        f"# {found[0]['digits']:,} MNIST digits, ten clusters",
        "",
        "| | accuracy | NMI | ARI | seconds | of which the autoencoder | seeds |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, title in titles.items():
        runs = [each for each in found if each["run"] == name]
        if runs:
            lines.append(row(title, runs))
    lines += ["", PUBLISHED, "", *settings(found, titles)]
    text = "\n".join(lines) + "\n"
    folder.with_suffix(".md").write_text(text, encoding="utf-8")
    return text


def row(title: str, runs: list[dict[str, Any]]) -> str:
    """Write one line: mean and, of several seeds, sample standard deviation and best."""
    cells = [title]
    for name in ("accuracy", "nmi", "ari"):
        values = [run[name] for run in runs]
        spread = f" ± {np.std(values, ddof=1):.4f}" if len(values) > 1 else ""
        cells.append(f"{np.mean(values):.4f}{spread}")
    before = np.mean([run["seconds_before"] for run in runs])
    cells.append(f"{np.mean([run['seconds'] for run in runs]) + before:,.0f}")
    cells.append(f"{before:,.0f}" if before else "-")
    cells.append(" ".join(str(run["seed"]) for run in sorted(runs, key=lambda run: run["seed"])))
    return "| " + " | ".join(cells) + " |"


def settings(found: list[dict[str, Any]], titles: Mapping[str, str]) -> list[str]:
    """List what each run was called with, but for the seed, and on what it ran."""
    lines = ["Settings:", ""]
    for name, title in titles.items():
        first = next((each for each in found if each["run"] == name), None)
        if first is not None:
            given = {key: value for key, value in first["settings"].items() if key != "seed"}
            lines.append(f"- {title}: {given}")
    devices = sorted({each["device"] for each in found if each["device"] != "CPU"})
    return [*lines, "", f"Networks were trained on {'; '.join(devices) or 'nothing yet'}."]
