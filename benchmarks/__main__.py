"""Measure a claim: ``python -m benchmarks NAME [--quick]``; without a name, list them.

Prints a table and, as its last line, ``NAME: ratio=... difference=...`` of which the
ratio is the main case's plain time / our time and the difference the largest of all
rows. Ends with 1 where the two sides disagree.

A module with a function ``study(arguments)`` in place of ``run`` is a long one: it takes hours,
has arguments of its own, and is left out of the list that ``--short`` gives to `make bench`.
"""

import argparse
import ast
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import Result

HERE = Path(__file__).parent


def claims(*, short: bool = False) -> dict[str, str]:
    """Give the name of every benchmark, or of the short ones, and what it claims in one line."""
    found = {}
    for path in sorted(HERE.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        long = any(isinstance(each, ast.FunctionDef) and each.name == "study" for each in tree.body)
        if not (short and long):
            found[path.stem] = (ast.get_docstring(tree) or "").split("\n")[0]
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
    parser.add_argument("--short", action="store_true", help="list those that take no hours")
    chosen, rest = parser.parse_known_args(arguments)
    known = claims(short=chosen.short)
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
    if hasattr(module, "study"):
        return int(module.study([*rest, "--quick"] if chosen.quick else rest))
    if rest:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    result: Result = module.run(chosen.quick)
    print(show(chosen.name, result))
    return 0 if result.agrees else 1


if __name__ == "__main__":
    sys.exit(main())
