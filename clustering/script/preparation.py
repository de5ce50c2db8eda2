"""Script, preparation: the steps from a table to points as plain lines of public packages.

The same arithmetic in the same order as `clustering.data.preparation`, so that the
points are equal to the last bit: sums run column by column, because every matrix lies
in memory column by column before anything is summed.
"""

from collections.abc import Callable

from clustering.data.choices import Choices
from clustering.data.passport import inspect
from clustering.data.steps.columns import role_of, spot
from clustering.data.steps.distances import gower, great_circle, on_globe
from clustering.data.steps.moments import PANDAS, PARTS
from clustering.data.steps.outliers import QUANTILES, REACH, SHARE
from clustering.data.steps.scaling import SCALERS
from clustering.data.tables import Table
from clustering.script.cells import Code, Values, weighted
from clustering.snippets import block, carried, enclosed, listing

__all__ = ["preparation_blocks", "weighted"]

DROP = "rows, points = rows[kept], np.asfortranarray(points[kept])"


def preparation_blocks(
    table: Table, choices: Choices, columns: tuple[str, ...]
) -> tuple[list[str], str]:
    """Write the steps that make a table ready.

    Parameters
    ----------
    table : Table
        The user's table, which the script has as `table`, its cells as they stand in
        the file.
    choices : Choices
        How it is made ready.
    columns : tuple of str
        The columns that are used.

    Returns
    -------
    blocks : list of str
        Code that sets `rows`, `points`, where there are any `weights`, and the distances.
    distances : str
        What the script calls the distances where they are not the straight line; else empty.
    """
    roles = {name: role_of(table.frame[name], table.form(name)) for name in columns}
    place = None
    if choices.places != "columns":
        place = spot(inspect(table), choices)
    steps = Steps(table, choices, roles, place)
    blocks = [*steps.values(), *steps.duplicates(), *steps.gaps(), *steps.points()]
    blocks += [*steps.outliers(), *steps.skew(), *steps.scaling(), *steps.ranges()]
    distances = steps.distances()
    blocks += [*steps.balance(), *steps.components(), *steps.sample(), *distances]
    return blocks, "distances" if distances else ""


