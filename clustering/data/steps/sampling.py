"""Sampling: fewer rows that still show every region, and names for the rows.

A plain random sample of 500 of 100,000 rows leaves the number of rows from each group
to chance. A *stratified* sample does not: the rows are put in order along the line on
which they vary most (the first principal component, group by group where groups are
known), the line is cut into as many equal slices as rows are wanted, and one row is
drawn from each slice. Every stretch of the line is then represented in proportion.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from clustering.data.passport import Column, Passport
from clustering.data.steps.stages import Stage, Work, shown
from clustering.data.tables import Table
from clustering.dataset import Floats, Integers

__all__ = ["MOST_NAMES", "Sampled", "names_of", "stratified"]

MOST_NAMES = 50_000
"""Points up to which each gets a name; more are never hovered over one by one."""

LONGEST_NAME = 60  # characters
TITLE = "Sample"


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many rows are drawn.

    Attributes
    ----------
    size, seed : int
        As in `Choices`.
    """

    size: int
    seed: int

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Draw a stratified sample."""
        size, n, truth = self.size, len(work.points), work.table.truth
        if not 0 < size < n:
            return work, Stage("sample", TITLE)
        groups = None if truth is None else work.table.frame[truth].iloc[work.rows]
        drawn = np.zeros(n, dtype=bool)
        drawn[stratified(work.points, size=size, groups=groups, seed=self.seed)] = True
        by = "the first principal component"
        if truth is not None:
            by = f"column {shown(truth)} and {by}"
        said = (
            f"A sample of {size:,} of {n:,} rows is used, drawn evenly along {by}; choose all "
            "rows to undo this."
        )
        stage = Stage("sample", TITLE, (said,), dropped=n - size)
        return work.keep(drawn, ""), stage


def stratified(
    points: Floats, *, size: int, groups: "pd.Series[str] | None" = None, seed: int = 0
) -> Integers:
    """Draw one row from each of `size` equal slices of the ordered rows.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Prepared points.
    size : int
        Rows to draw, at most n.
    groups : Series of shape (n,), optional
        Known groups, which come first in the order.
    seed : int
        Seed of the generator.

    Returns
    -------
    ndarray of shape (size,), int64
        Places of the drawn rows, ascending.

    Notes
    -----
    With the rows in order, slice i holds the places from ``i n // size`` up to, but
    without, ``(i + 1) n // size``; so no row is drawn twice. O(n d^2 + n log n).

    References
    ----------
    Cochran, W. G. Sampling Techniques, 3rd ed., Wiley, 1977, chapter 5.

    Examples
    --------
    >>> points = np.arange(12.0)[:, None]
    >>> (stratified(points, size=4) // 3).tolist()
    [0, 1, 2, 3]
    """
    n = len(points)
    first = PCA(n_components=1, svd_solver="full").fit_transform(points)[:, 0]
    strata = np.zeros(n) if groups is None else pd.factorize(groups, sort=True)[0]
    order = np.lexsort((first, strata))
    edges = np.arange(size + 1) * n // size
    drawn = np.random.default_rng(seed).integers(edges[:-1], edges[1:])
    return np.sort(order[drawn])


def names_of(table: Table, passport: Passport, rows: Integers) -> tuple[str, ...]:
    """Give each of these rows the name that its own table has for it.

    Parameters
    ----------
    table : Table
        The user's table.
    passport : Passport
        Of this table.
    rows : ndarray of shape (n,)
        Places in the table.

    Returns
    -------
    tuple of n str, or ()
        ``"CustomerID 0017"`` from the first id-like column, or else the words of the
        first short text column whose texts differ in at least half of the rows;
        nothing where there is no such column, or more than `MOST_NAMES` rows.
    """
    if len(rows) > MOST_NAMES:
        return ()
    column = naming(table, passport)
    if column is None:
        return ()
    if column.name in table.written:
        cells = [str(cell) for cell in table.written[column.name].iloc[rows]]
    else:
        cells = [str(cell) for cell in table.frame[column.name].iloc[rows]]
    # "Bern" says all; "17" does not.
    telling = any(letter.isalpha() for text in column.examples for letter in text)
    title = "" if telling and column.distinct == passport.rows else f"{column.name} "
    return tuple(" ".join(f"{title}{cell}".split())[:LONGEST_NAME] for cell in cells)


def naming(table: Table, passport: Passport) -> Column | None:
    """Choose the column that names rows."""
    short = [
        column
        for column in passport.columns
        if column.name != table.truth and all(len(text) < LONGEST_NAME for text in column.examples)
    ]
    for column in short:
        if column.id and not column.name.startswith("Unnamed: "):
            return column
    for column in short:
        if column.kind == "text" and not column.odd and 2 * column.distinct >= passport.rows > 1:
            return column
    return None
