"""Script, cells: the steps from the cells of a table to values without gaps, as plain lines.

What follows, from values to points, is `clustering.script.preparation`.
"""

from collections.abc import Callable

import numpy as np

from clustering.data.choices import Choices
from clustering.data.kinds.conversion import to_booleans, to_dates, to_hours, to_numbers
from clustering.data.steps.columns import Role
from clustering.data.steps.gaps import NEIGHBOURS, STRATEGIES
from clustering.data.tables import Table
from clustering.snippets import block, call, carried, listing

__all__ = ["Values", "weighted"]

Code = tuple[str, tuple[Callable[..., object], ...]]
"""An expression, and the functions that it calls and a script has to carry along."""


def weighted(choices: Choices) -> bool:
    """Tell whether a script with these choices computes weights."""
    return choices.duplicates == "weight" or choices.balance != "none"


class Values:
    """One method a step; each gives blocks of code, none where there is nothing to do.

    Parameters
    ----------
    table : Table
        The user's table.
    choices : Choices
        How it is made ready.
    roles : dict of str to Role
        The used columns, and as what each is used.
    place : pair of str, or None
        The columns of latitude and longitude, where places are used as such.
    """

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

    def cells(self, name: str) -> Code:
        """Write how a column of the file becomes values."""
        form, raw = self.table.form(name), f"table[{name!r}]"
        kind = self.table.frame[name].dtype.kind
        if kind == "m":
            if form.native:
                return f"pd.to_timedelta({raw}).dt.total_seconds() / 3600", ()
            micro = f"(to_hours({raw}) * 3.6e9).round()"
            return f"pd.to_timedelta({micro}, unit='us').dt.total_seconds() / 3600", (to_hours,)
        if kind == "M":
            if form.native:
                return f"pd.to_datetime({raw})", ()
            return call("to_dates", raw, repr(form.formats)), (to_dates,)
        if kind == "b" or str(self.table.frame[name].dtype) == "boolean":
            if form.native:
                return f"{raw}.astype('boolean')", ()
            return call("to_booleans", raw, repr(form.words)), (to_booleans,)
        if kind not in "iuf":
            return raw, ()
        if form.native or self.reads_plainly(name):
            return f"{raw}.astype(float)", ()
        signs = {"decimal": form.decimal, "thousands": form.thousands, "unit": form.unit}
        told = {key: repr(sign) for key, sign in signs.items() if sign not in ("", ".")}
        if form.thousands == ".":
            told["thousands"] = repr(".")
        return call("to_numbers", raw, **told), (to_numbers,)

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

    @property
    def as_floats(self) -> bool:
        """True where all columns are numbers that Python reads as the library did."""
        return not self.words and all(
            self.cells(name)[0] == f"table[{name!r}].astype(float)" for name in self.names
        )

    def values(self) -> list[str]:
        """Take the columns."""
        why = "The columns to cluster by; what is infinite counts as missing."
        endless = "replace([np.inf, -np.inf], np.nan)"
        if self.as_floats:
            return [
                block(
                    why,
                    f"columns = {listing(self.names)}",
                    f"values = table[columns].astype(float).{endless}",
                )
            ]
        found = {name: self.cells(name) for name in self.names}
        functions = dict.fromkeys(function for _, calls in found.values() for function in calls)
        items = [f"{name!r}: {code}" for name, (code, _) in found.items()]
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
        return [*carried(*functions), block(why, *lines)]

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
        numbers = "columns" if self.as_floats else "numbers"
        blocks = []
        if self.numbers and missing == "neighbours":
            blocks.append(
                block(
                    "A missing number becomes the mean of the nearest rows, by standardised "
                    "numbers.",
                    "from sklearn.impute import KNNImputer",
                    "from sklearn.preprocessing import StandardScaler",
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
                    "from sklearn.impute import SimpleImputer",
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
            why = (
                f"A missing date becomes the {fill.split('(')[0]} of its column, a day where all "
                "dates are days."
            )
            lines = [
                f"middle = values[dates].{fill}",
                "for name in dates:",
                "    known = values[name].dropna()",
                "    if (known == known.dt.normalize()).all():",
                "        middle[name] = middle[name].floor('D')",
                "values[dates] = values[dates].fillna(middle)",
            ]
            blocks.append(block(why, *lines))
        return blocks
