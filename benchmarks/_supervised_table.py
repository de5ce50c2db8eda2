"""Runs that are written down one by one, and the table that is made of their files."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from clustering.progress import Step

__all__ = ["Tell", "once", "table"]


def once(folder: Path, names: tuple[str, str, int], work: Callable[[], dict[str, Any]]) -> None:
    """Do one run (set, way, seed) and write its file, where there is none yet."""
    place, way, seed = names
    path = folder / f"{place}-{way}-{seed}.json"
    if path.exists():
        return
    began = time.monotonic()
    found = {"set": place, "way": way, "seed": seed, **work()}
    found.setdefault("seconds", time.monotonic() - began)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1, default=str) + "\n", encoding="utf-8")
    figures = {name: value for name, value in found.items() if isinstance(value, float)}
    print(path.stem, {name: round(value, 4) for name, value in figures.items()}, flush=True)


def table(
    folder: Path,
    *,
    title: str,
    sets: Mapping[str, str],
    ways: Mapping[str, str],
    measures: Mapping[str, str],
    best: Callable[[list[float]], float],
) -> str:
    """Write the table of all files of a folder beside it, and give its text.

    The first of `measures` is the one by which ways are compared: the best of a set is bold.
    """
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    if not found:
        return "No run is finished yet."
    lines = [f"# {title}", "", f"| | | {' | '.join(measures.values())} | seconds | seeds |"]
    lines.append("|---" * (len(measures) + 4) + "|")
    first = next(iter(measures))
    for place, called in sets.items():
        own = {
            way: [each for each in found if (each["set"], each["way"]) == (place, way)]
            for way in ways
        }
        own = {way: runs for way, runs in own.items() if runs}
        means = {way: float(np.mean([run[first] for run in runs])) for way, runs in own.items()}
        for way, runs in own.items():
            cells = [called, ways[way]]
            for name in measures:
                text = _mean([run[name] for run in runs])
                cells.append(
                    f"**{text}**"
                    if name == first and means[way] == best(list(means.values()))
                    else text
                )
            cells.append(f"{np.mean([run['seconds'] for run in runs]):,.1f}")
            cells.append(" ".join(str(run["seed"]) for run in runs))
            lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "Settings:", ""]
    for way, called in ways.items():
        given = next(
            (run["settings"] for run in found if run["way"] == way and run.get("settings")), None
        )
        if given:
            lines.append(f"- {called}: {given}")
    devices = sorted({str(run["device"]) for run in found if run.get("device")})
    lines += ["", f"Networks were trained on {'; '.join(devices) or 'nothing yet'}."]
    text = "\n".join(lines) + "\n"
    folder.with_suffix(".md").write_text(text, encoding="utf-8")
    return text


def _mean(values: list[float]) -> str:
    """Write the mean and, of several seeds, the sample standard deviation."""
    digits = 4 if max(map(abs, values)) <= 1 else 2
    spread = f" ± {np.std(values, ddof=1):.{digits}f}" if len(values) > 1 else ""
    return f"{np.mean(values):.{digits}f}{spread}"


class Tell:
    """Says every half minute how far it is."""

    def __init__(self, name: str) -> None:
        """Begin with silence."""
        self.name, self.said = name, time.monotonic()

    def __call__(self, step: Step) -> None:
        """Take a step."""
        if time.monotonic() - self.said > 30:
            self.said = time.monotonic()
            print(f"  {self.name}: {step.share:.1%} {step.message}", flush=True)
