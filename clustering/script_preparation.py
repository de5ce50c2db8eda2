"""Script, preparation: the steps from a table to points as plain lines of public packages.

The same arithmetic in the same order as `clustering.data.preparation`, so that the
points are equal to the last bit: sums run column by column, because every matrix lies
in memory column by column before anything is summed.
"""

from inspect import getsource

import numpy as np

from clustering.data.choices import Choices
from clustering.data.kinds import conversion
from clustering.data.passport import Passport, inspect
from clustering.data.steps import distances
from clustering.data.steps.columns import Role, role_of, spot
from clustering.data.steps.gaps import NEIGHBOURS, STRATEGIES
from clustering.data.steps.moments import PANDAS, PARTS
from clustering.data.steps.outliers import QUANTILES, REACH, SHARE
from clustering.data.steps.scaling import SCALERS
from clustering.data.tables import Table
from clustering.script_lines import block, call, enclosed, listing

__all__ = ["conversions", "preparation_blocks", "weighted"]

DROP = "rows, points = rows[kept], np.asfortranarray(points[kept])"


def weighted(choices: Choices) -> bool:
    """Tell whether a script with these choices computes weights."""
    return choices.duplicates == "weight" or choices.balance != "none"


def preparation_blocks(
    table: Table, choices: Choices, columns: tuple[str, ...], *, passport: Passport | None = None
) -> list[str]:
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
    passport : Passport, optional
        Of this table, where it is at hand.

    Returns
    -------
    list of str
        Code that sets `rows`, `points`, and where there are any `weights` and, for
        other distances than the straight line, `distances`.
    """
    roles = {name: role_of(table.frame[name], table.form(name)) for name in columns}
    place = None
    if choices.places != "columns":
        place = spot(passport or inspect(table), choices)
    steps = Steps(table, choices, roles, place)
    blocks = [*steps.values(), *steps.duplicates(), *steps.gaps(), *steps.points()]
    blocks += [*steps.outliers(), *steps.skew(), *steps.scaling(), *steps.ranges()]
    blocks += [*steps.balance(), *steps.components(), *steps.sample(), *steps.distances()]
    return blocks


def conversions(code: str) -> list[str]:
    """Give the functions of this library that some code calls, each to be carried along."""
    known = [getattr(conversion, name) for name in conversion.__all__]
    known += [distances.great_circle, distances.on_globe, distances.gower]
    # Annotations name types of this library, which a script does not have.
    return [
        getsource(function).replace(": Floats", "").replace(" -> Floats", "")
        for function in known
        if f"{function.__name__}(" in code
    ]


class Steps:
    """One method a step; each gives blocks of code, none where there is nothing to do."""

    def __init__(
        self,
        table: Table,
        choices: Choices,
        roles: dict[str, Role],
        place: tuple[str, str] | None,
    ) -> None:
        self.table, self.choices, self.place = table, choices, place
        globe = place or ()
        self.numbers = [name for name, role in roles.items() if role == "number"]
        self.measured = [name for name in self.numbers if name not in globe]
        self.words = [name for name, role in roles.items() if role == "category"]
        self.dates = [name for name, role in roles.items() if role == "date"]
        self.names = list(roles)
        self.weighted = weighted(choices)
        self.plain = len(self.measured) == len(roles)
        size = len(self.measured)
        self.first = "points" if self.plain else f"points[:, :{size}]"
        after = size + (len(self.words) if choices.categories == "ordinal" else 0)
        after += len(self.dates) if choices.dates == "elapsed" else 0
        self.scalable = f"{after} + parts.shape[1]" if self.parted else str(after)

    @property
    def parted(self) -> bool:
        """True where parts of dates are used."""
        return bool(self.dates) and self.choices.dates == "parts"

    def cells(self, name: str) -> str:
        """Write how a column of the file becomes values."""
        form, raw = self.table.form(name), f"table[{name!r}]"
        kind = self.table.frame[name].dtype.kind
        if kind == "m":
            if form.native:
                return f"pd.to_timedelta({raw}).dt.total_seconds() / 3600"
            micro = f"(to_hours({raw}) * 3.6e9).round()"
            return f"pd.to_timedelta({micro}, unit='us').dt.total_seconds() / 3600"
        if kind == "M":
            return (
                f"pd.to_datetime({raw})"
                if form.native
                else call("to_dates", raw, repr(form.formats))
            )
        if kind == "b" or str(self.table.frame[name].dtype) == "boolean":
            if form.native:
                return f"{raw}.astype('boolean')"
            return call("to_booleans", raw, repr(form.words))
        if kind not in "iuf":
            return raw
        if form.native or self.reads_plainly(name):
            return f"{raw}.astype(float)"
        signs = {"decimal": form.decimal, "thousands": form.thousands, "unit": form.unit}
        told = {key: repr(sign) for key, sign in signs.items() if sign not in ("", ".")}
        if form.thousands == ".":
            told["thousands"] = repr(".")
        return call("to_numbers", raw, **told)

    def reads_plainly(self, name: str) -> bool:
        """Tell whether Python reads the cells of a column as the library did."""
        cells = self.table.written.get(name)
        if cells is None:
            return True
        places = np.flatnonzero(~cells.duplicated() & cells.notna())
        try:
            read = cells.iloc[places].astype(float).to_numpy()
        except ValueError:
            return False
        same = self.table.frame[name].iloc[places].to_numpy(np.float64, na_value=np.nan)
        return np.array_equal(read, same, equal_nan=True)

    def values(self) -> list[str]:
        """Take the columns."""
        why = "The columns to cluster by; what is infinite counts as missing."
        endless = "replace([np.inf, -np.inf], np.nan)"
        cells = {name: self.cells(name) for name in self.names}
        plain = all(cells[name] == f"table[{name!r}].astype(float)" for name in self.names)
        if plain and not self.words:
            return [
                block(
                    why,
                    f"columns = {listing(self.names)}",
                    f"values = table[columns].astype(float).{endless}",
                )
            ]
        items = [f"{name!r}: {code}" for name, code in cells.items()]
        lines = [
            "values = pd.DataFrame(",
            "    {",
            *(f"        {item}," for item in items),
            "    }",
            ")",
        ]
        if self.numbers:
            lines += [
                f"numbers = {listing(self.numbers)}",
                f"values[numbers] = values[numbers].{endless}",
            ]
        lines += [f"words = {listing(self.words)}"] if self.words else []
        lines += [f"dates = {listing(self.dates)}"] if self.dates else []
        return [block(why, *lines)]

    def duplicates(self) -> list[str]:
        """Leave out repeated rows, or count them."""
        if self.choices.duplicates == "keep":
            return []
        if self.choices.duplicates == "drop":
            why = "Rows that repeat an earlier one are left out."
            return [block(why, "values = values.drop_duplicates()")]
        return [
            block(
                "Of rows that are all the same the first counts for all of them.",
                "group = values.groupby(list(values), dropna=False, sort=False).ngroup()",
                "copies = group.map(group.value_counts())",
                "values = values[~group.duplicated()]",
            )
        ]

    def gaps(self) -> list[str]:
        """Leave out rows with missing cells, or fill them."""
        missing = self.choices.missing
        if missing == "drop":
            return [block("Rows with a missing value are left out.", "values = values.dropna()")]
        mixed = bool(self.words or self.dates) or self.numbers != self.names
        numbers = "numbers" if mixed or "numbers = " in self.values()[0] else "columns"
        blocks = []
        if self.numbers and missing == "neighbours":
            blocks.append(
                block(
                    "A missing number becomes the mean of the nearest rows, by standardised "
                    "numbers.",
                    f"known = np.asfortranarray(values[{numbers}])",
                    "scaler = StandardScaler().fit(known)",
                    f"near = KNNImputer(n_neighbors={NEIGHBOURS}).fit_transform("
                    "scaler.transform(known))",
                    "known = np.where(np.isnan(known), scaler.inverse_transform(near), known)",
                    f"values[{numbers}] = known",
                )
            )
        elif self.numbers:
            strategy = STRATEGIES[missing]
            blocks.append(
                block(
                    f"A missing number becomes the {strategy.replace('_', ' ')} of its column.",
                    f"imputer = SimpleImputer(strategy={strategy!r})",
                    f"values[{numbers}] = imputer.fit_transform("
                    f"np.asfortranarray(values[{numbers}]))",
                )
            )
        if self.words:
            why = "A missing word becomes the most frequent one of its column."
            fill = "values[words] = values[words].fillna(values[words].mode().iloc[0])"
            blocks.append(block(why, fill))
        if self.dates:
            fill = {"mean": "mean()", "frequent": "mode().iloc[0]"}.get(missing, "median()")
            why = f"A missing date becomes the {fill.split('(')[0]} of its column."
            fill = f"values[dates] = values[dates].fillna(values[dates].{fill})"
            blocks.append(block(why, fill))
        return blocks

    def points(self) -> list[str]:
        """Turn numbers, dates, words and places into coordinates."""
        blocks, stack = [], []
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
            encoder = "OneHotEncoder(sparse_output=False)"
            stack.append(f"{encoder}.fit_transform(values[words].astype(object))")
        elif self.words:
            stack.append("OrdinalEncoder().fit_transform(values[words].astype(object))")
        if self.choices.places == "sphere" and self.place:
            latitude, longitude = self.place
            stack.append(f"on_globe(values[{longitude!r}], values[{latitude!r}])")
        whole = stack[0] if len(stack) == 1 else enclosed("np.column_stack([", stack, "])")
        lines = ["rows = values.index", f"points = np.array({whole}, dtype=float, order='F')"]
        if self.choices.duplicates == "weight":
            lines.append("weights = copies.loc[rows].to_numpy(float)")
        elif self.weighted:
            lines.append("weights = np.ones(len(rows))")
        why = "One point a row; column by column in memory, so that sums agree to the last bit."
        return [*blocks, block(why, *lines)]

    def outliers(self) -> list[str]:
        """Clip cells, or leave rows out."""
        choice, first = self.choices.outliers, self.first
        if choice == "keep" or (choice != "forest" and not self.measured):
            return []
        drop = [DROP, *(["weights = weights[kept]"] if self.weighted else [])]
        if choice == "forest":
            model = f"IsolationForest(contamination={SHARE}, random_state={self.choices.seed})"
            why = f"The {SHARE:.0%} of rows that an isolation forest sets apart are left out."
            return [block(why, f"kept = {model}.fit_predict(points) == 1", *drop)]
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
        return [block(why, f"{target} = {power}.fit_transform({self.first})")]

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
            blocks.append(block(why, f"{target} = {scaler}().fit_transform({part})"))
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
        groups = f"groups = pd.factorize({self.group(by)}, sort=True, use_na_sentinel=False)[0]"
        if choices.balance == "weight":
            return [
                block(
                    "Each group counts the same.",
                    groups,
                    "sizes = np.bincount(groups, weights=weights)",
                    "weights = weights * (weights.sum() / (len(sizes) * sizes))[groups]",
                )
            ]
        return [
            block(
                "Of each group the same number of rows is drawn, with replacement; a row that is "
                "drawn twice counts twice.",
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
            )
        ]

    def group(self, by: str) -> str:
        """Write the cells of a column that groups the rows."""
        cells = self.cells(by)
        return f"table.loc[rows, {by!r}]" if cells == f"table[{by!r}]" else f"({cells}).loc[rows]"

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
        if truth is not None:
            by = "by their known group, then along the direction"
            order = [
                f"groups = pd.factorize({self.group(truth)}, sort=True)[0]",
                "order = np.lexsort((first, groups))",
            ]
        return [
            block(
                f"A stratified sample: the rows, in order {by} in which they differ most, are cut "
                "into equal runs, and one is drawn of each run.",
                "first = PCA(1, svd_solver='full').fit_transform(points)[:, 0]",
                *order,
                f"size = min({self.choices.sample}, len(points))",
                "edges = np.arange(size + 1) * len(points) // size",
                f"drawn = np.random.default_rng({self.choices.seed}).integers("
                "edges[:-1], edges[1:])",
                "drawn = np.sort(order[drawn])",
                "rows, points = rows[drawn], points[drawn]",
                *(["weights = weights[drawn]"] if self.weighted else []),
            )
        ]

    def distances(self) -> list[str]:
        """Measure distances that are no straight lines."""
        if self.choices.places == "great-circle":
            why = "Kilometres along the globe between all places."
            return [block(why, "distances = great_circle(points, points)")]
        if self.choices.categories == "gower" and self.words:
            why = "Gower's distance between all rows."
            return [block(why, "distances = gower(points, points, ranges)")]
        return []
