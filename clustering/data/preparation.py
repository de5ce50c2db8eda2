r"""Preparation: from the cells of a table to points, fitted once and then applied.

Whatever is computed from data to change data (a mean that fills gaps, a scale, the
axes of a principal component analysis) belongs to the data it was computed from. Next
month's file must meet *last* month's scale, or the same customer would move although
nothing about her changed. So `fit` looks at one table and gives a `Preparation`, and
its `apply` makes that table, or another with the same columns, ready.

The order is fixed, and a script repeats it in as many lines with public packages:

==============  =================================================================
columns         the chosen ones, without those in which nothing differs
duplicates      repeated rows: keep, drop, count as weight
missing         drop rows, or fill cells
categories      one-hot, ordinal, Gower's distance, or out
dates           elapsed days, parts, or out
places          three coordinates on the globe, or distances along it
outliers        clip cells, drop rows
skew            logarithm, Yeo-Johnson
scaling         one of scikit-learn's scalers
balance         groups of unequal size: weights, or rows drawn with replacement
components      principal components
sample          m of the n rows
==============  =================================================================

Every step says in a sentence what it did and which choice undoes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from sklearn.decomposition import PCA

from clustering.data.choices import Choices, Missing, Scaling
from clustering.data.passport import Passport, inspect
from clustering.data.steps import (
    balance,
    categories,
    columns,
    components,
    gaps,
    moments,
    outliers,
    scaling,
    skew,
)
from clustering.data.steps.distances import Gower
from clustering.data.steps.duplicates import Repeats
from clustering.data.steps.globe import Globe
from clustering.data.steps.sampling import Sampled, names_of
from clustering.data.steps.stages import Stage, Step, Work
from clustering.data.suggestion import suggest, why_none
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats, Metric, Source
from clustering.errors import ParameterError, PreparationError

__all__ = ["Choices", "Missing", "Preparation", "Scaling", "Stage", "fit", "prepare", "suggest"]


@dataclass(frozen=True, eq=False, slots=True)
class Preparation:
    """A fitted preparation, which can be pickled and applied to other tables.

    Attributes
    ----------
    choices : Choices
        What was asked for.
    begin : Columns
        Which columns are used, and as what.
    steps : tuple of Step
        The other steps in their order, each with what was computed from the table.
    metric : Metric
        How distances between the points are measured.
    passport : Passport
        Of the table it was fitted on.
    key : str
        Key of that table.
    """

    choices: Choices
    begin: columns.Columns
    steps: tuple[Step, ...]
    metric: Metric
    passport: Passport
    key: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are used, in the order of the choices."""
        return tuple(self.begin.roles)

    @property
    def axes(self) -> components.Axes:
        """The principal components on which rows are projected."""
        return next(step for step in self.steps if isinstance(step, components.Axes))

    @property
    def pca(self) -> PCA | None:
        """The fitted PCA of the components that are kept; None without any."""
        return self.axes.pca

    @property
    def scree(self) -> Floats | None:
        """Share of the variance along every principal component; None without any."""
        return self.axes.scree

    def run(self, table: Table, *, watched: bool = False) -> Iterator[tuple[Work, Stage]]:
        """Give the rows after each step, with what it did."""
        work, stage = self.begin.begin(table, watched=watched)
        yield work, stage
        for step in self.steps:
            work, stage = step(work)
            yield work, stage

    def stages(self, table: Table) -> tuple[Stage, ...]:
        """Say what each step does to a table.

        Parameters
        ----------
        table : Table
            The fitted table, or another one with the same columns.

        Returns
        -------
        tuple of Stage
            All twelve, also those that do nothing, with the numbers before and after.

        Raises
        ------
        DataError
            As `apply` does.
        """
        return tuple(stage for _, stage in self.run(table, watched=True))

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
            units (numbers, words, dates; indexed by these places, gaps filled), and
            `changes` say what was done. Numbers come first among the coordinates, then
            dates, categories, and places on the globe.

        Raises
        ------
        DataError
            Where columns are missing or hold something else.
        PreparationError
            Where no row is left, or numbers are too large.
        """
        said: list[str] = []
        for taken, stage in self.run(table):
            work = taken
            said += stage.said
        return self.dataset(work, said)

    def dataset(self, work: Work, said: list[str]) -> Dataset:
        """Make a Dataset of the rows that have gone through all steps."""
        table, rows = work.table, work.rows
        passport = self.passport if table.key == self.key else inspect(table)
        return Dataset(
            points=work.points,
            columns=work.columns,
            rows=rows,
            source=Source(table.name, names=names_of(table, passport, rows)),
            features=work.frame,
            weights=work.weights,
            metric=self.metric,
            changes=tuple(said),
            left_out=dict(work.left_out),
        )


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
        Where a chosen column is not there or holds something else.
    ParameterError
        Where choices make no sense for any table, or not together.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> table = read(b"a,b,c\n1,1,7\n2,,7\n3,5,7\n", "mine.csv")
    >>> data = fit(table, Choices(columns=("a", "b", "c"))).apply(table)
    >>> data.points.tolist(), data.rows.tolist(), data.columns
    ([[1.0, 1.0], [3.0, 5.0]], [0, 2], ('a', 'b'))
    >>> data.changes[0]
    "Column 'c' was left out: all its values are 7; choose other columns to undo this."
    """
    return taken(table, choices, passport)[0]


