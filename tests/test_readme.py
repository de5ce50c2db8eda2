"""What the README names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(target):
    assert (ROOT / target).is_file()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bmake ([a-z-]+)", README))))
def test_make_targets_exist(name):
    assert re.search(rf"^{name}:", MAKEFILE, re.MULTILINE)


def test_the_layout_names_what_is_there():
    layout = README.split("```")[-2]
    for line in layout.strip().splitlines():
        inside = "clustering" if line.startswith("    ") and "ui/" not in line else ""
        inside = "dashboard" if "ui/" in line else inside
        for path in re.findall(r"[\w/*.]+(?:\.py|/)(?=\s|$)", line.split("  " * 4)[0] + " "):
            assert list((ROOT / inside).glob(path.rstrip("/"))), path


def test_the_benchmark_that_is_shown_exists():
    name = re.search(r"-m benchmarks (\w+)", README).group(1)
    assert (ROOT / "benchmarks" / f"{name}.py").is_file()
