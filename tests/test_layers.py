"""Who may import whom, read from the sources.

`LAYERS` is the whole rule: a module imports only what stands before it, on a line
above or to its left. A new module is added on the line of its room.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = """
    clustering
    clustering.errors  clustering.progress  clustering.words
    clustering.dataset
    clustering.partition
    clustering.axis  clustering.selection

    clustering.data  clustering.data.formats  clustering.data.steps  clustering.data.shapes
    sample_data  sample_data.large  sample_data.mixed  sample_data.nuisances  sample_data.__main__
    clustering.data.formats.packing  clustering.data.formats.extent
    clustering.data.formats.bounds  clustering.data.reading  clustering.data.formats.labels
    clustering.data.formats.lines  clustering.data.formats.detection
    clustering.data.formats.names  clustering.data.formats.leading  clustering.data.formats.ending
    clustering.data.formats.dialect  clustering.data.formats.alphabets
    clustering.data.formats.encoding  clustering.data.formats.digits
    clustering.data.formats.quoting  clustering.data.formats.parsing  clustering.data.formats.raw
    clustering.data.kinds.conversion  clustering.data.kinds.forms  clustering.data.kinds.levels
    clustering.data.kinds.naming  clustering.data.kinds.numerals  clustering.data.kinds.dateforms
    clustering.data.kinds.natives  clustering.data.kinds.looking  clustering.data.kinds.settling
    clustering.data.kinds.telling  clustering.data.kinds  clustering.data.formats.text
    clustering.data.formats.plain  clustering.data.formats.headings  clustering.data.formats.books
    clustering.data.formats.parquet  clustering.data.formats.json_layouts
    clustering.data.formats.json_tables  clustering.data.formats.arrays
    clustering.data.formats.arff  clustering.data.formats.signatures
    clustering.data.formats.files  clustering.data.tables  clustering.data.passport
    clustering.data.places  clustering.data.related  clustering.data.suspects
    clustering.data.warnings  clustering.data.steps.cells  clustering.data.choices
    clustering.data.steps.distances  clustering.data.steps.vocabulary
    clustering.data.steps.stages  clustering.data.steps.columns  clustering.data.steps.duplicates
    clustering.data.steps.gaps  clustering.data.steps.categories  clustering.data.steps.moments
    clustering.data.steps.globe  clustering.data.steps.outliers  clustering.data.steps.skew
    clustering.data.steps.scaling  clustering.data.steps.balance  clustering.data.steps.components
    clustering.data.steps.sampling  clustering.data.suggestion  clustering.data.preparation
    clustering.data.curves  clustering.data.samples

    clustering.validity.groups  clustering.validity.meet  clustering.validity.distances
    clustering.validity.sampling  clustering.validity.coefficient  clustering.validity.spread
    clustering.validity.bic  clustering.validity.neighbours  clustering.validity.density
    clustering.validity.agreement  clustering.validity.comparison  clustering.validity.curves
    clustering.validity

    clustering.nearest  clustering.voronoi  clustering.projection  clustering.embedding
    clustering.sweep
    clustering.kmeans_checks  clustering.kmeans_fit  clustering.kmeans_starts
    clustering.kmeans_steps  clustering.kmeans_restarts  clustering.kmeans_large
    clustering.kmeans
    clustering.metrics  clustering.tree  clustering.joining  clustering.neighbourhood
    clustering.spanning
    clustering.dbscan_rule  clustering.dbscan_axis  clustering.dbscan_grid  clustering.dbscan_cost
    clustering.atlas  clustering.knee  clustering.dbscan  clustering.hdbscan
    clustering.dbscan_steps
    clustering.branches  clustering.cophenetic  clustering.merging  clustering.graph_edges
    clustering.graph_leaks  clustering.graph  clustering.mixture  clustering.agglomerative
    clustering.linkages  clustering.bisecting  clustering.convex_path
    clustering.convex_fusions  clustering.convex  clustering.quick
    clustering.references  clustering.gap  clustering.hopkins  clustering.structure
    clustering.counting

    clustering.engine_work  clustering.engine_host  clustering.engine_parcels
    clustering.engine_link  clustering.engine_jobs  clustering.engine

    clustering.lessons  clustering.lessons.merges  clustering.lessons.agglomerative
    clustering.lessons.kmeans  clustering.lessons.silhouette
    clustering.lessons.dbscan

    clustering.figures  clustering.figures.plotlyjs  clustering.figures.style
    clustering.figures.colors  clustering.figures.raster  clustering.figures.scatter
    clustering.figures.axis  clustering.figures.steps  clustering.figures.coast
    clustering.figures.places
    clustering.figures.columns  clustering.figures.look  clustering.figures.thumbnail
    clustering.figures.sizes  clustering.figures.spread  clustering.figures.plane
    clustering.figures.map
    clustering.figures.kmeans  clustering.figures.kmeans_lesson  clustering.figures.flow
    clustering.figures.graph  clustering.figures.dendrogram  clustering.figures.shares
    clustering.figures.linkages  clustering.figures.convex
    clustering.figures.agglomerative_lesson
    clustering.figures.silhouette  clustering.figures.silhouette_lesson  clustering.figures.reach
    clustering.figures.dbscan  clustering.figures.dbscan_lesson  clustering.figures.atlas
    clustering.figures.condensed

    clustering.script_lines  clustering.script_cells  clustering.script_preparation
    clustering.script_formats
    clustering.script_reading  clustering.script_trees  clustering.script
    clustering.export

    benchmarks  benchmarks.__main__  benchmarks._app
    benchmarks.boundaries  benchmarks.million  benchmarks.prepare  benchmarks.read_csv
    benchmarks.rerun  benchmarks.silhouette_sweep  benchmarks.eps_value  benchmarks.eps_curve
    benchmarks.shapes  benchmarks.merge_cut
    benchmarks.start  benchmarks.sweep

    dashboard.ui.words  dashboard.ui.state  dashboard.ui.jobs
    dashboard.ui.cuts  dashboard.ui.wire  dashboard.ui.static_files  dashboard.ui.chart
    dashboard.ui.along
    dashboard.ui.shelf  dashboard.ui.room  dashboard.ui.reading  dashboard.ui.page
    dashboard.ui.region
    dashboard.ui.export  dashboard.ui

    dashboard.data.bringing  dashboard.data.preparing  dashboard.data.looking
    dashboard.data.data
    dashboard.partition.kmeans_parts  dashboard.partition.kmeans_tabs
    dashboard.partition.kmeans
    dashboard.partition.silhouette_parts  dashboard.partition.silhouette_tabs
    dashboard.partition.silhouette
    dashboard.structure.dbscan_sights  dashboard.structure.dbscan_parts
    dashboard.structure.dbscan_point
    dashboard.structure.dbscan_words  dashboard.structure.dbscan_views
    dashboard.structure.dbscan_tabs  dashboard.structure.dbscan
    dashboard.structure.agglomerative_side  dashboard.structure.agglomerative_parts
    dashboard.structure.agglomerative_words  dashboard.structure.agglomerative_convex
    dashboard.structure.agglomerative_views
    dashboard.structure.agglomerative_tabs  dashboard.structure.agglomerative

    app