def prepare(
    table: Table, choices: Choices, *, passport: Passport | None = None
) -> tuple[Preparation, Dataset]:
    """Fit a preparation and apply it to the same table, every step taken once.

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
    (Preparation, Dataset)
        As ``preparation = fit(table, choices)`` and ``preparation.apply(table)`` give
        them, in half the time.

    Raises
    ------
    ClusterloomError
        As `fit` does.
    """
    preparation, work, said = taken(table, choices, passport)
    return preparation, preparation.dataset(work, said)


def taken(
    table: Table, choices: Choices, passport: Passport | None
) -> tuple[Preparation, Work, list[str]]:
    """Fit each step to what the steps before it give."""
    check(choices)
    passport = passport or inspect(table)
    if len(table.frame) < 2:
        raise PreparationError(f"'{table.name}' has only 1 row; clustering needs at least 2.")
    if not choices.columns:
        raise PreparationError(
            "No column is chosen; choose at least one."
            if suggest(table, passport=passport).columns
            else why_none(table, passport)
        )
    begin = columns.fitted(table, choices, passport)
    work, stage = begin.begin(table)
    steps: list[Step] = []
    said = list(stage.said)

    def take(step: Step) -> Work:
        after, stage = step(work)
        steps.append(step)
        said.extend(stage.said)
        return after

    work = take(Repeats(choices.duplicates))
    work = take(gaps.fitted(work, begin, choices.missing))
    work = take(categories.fitted(work, begin, choices.categories))
    work = take(moments.fitted(work, begin, choices.dates))
    work = take(Globe(choices.places, begin.place))
    work = take(outliers.fitted(work, choices.outliers, choices.seed))
    work = take(skew.fitted(work, choices.skew))
    on_sphere = begin.place is not None and choices.places == "sphere"
    work = take(scaling.fitted(work, choices.scaling, sphere=on_sphere))
    work = replace(work, metric=metric_of(work, begin, choices))
    work = take(balance.fitted(table, choices.balance, choices.balance_by, choices.seed))
    work = take(components.fitted(work, choices))
    metric = work.metric
    work = take(Sampled(choices.sample, choices.seed))
    return Preparation(choices, begin, tuple(steps), metric, passport, table.key), work, said


def metric_of(work: Work, begin: columns.Columns, choices: Choices) -> Metric:
    """Give the distance between points, with the ranges that Gower's needs."""
    if choices.categories != "gower" or not begin.of("category"):
        return work.metric
    words = len(begin.of("category"))
    three = work.points.shape[1] - (3 if begin.place else 0)
    ranges = np.ptp(work.points, axis=0)
    ranges[ranges == 0.0] = 1.0  # a column that no longer varies sets nothing apart
    ranges[three - words : three] = 0.0
    return Metric("gower", Gower(tuple(ranges.tolist())))


def check(choices: Choices) -> None:
    """Refuse numbers that make no sense for any table."""
    if choices.components < 0 or choices.sample < 0 or choices.sample == 1:
        raise ParameterError("Components and sample are 0 or more; a sample has at least 2 rows.")
    if not 0.0 <= choices.variance < 1.0:
        raise ParameterError("The share of variance to keep lies between 0 and 1, such as 0.95.")
    if choices.components and choices.variance:
        raise ParameterError(
            "Choose either a number of principal components or a share of the variance."
        )
