"""The harness compares answers: it ends with 1 where they differ, and never for time."""

import re
import sys
from types import ModuleType

import numpy as np
import pytest

from benchmarks import Result, compare
from benchmarks.__main__ import claims, main

LAST = r"fake: ratio=\d+\.\d difference=\d\.\de[+-]\d+"


def install(monkeypatch, plain, ours, promise=0.0):
    """Put a tiny benchmark where the harness looks for one."""

    def run(quick):
        row = compare(
            "tiny",
            plain=lambda: plain,
            ours=lambda: ours,
            difference=lambda a, b: abs(a - b),
            repeats=1 if quick else 3,
            promise=promise,
        )
        return Result((row,), tolerance=1e-6)

    module = ModuleType("benchmarks.fake")
    module.run = run
    monkeypatch.setitem(sys.modules, "benchmarks.fake", module)


@pytest.mark.parametrize("quick", [[], ["--quick"]])
def test_sides_that_agree_end_with_0_and_the_ratio_on_the_last_line(monkeypatch, capsys, quick):
    install(monkeypatch, 1.0, 1.0 + 1e-9)
    assert main(["fake", *quick]) == 0
    assert re.fullmatch(LAST, capsys.readouterr().out.splitlines()[-1])


def test_sides_that_disagree_end_with_1(monkeypatch, capsys):
    install(monkeypatch, 1.0, 1.1)
    assert main(["fake"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(LAST, lines[-1]) and "disagree" in lines[-2]


def test_an_answer_that_is_no_number_is_disagreement(monkeypatch):
    install(monkeypatch, 1.0, np.nan)
    assert main(["fake"]) == 1


def test_a_broken_promise_is_shown_but_does_not_fail(monkeypatch, capsys):
    install(monkeypatch, 1.0, 1.0, promise=1e12)
    assert main(["fake"]) == 0
    assert "below its promise" in capsys.readouterr().out


def test_the_sides_take_turns():
    calls = []
    compare(
        "order",
        plain=lambda: calls.append("plain"),
        ours=lambda: calls.append("ours"),
        difference=lambda a, b: 0.0,
        repeats=2,
    )
    assert calls == ["plain", "ours", "ours", "plain"]


def test_without_a_name_every_claim_is_listed_in_one_line(capsys):
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(claims()) and any("silhouette_sweep" in line for line in lines)
    assert all(claims().values())


def test_what_takes_hours_is_not_among_those_that_are_run_together(capsys):
    long = set(claims()) - set(claims(short=True))
    assert long == {"mnist", "sequences", "forecasts", "sentiment"}
    assert main(["--short"]) == 0
    assert "mnist" not in [line.split()[0] for line in capsys.readouterr().out.splitlines()]


def test_a_long_one_is_told_to_be_quick(monkeypatch):
    told = []
    module = ModuleType("benchmarks.fake")
    module.study = lambda arguments: told.extend(arguments) or 0
    monkeypatch.setitem(sys.modules, "benchmarks.fake", module)
    assert main(["fake", "--quick", "--seeds", "3"]) == 0
    assert sorted(told) == ["--quick", "--seeds", "3"]


def test_an_unknown_name_is_told_which_there_are(capsys):
    assert main(["nothing_here"]) == 2
    assert "silhouette_sweep" in capsys.readouterr().out