class Steps(Values):
    """The steps behind those of `Values`, in the same way."""

    def points(self) -> list[str]:
        """Turn numbers, dates, words and places into coordinates."""
        blocks: list[str] = []
        stack: list[str] = []
        imports: list[str] = []
        if self.choices.places == "great-circle":
            latitude, longitude = self.place or ("", "")
            stack = [f"values[{listing([longitude, latitude])}]"]
        elif self.plain:
            stack = ["values"]
        elif self.measured:
            stack = ["values[numbers]" if self.measured == self.numbers
                     else f"values[{listing(self.measured)}]"]  # fmt: skip
        if self.dates and self.choices.dates == "elapsed":
            stack.append("(values[dates] - values[dates].min()) / np.timedelta64(1, 'D')")
        elif self.parted:
            taken = ", ".join(repr(PANDAS.get(part, part)) for part in PARTS)
            blocks.append(
                block(
                    "The parts of dates, as far as they differ.",
                    "parts = np.column_stack(",
                    f"    [getattr(values[name].dt, part) for name in dates for part in ({taken})]",
                    ")",
                    "parts = parts[:, np.ptp(parts, axis=0) > 0]",
                )
            )
            stack.append("parts")
        if self.words and self.choices.categories == "one-hot":
            imports.append("from sklearn.preprocessing import OneHotEncoder")
            encoder = "OneHotEncoder(sparse_output=False)"
            stack.append(f"{encoder}.fit_transform(values[words].astype(object))")
        elif self.words:
            imports.append("from sklearn.preprocessing import OrdinalEncoder")
            stack.append("OrdinalEncoder().fit_transform(values[words].astype(object))")
        if self.choices.places == "sphere" and self.place:
            blocks += carried(on_globe)
            latitude, longitude = self.place
            stack.append(f"on_globe(values[{longitude!r}], values[{latitude!r}])")
        whole = stack[0] if len(stack) == 1 else enclosed("np.column_stack([", stack, "])")
        lines = ["rows = values.index", f"points = np.array({whole}, dtype=float, order='F')"]
        if self.choices.duplicates == "weight":
            lines.append("weights = copies.loc[rows].to_numpy(float)")
        elif self.weighted:
            lines.append("weights = np.ones(len(rows))")
        why = "One point a row; column by column in memory, so that sums agree to the last bit."
        return [*blocks, block(why, *imports, *lines)]

    def outliers(self) -> list[str]:
        """Clip cells, or leave rows out."""
        choice, first = self.choices.outliers, self.first
        if choice == "keep" or (choice != "forest" and not self.measured):
            return []
        drop = [DROP, *(["weights = weights[kept]"] if self.weighted else [])]
        if choice == "forest":
            model = f"IsolationForest(contamination={SHARE}, random_state={self.choices.seed})"
            why = f"The {SHARE:.0%} of rows that an isolation forest sets apart are left out."
            return [
                block(
                    why,
                    "from sklearn.ensemble import IsolationForest",
                    f"kept = {model}.fit_predict(points) == 1",
                    *drop,
                )
            ]
        if choice == "clip":
            return [
                block(
                    "What lies beyond these quantiles is set to them.",
                    f"low, high = np.quantile({first}, {list(QUANTILES)}, axis=0)",
                    f"{first if not self.plain else 'points[:]'} = np.clip({first}, low, high)",
                )
            ]
        return [
            block(
                f"Rows beyond {REACH} interquartile ranges from the quartiles are left out.",
                f"first, third = np.quantile({first}, [0.25, 0.75], axis=0)",
                f"reach = np.where(third > first, {REACH} * (third - first), np.inf)",
                f"kept = ({first} >= first - reach) & ({first} <= third + reach)",
                "kept = kept.all(axis=1)",
                *drop,
            )
        ]

    def skew(self) -> list[str]:
        """Bend the columns of numbers."""
        if self.choices.skew == "none" or not self.measured:
            return []
        if self.choices.skew == "log":
            return [
                block(
                    "Columns without negative values are put on a logarithmic scale.",
                    f"logged = np.flatnonzero({self.first}.min(axis=0) >= 0)",
                    "points[:, logged] = np.log1p(points[:, logged])",
                )
            ]
        power = "PowerTransformer(standardize=False)"
        why = "Each column is bent by the power that makes it most like a bell."
        target = "points[:]" if self.plain else self.first
        return [
            block(
                why,
                "from sklearn.preprocessing import PowerTransformer",
                f"{target} = {power}.fit_transform({self.first})",
            )
        ]

    def scaling(self) -> list[str]:
        """Scale the coordinates."""
        if self.choices.scaling == "none":
            return []
        blocks = []
        if self.scalable != "0":
            why = "Every column gets a say of about the same weight."
            scaler = SCALERS[self.choices.scaling].__name__
            part = "points" if self.plain else f"points[:, : {self.scalable}]"
            target = "points[:]" if self.plain else part
            blocks.append(
                block(
                    why,
                    f"from sklearn.preprocessing import {scaler}",
                    f"{target} = {scaler}().fit_transform({part})",
                )
            )
        if self.choices.places == "sphere":
            blocks.append(
                block(
                    "The globe keeps its shape and gets the say of one column.",
                    "globe = points[:, -3:]",
                    "spread = np.sqrt(globe.var(axis=0).sum())",
                    "points[:, -3:] = (globe - globe.mean(axis=0)) / spread",
                )
            )
        return blocks

    def ranges(self) -> list[str]:
        """Find the ranges that Gower's distance divides by."""
        if self.choices.categories != "gower" or not self.words:
            return []
        end = "-3" if self.choices.places == "sphere" else ""
        start = -len(self.words) - (3 if end else 0)
        return [
            block(
                "Gower's distance divides numbers by their range; words differ by 0 or 1.",
                "ranges = np.ptp(points, axis=0)",
                "ranges[ranges == 0] = 1",
                f"ranges[{start}:{end}] = 0",
            )
        ]

    def balance(self) -> list[str]:
        """Let groups count the same."""
        choices = self.choices
        if choices.balance == "none":
            return []
        by = choices.balance_by or str(self.table.truth)
        cells, functions = self.group(by)
        groups = f"groups = pd.factorize({cells}, sort=True, use_na_sentinel=False)[0]"
        if choices.balance == "weight":
            return [
                *carried(*functions),
                block(
                    "Each group counts the same.",
                    groups,
                    "sizes = np.bincount(groups, weights=weights)",
                    "weights = weights * (weights.sum() / (len(sizes) * sizes))[groups]",
                ),
            ]
        return [
            *carried(*functions),
            block(
                "Of each group the same number of rows is drawn, with replacement; a row that is "
                "drawn twice counts twice.",
                "from sklearn.utils import resample",
                groups,
                "places = np.repeat(np.arange(len(rows)), weights.astype(int))",
                "size = max(len(places) // (groups.max() + 1), 1)",
                "drawn = [",
                "    resample(places[groups[places] == group], n_samples=size, "
                f"random_state={choices.seed})",
                "    for group in range(groups.max() + 1)",
                "]",
                "weights = np.bincount(np.concatenate(drawn), minlength=len(rows)).astype(float)",
                "kept = weights > 0",
                DROP,
                "weights = weights[kept]",
            ),
        ]

    def group(self, by: str) -> Code:
        """Write the cells of a column that groups the rows."""
        cells, functions = self.cells(by)
        if cells == f"table[{by!r}]":
            return f"table.loc[rows, {by!r}]", ()
        return f"({cells}).loc[rows]", functions

    def components(self) -> list[str]:
        """Project on the principal components."""
        size = self.choices.components or self.choices.variance
        if not size:
            return []
        # Of more components than there are columns or rows all are kept.
        most = f"min({size}, *points.shape)" if self.choices.components else repr(size)
        model = f"PCA({most}, svd_solver='full')"
        return [
            block(
                "The directions along which the points differ most.",
                "from sklearn.decomposition import PCA",
                f"pca = {model}.fit(points)",
                "points = pca.transform(points)",
            )
        ]

    def sample(self) -> list[str]:
        """Draw the stratified sample that `clustering.data.steps.sampling` draws."""
        if not self.choices.sample:
            return []
        truth = self.table.truth
        order, by = ["order = np.argsort(first, kind='stable')"], "along the direction"
        functions: tuple[Callable[..., object], ...] = ()
        if truth is not None:
            cells, functions = self.group(truth)
            by = "by their known group, then along the direction"
            order = [
                f"groups = pd.factorize({cells}, sort=True)[0]",
                "order = np.lexsort((first, groups))",
            ]
        return [
            *carried(*functions),
            block(
                f"A stratified sample: the rows, in order {by} in which they differ most, are cut "
                "into equal runs, and one is drawn of each run.",
                "from sklearn.decomposition import PCA",
                "first = PCA(1, svd_solver='full').fit_transform(points)[:, 0]",
                *order,
                f"size = min({self.choices.sample}, len(points))",
                "edges = np.arange(size + 1) * len(points) // size",
                f"drawn = np.random.default_rng({self.choices.seed}).integers("
                "edges[:-1], edges[1:])",
                "drawn = np.sort(order[drawn])",
                "rows, points = rows[drawn], points[drawn]",
                *(["weights = weights[drawn]"] if self.weighted else []),
            ),
        ]

    def distances(self) -> list[str]:
        """Measure distances that are no straight lines."""
        if self.choices.places == "great-circle":
            why = "Kilometres along the globe between all places."
            return [*carried(great_circle), block(why, "distances = great_circle(points, points)")]
        if self.choices.categories == "gower" and self.words:
            why = "Gower's distance between all rows."
            return [*carried(gower), block(why, "distances = gower(points, points, ranges)")]
        return []