"""

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


def test_every_module_has_its_place() -> None:
    table = LAYERS.split()
    assert len(table) == len(set(table))
    missing = sorted(set(MODULES) - set(table))
    gone = sorted(set(table) - set(MODULES))
    assert not missing, (
        f"Add {', '.join(missing)} to LAYERS in tests/test_layers.py, on the line of its room "
        "and to the right of what it imports."
    )
    assert not gone, f"Take {', '.join(gone)} out of LAYERS in tests/test_layers.py."


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    table = LAYERS.split()
    before = set(table[: table.index(name)]) if name in table else set(table)
    above = needs(name) - before - {name}
    assert not above, f"{name} imports {', '.join(sorted(above))}, which stands after it in LAYERS."


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_package_stays_in_its_room(package: str) -> None:
    strays = [
        name
        for name, imported in IMPORTS.items()
        if not within(name, ONLY_IN[package]) and any(within(i, [package]) for i in imported)
    ]
    assert not strays, f"Only {' and '.join(ONLY_IN[package])} may import {package}."


def test_samples_need_shapes_alone() -> None:
    allowed = {
        "clustering.data.shapes",
        "clustering.dataset",
        "sample_data",
        "sample_data.__main__",
        "sample_data.mixed",
        "sample_data.nuisances",
    }
    for name in MODULES:
        if within(name, ["sample_data"]):
            assert needs(name) <= allowed


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [line.split(">")[0] for line in project["dependencies"]]
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
