"""Measure a claim: ``python -m benchmarks NAME [--quick]``; without a name, list them.

Prints a table and, as its last line, ``NAME: ratio=... difference=...`` of which the
ratio is the main case's plain time / our time and the difference the largest of all
rows. Ends with 1 where the two sides disagree.
"""

import argparse
import ast
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import Result

HERE = Path(__file__).parent


def claims() -> dict[str, str]:
    """Give the name of every benchmark and the first line of its docstring."""
    found = {}
    for path in sorted(HERE.glob("[a-z]*.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found[path.stem] = text.split("\n")[0]
    return found


def show(name: str, result: Result) -> str:
    """Lay a result out as its table, its notes and its last line."""
    wide = max(len(row.case) for row in result.rows)
    lines = [f"{'case':<{wide}}   plain s    ours s   ratio  promise  difference"]
    for row in result.rows:
        promise = f"{row.promise:g}" if row.promise else "-"
        below = "  below its promise" if row.ratio < row.promise else ""
        lines.append(
            f"{row.case:<{wide}}  {row.plain:8.3f}  {row.ours:8.3f}  {row.ratio:6.1f}"
            f"  {promise:>7}  {row.difference:10.1e}{below}"
        )
    lines += result.notes
    if not result.agrees:
        lines.append(f"The sides disagree: more than {result.tolerance:g}.")
    lines.append(f"{name}: ratio={result.rows[0].ratio:.1f} difference={result.difference:.1e}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark, or list them all; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", help="which claim to measure")
    parser.add_argument("--quick", action="store_true", help="under 40 s on two cores")
    chosen = parser.parse_args(arguments)
    known = claims()
    if chosen.name is None:
        for name, claim in known.items():
            print(f"{name:<18} {claim}")
        return 0
    try:
        module = importlib.import_module(f"benchmarks.{chosen.name}")
    except ModuleNotFoundError as error:
        if error.name != f"benchmarks.{chosen.name}":
            raise
        print(f"There is no benchmark {chosen.name!r}; choose one of {', '.join(known)}.")
        return 2
    result: Result = module.run(chosen.quick)
    print(show(chosen.name, result))
    return 0 if result.agrees else 1


if __name__ == "__main__":
    sys.exit(main())
