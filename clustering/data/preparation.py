r"""Preparation: from the cells of a table to points, fitted once and then applied.

Whatever is computed from data to change data (a mean that fills gaps, a scale, the
axes of a principal component analysis) belongs to the data it was computed from. Next
month's file must meet *last* month's scale, or the same customer would move although
nothing about her changed. So `fit` looks at one table and gives a `Preparation`, and
its `apply` makes that table, or another with the same columns, ready.

The order is fixed, and a script repeats it in as many lines with public packages:

1. the chosen columns of numbers, without the constant and the wholly missing ones;
2. infinite cells count as missing; rows with a missing cell are dropped, or filled;
3. one of scikit-learn's scalers;
4. ``PCA(n_components=components, svd_solver="full")``;
5. a sample of m of the n rows (`clustering.data.sampling`).

Every step says in a sentence what it did and which choice undoes it.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from clustering.data.cells import all_dropped, keep_varying, matrix, without_incomplete
from clustering.data.choices import Choices, Missing, Scaling
from clustering.data.passport import Passport, inspect
from clustering.data.sampling import names_of, stratified
from clustering.data.scaling import SCALED, SCALERS, UNITS, Scaler, scaled
from clustering.data.suggestion import suggest, why_none
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats, Integers, Source
from clustering.errors import ParameterError, PreparationError
from clustering.words import count

__all__ = ["Choices", "Missing", "Preparation", "Scaling", "fit", "suggest"]


@dataclass(frozen=True, eq=False, slots=True)
class Preparation:
    """A fitted preparation, which can be pickled and applied to other tables.

    Attributes
    ----------
    choices : Choices
        What was asked for.
    columns : tuple of str
        The d columns that are used, in the order of the choices.
    left_out : tuple of str
        Sentences on chosen columns that are not used (constant, wholly missing).
    fills : ndarray of shape (d,)
        What stands in for a missing cell; NaN where rows are dropped.
    scaler : fitted scaler of scikit-learn, or None
        Named by `choices.scaling`.
    pca : fitted PCA of scikit-learn, or None
        ``PCA(n_components=choices.components, svd_solver="full")``.
    passport : Passport
        Of the table it was fitted on.
    key : str
        Key of that table.
    """

    choices: Choices
    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    fills: Floats
    scaler: Scaler | None
    pca: PCA | None
    passport: Passport
    key: str

    def transform(self, cells: Floats) -> Floats:
        """Turn cells in original units, none of them missing, into points.

        Parameters
        ----------
        cells : ndarray of shape (m, d)
            Values of `columns`.

        Returns
        -------
        ndarray of shape (m, d) or (m, components)
            Scaled and projected as the fitted table was.
        """
        points = cells if self.scaler is None else scaled(self.scaler, cells)
        return points if self.pca is None else np.asarray(self.pca.transform(points))

    @property
    def axes(self) -> tuple[str, ...]:
        """What each coordinate is, with its unit, as an axis title would say it."""
        if self.pca is not None:
            shares = enumerate(self.pca.explained_variance_ratio_, start=1)
            return tuple(f"PC{place} ({share:.0%} of variance)" for place, share in shares)
        unit = UNITS.get(self.choices.scaling)
        return tuple(f"{name} ({unit})" if unit else name for name in self.columns)

    def apply(self, table: Table) -> Dataset:
        """Make a table ready as the fitted one was.

        Parameters
        ----------
        table : Table
            The fitted table, or another one with the same columns.

        Returns
        -------
        Dataset
            `rows` are places in the table, `features` the used columns in original
            units (indexed by these places, gaps filled), and the passport's `changes`
            say what was done.

        Raises
        ------
        DataError
            Where columns are missing or hold no numbers.
        PreparationError
            Where no row is left, or numbers are too large.
        """
        cells, infinite = matrix(table, self.columns)
        changes = list(self.left_out)
        if infinite:
            changes.append(
                f"{count(infinite, 'infinite cell')} counted as missing; "
                "mend the file to bring back what they were."
            )
        cells, rows, gaps = self.without_gaps(cells)
        dropped = len(table.frame) - len(rows)
        points = self.transform(cells)
        changes += [*gaps, *self.rescaled()]
        if 0 < self.choices.sample < len(points):
            groups = None if table.truth is None else table.frame[table.truth].iloc[rows]
            drawn = stratified(
                points, size=self.choices.sample, groups=groups, seed=self.choices.seed
            )
            by = "the first principal component"
            if table.truth is not None:
                by = f"column '{table.truth}' and {by}"
            changes.append(
                f"A sample of {len(drawn):,} of {len(points):,} rows is used, drawn evenly "
                f"along {by}; choose all rows to undo this."
            )
            points, cells, rows = points[drawn], cells[drawn], rows[drawn]
        passport = self.passport if table.key == self.key else inspect(table)
        return Dataset(
            points=points,
            columns=self.axes,
            rows=rows,
            source=Source(table.name, names=names_of(table, passport, rows)),
            features=pd.DataFrame(cells, columns=list(self.columns), index=rows),
            passport=replace(passport, changes=tuple(changes), dropped=dropped),
        )

    def without_gaps(self, cells: Floats) -> tuple[Floats, Integers, list[str]]:
        """Drop or fill: cells without gaps, the rows they are from, and sentences."""
        gaps = np.isnan(cells)
        rows = np.arange(len(cells))
        if not gaps.any():
            return cells, rows, []
        if self.choices.missing == "drop":
            kept = ~gaps.any(axis=1)
            if not kept.any():
                raise PreparationError(all_dropped(self.columns, gaps))
            dropped = (
                f"{int((~kept).sum()):,} of {count(len(cells), 'row')} left out for a missing "
                "value in a chosen column; choose to fill with mean or median instead."
            )
            return cells[kept], rows[kept], [dropped]
        filled = [
            f"{count(int(gap.sum()), 'missing cell')} of column '{name}' filled with the "
            f"{self.choices.missing}, {value:.6g}; choose to drop rows to undo this."
            for name, gap, value in zip(self.columns, gaps.T, self.fills, strict=True)
            if gap.any()
        ]
        return np.where(gaps, self.fills, cells), rows, filled

    def rescaled(self) -> list[str]:
        """Say what scaling and projection did."""
        sentences = []
        if self.scaler is not None:
            sentences.append(
                f"{count(len(self.columns), 'column')} {SCALED[self.choices.scaling]}; "
                "choose scaling 'none' for the original units."
            )
        if self.pca is not None:
            share = float(np.sum(self.pca.explained_variance_ratio_))
            sentences.append(
                f"{count(self.choices.components, 'principal component')} of "
                f"{count(len(self.columns), 'column')} kept, with {share:.1%} of the variance; "
                "choose 0 components to undo this."
            )
        return sentences


def fit(table: Table, choices: Choices, *, passport: Passport | None = None) -> Preparation:
    r"""Fit a preparation to a table.

    Parameters
    ----------
    table : Table
        What the user brought.
    choices : Choices
        How to make it ready.
    passport : Passport, optional
        Of this table, where it is at hand.

    Returns
    -------
    Preparation
        Apply it to the same table for the Dataset to cluster.

    Raises
    ------
    PreparationError
        Where the choices leave nothing to cluster, or numbers are too large.
    DataError
        Where a chosen column is not there or holds no numbers.
    ParameterError
        Where there are more components than columns or rows.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> table = read(b"a,b,c\n1,1,7\n2,,7\n3,5,7\n", "mine.csv")
    >>> data = fit(table, Choices(columns=("a", "b", "c"))).apply(table)
    >>> data.points.tolist(), data.rows.tolist(), data.columns
    ([[1.0, 1.0], [3.0, 5.0]], [0, 2], ('a', 'b'))
    >>> data.passport.changes[0]
    "Column 'c' was left out: all its values are 7; choose other columns to undo this."
    """
    if choices.components < 0 or choices.sample < 0 or choices.sample == 1:
        raise ParameterError("Components and sample are 0 or more; a sample has at least 2 rows.")
    passport = passport or inspect(table)
    if len(table.frame) < 2:
        raise PreparationError(f"'{table.name}' has only 1 row; clustering needs at least 2.")
    if not choices.columns:
        raise PreparationError(
            "No column is chosen; choose at least one column of numbers."
            if suggest(table, passport=passport).columns
            else why_none(table, passport)
        )
    cells, _ = matrix(table, choices.columns)
    used, left_out = keep_varying(cells, np.arange(len(choices.columns)), choices.columns)
    if choices.missing == "drop":
        cells, used, flat = without_incomplete(cells, used, choices.columns)
        left_out += flat
    cells = cells[:, used]
    fills = np.full(len(used), np.nan)
    if choices.missing != "drop":
        fills = (np.nanmean if choices.missing == "mean" else np.nanmedian)(cells, axis=0)
        cells = np.where(np.isnan(cells), fills, cells)
    scaler, pca = None, None
    if choices.scaling != "none":
        with np.errstate(all="ignore"):
            scaler = SCALERS[choices.scaling]().fit(cells)
        cells = scaled(scaler, cells)
    if choices.components:
        most = min(cells.shape)
        if choices.components > most:
            raise ParameterError(
                f"{choices.components} principal components are more than the "
                f"{most} that {len(cells):,} rows of {count(len(used), 'column')} have; "
                f"choose at most {most}."
            )
        pca = PCA(n_components=choices.components, svd_solver="full").fit(cells)
    columns = tuple(choices.columns[j] for j in used)
    return Preparation(choices, columns, left_out, fills, scaler, pca, passport, table.key)
