"""The program as a whole: blocks put together, with what they import at its top."""

import re
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import cast

import numpy as np

from clustering.data.preparation import Choices, fit
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.errors import DataError, UnsupportedError
from clustering.partition import Partition
from clustering.script.orders import order_blocks
from clustering.script.preparation import preparation_blocks, weighted
from clustering.script.reading import reading_blocks
from clustering.snippets import block

__all__ = ["FORMULA", "assembled", "free_name", "home", "script", "writer"]

MANY = 1000
"""Rows from which pandas may read a file in pieces."""

FORMULA = r"^(?![+-](\d*[.,])?\d+([eE][+-]?\d+)?\s?%?\Z)[=+@\t\r\n＝＋－＠-]"
"""How text begins that a spreadsheet would run, unless it is a number and its sign.

Some of the signs are full-width, as Chinese and Japanese keyboards write them.
"""

IMPORT = re.compile(r"(from \S+ )?import \S+( as \S+)?$")

PACKAGES = {"sklearn": "scikit-learn", "PIL": "pillow", "umap": "umap-learn"}
"""What is installed under another name than it is imported."""

OPENING = """The clusters of a table, found again with public packages alone.

    python this_script.py {arguments}

writes LABELS (labels.csv where it is not said): the table, and beside each row its
cluster. The same labels are sure with the versions that gave them:
{versions}."""


def script(
    table: Table, choices: Choices, partition: Partition, *, dataset: Dataset | None = None
) -> str:
    """Write a Python program that gives the same labels without this library.

    Parameters
    ----------
    table : Table
        The user's table.
    choices : Choices
        How it was made ready.
    partition : Partition
        The result.
    dataset : Dataset, optional
        What these choices made of the table, where it is at hand: then preparation
        need not be fitted again to learn which columns are used.

    Returns
    -------
    str
        A program of public packages. Its first argument is the table (left out for
        samples that scikit-learn brings along), its last the CSV file to write:
        the table with a further column, ``cluster``.

    Raises
    ------
    UnsupportedError
        Where no script can be written for the method.
    PreparationError
        Where the choices leave nothing to cluster.
    DataError
        Where `dataset` and `partition` do not belong together.
    """
    in_python = writer(partition.method)
    if dataset is None or dataset.features is None:
        columns = fit(table, choices).columns
    elif np.array_equal(dataset.rows, partition.rows):
        columns = tuple(map(str, dataset.features.columns))
    else:
        raise DataError("This result belongs to other data; compute it again.")
    steps, distances = preparation_blocks(table, choices, columns)
    steps.append(
        in_python(
            partition.parameters,
            weights="weights" if weighted(choices) else "",
            distances=distances,
        )
    )
    opening = [*reading_blocks(table.log or table), *order_blocks(table)]
    arguments = "[LABELS]" if table.reading.format == "sample" else "[TABLE [LABELS]]"
    return assembled(
        OPENING.replace("{arguments}", arguments),
        ["import re\nimport pandas as pd", *opening, *steps, home(table)],
        packages=["pandas", *(["python-calamine"] if table.reading.format == "book" else [])],
    )


def assembled(said: str, blocks: Iterable[str], *, packages: Iterable[str] = ()) -> str:
    """Put blocks together to a program: what they import stands at its top, once.

    Parameters
    ----------
    said : str
        The program's docstring; ``{versions}`` becomes what is installed of each package.
    blocks : iterable of str
        Code in its order (`clustering.snippets.block`), with the import lines that it needs
        among its lines. `sys` and numpy (as ``np``) need none.
    packages : iterable of str
        What is needed beyond what is imported: a reader that pandas loads.

    Returns
    -------
    str
        A whole program.
    """
    imports, rest = _gathered(["import sys\nimport numpy as np", *blocks])
    roots = {PACKAGES.get(root, root) for root in _roots(imports)}
    names = sorted({"numpy", "scikit-learn", *packages} | roots)
    opening = said.format(versions=", ".join(f"{name} {version(name)}" for name in names))
    own = [line for line in imports if not _roots([line])]
    others = [line for line in imports if _roots([line])]
    head = "\n".join([f'"""{opening}', '"""', "", *own, "", *others])
    return "\n\n".join([head, *filter(None, rest)]) + "\n"


def writer(method: str) -> Callable[..., str]:
    """Find the function of a method's module that writes its lines."""
    name = f"clustering.{method}"
    known = method.isidentifier() and find_spec(name) is not None
    in_python = getattr(import_module(name), "in_python", None) if known else None
    if in_python is None:
        raise UnsupportedError(f"There is no script for results of {method} yet.")
    return cast("Callable[..., str]", in_python)


def _gathered(blocks: Iterable[str]) -> tuple[list[str], list[str]]:
    """Take the imports out of blocks; a function that several carry along stands once."""
    imports, rest = set[str](), list[str]()
    for each in dict.fromkeys(blocks):
        lines = each.split("\n")
        imports |= {line for line in lines if IMPORT.match(line)}
        rest.append("\n".join(line for line in lines if not IMPORT.match(line)))
    return sorted(imports), rest


def _roots(imports: Iterable[str]) -> set[str]:
    """Name the packages beyond Python's own that imports are from."""
    return {line.split()[1].partition(".")[0] for line in imports} - sys.stdlib_module_names


def free_name(name: str, taken: Iterable[str]) -> str:
    """Give `name`, or the first of ``name_2``, ``name_3`` ... that is not taken.

    Examples
    --------
    >>> free_name("cluster", ["cluster", "cluster_2"])
    'cluster_3'
    """
    names, candidate, number = set(taken), name, 1
    while candidate in names:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def home(table: Table) -> str:
    """Write the labels beside the rows they belong to."""
    name = free_name("cluster", table.frame.columns)
    home = block(
        "Home again: clusters are numbered from 1, and a row that was left out has none.",
        f"table[{name!r}] = pd.Series(labels + 1, index=rows, dtype='Int64')",
        f"print(table[{name!r}].value_counts(dropna=False).sort_index())",
    )
    safe = block(
        "Text that a spreadsheet would run as a formula gets an apostrophe in front of it.",
        f'formula = r"{FORMULA}"',
        r'''harmless = r"'\g<0>"''',
        "table = table.replace(formula, harmless, regex=True)",
        "table.columns = [re.sub(formula, harmless, name) for name in table.columns]",
        "table.to_csv(labels_path, index=False, encoding='utf-8-sig')",
    )
    return f"{home}\n\n{safe}"
