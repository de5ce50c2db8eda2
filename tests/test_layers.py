"""Who may import whom, read from the sources.

`ROOMS` is the whole rule. A room imports what stands on a line above it and nothing below;
within a room modules import one another, but never in a circle. A method needs no entry:
what stands in `clustering/` and is named on no line is one. A page imports no other page.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

METHODS = "(methods)"
PAGES = "(pages)"

ROOMS = f"""
    clustering
    clustering.errors clustering.progress clustering.words clustering.snippets clustering.threads
    clustering.dataset
    clustering.partition clustering.axis clustering.checks
    clustering.data sample_data
    clustering.validity
    clustering.geometry clustering.sweep
    clustering.trees
    clustering.graph
    {METHODS}
    clustering.deep
    clustering.judging
    clustering.engine
    clustering.lessons
    clustering.figures
    clustering.script clustering.export
    benchmarks
    dashboard.ui
    {PAGES}
    app
"""
"""From the ground up; what stands on one line is one room."""

ONLY_IN = {
    "streamlit": ("app", "dashboard"),
    "plotly": ("clustering.figures",),
    "keras": ("clustering.deep",),
    "tensorflow": ("clustering.deep",),
    "torch": ("clustering.deep",),
}
"""Packages that one room alone may import."""

HEAVY = ("numpy", "pandas", "scipy", "sklearn", "plotly", "streamlit", "tensorflow", "keras")

IMPORT_NAME = {"pillow": "PIL", "scikit-learn": "sklearn", "umap-learn": "umap"}
"""What a distribution is called in code, where not by its own name."""


def modules() -> dict[str, Path]:
    """Every module of the project outside the tests, by its dotted name."""
    found = {}
    for room in ("clustering", "sample_data", "benchmarks", "dashboard"):
        for path in (ROOT / room).rglob("*.py"):
            found[".".join(path.relative_to(ROOT).with_suffix("").parts)] = path
    found |= {"app": ROOT / "app.py"} if (ROOT / "app.py").exists() else {}
    return {name.removesuffix(".__init__"): path for name, path in found.items()}


def imports(source: str) -> Iterator[str]:
    """Dotted names that a source imports, in functions too, but not for types alone.

    ``from a import b`` gives ``a.b``, whether b is a module or not.
    """
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def within(name: str, rooms: Iterable[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


MODULES = modules()
IMPORTS = {name: set(imports(path.read_text("utf-8"))) for name, path in MODULES.items()}


def needs(name: str) -> set[str]:
    """Modules of the project that `name` imports."""
    called = {i if i in MODULES else i.rpartition(".")[0] for i in IMPORTS[name]}
    return called & set(MODULES)


def test_imports_are_read_wherever_they_stand() -> None:
    source = """
if TYPE_CHECKING:
    import never
else:
    import a
def f():
    from b.c import d, e
"""
    assert set(imports(source)) == {"a", "b.c.d", "b.c.e"}


def room_of(name: str) -> int:
    """Give the floor on which a module stands."""
    floors = [line.split() for line in ROOMS.strip().splitlines()]
    for floor, rooms in enumerate(floors):
        if name in rooms or (within(name, rooms) and "clustering" not in rooms):
            return floor
    other = METHODS if within(name, ["clustering"]) else PAGES
    return next(floor for floor, rooms in enumerate(floors) if other in rooms)


def test_every_room_that_is_named_is_there() -> None:
    named = set(ROOMS.split()) - {METHODS, PAGES}
    assert not {name for name in named if not any(within(m, [name]) for m in MODULES)}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_below_it(name: str) -> None:
    above = {other for other in needs(name) if room_of(other) > room_of(name)}
    assert not above, f"{name} imports {', '.join(sorted(above))}, which stands above it in ROOMS."


def test_nothing_is_imported_in_a_circle() -> None:
    try:
        TopologicalSorter({name: needs(name) - {name} for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


FOLDERS = [name.rpartition(".")[0] for name in MODULES if name.endswith(".page")]
"""Each page is a folder, in which its script is called page."""


def test_no_page_imports_another_page() -> None:
    for name in MODULES:
        if room_of(name) == room_of("dashboard.some.page"):
            page = next(each for each in FOLDERS if within(name, [each]))
            others = {i for i in needs(name) if room_of(i) == room_of(name)}
            assert all(within(other, [page]) for other in others), name


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_package_stays_in_its_room(package: str) -> None:
    strays = [
        name
        for name, imported in IMPORTS.items()
        if not within(name, ONLY_IN[package]) and any(within(i, [package]) for i in imported)
    ]
    assert not strays, f"Only {' and '.join(ONLY_IN[package])} may import {package}."


def test_samples_need_shapes_alone() -> None:
    allowed = {"clustering.data.shapes", "clustering.dataset"}
    for name in MODULES:
        if within(name, ["sample_data"]):
            strays = {
                other for other in needs(name) - allowed if not within(other, ["sample_data"])
            }
            assert not strays, name


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *extras["medoids"],
        *extras["libimagequant"],
        *extras["chinese"],
    ]
    names = [line.split(">")[0] for line in wanted]
    declared = {IMPORT_NAME.get(name, name.replace("-", "_")) for name in names}
    own = {name.partition(".")[0] for name in MODULES}
    known = declared | own | sys.stdlib_module_names
    for name, imported in IMPORTS.items():
        if not within(name, ["benchmarks"]):  # these may use what only tests install
            unknown = {i.partition(".")[0] for i in imported} - known
            assert not unknown, f"{name} imports {unknown}; add it to pyproject.toml."


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = f"import sys, clustering; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
