"""Warnings: what in a table would lead a clustering astray, the worst first.

A distance takes every column at its word. One column in large units, one sentinel of
-999, one number that is really a name, and the groups that are found are groups of
that. Each warning is one sentence on what was found and what can be done about it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clustering.data.kinds.naming import named_year
from clustering.data.passport import Column, Passport, numbers
from clustering.data.places import off_the_globe, places
from clustering.data.related import alike
from clustering.data.suspects import suspects
from clustering.data.tables import Table
from clustering.words import count

__all__ = ["Warning", "warnings"]

NAME, SAID = 40, 4  # characters of a name, and columns that a sentence names
UNEQUAL = 10.0  # times the spread of one column over another
MANY_WORDS = 20  # different words beyond which one column each is too much
RARE = 0.05  # share of the smallest known group, times its fair share, that is unbalanced

ALSO = {
    "sentinel": "Further columns with one value far from all others",
    "infinite": "Further columns with infinite cells",
    "outlier": "Further columns with values far out",
    "zeros": "Further columns with many zeros",
    "skew": "Further columns with a long tail",
}


@dataclass(frozen=True, slots=True)
class Warning:
    """What must be said about a table before it is clustered.

    Attributes
    ----------
    about : str
        Which sort of finding, in a word: "constant", "id", "sentinel" ...
    columns : tuple of str
        The columns it is about; empty where it is about rows.
    said : str
        The sentence.
    """

    about: str
    columns: tuple[str, ...]
    said: str


def warnings(table: Table, passport: Passport) -> tuple[Warning, ...]:
    r"""Find what would lead a clustering of a table astray.

    Parameters
    ----------
    table : Table
        Any table.
    passport : Passport
        Of this table.

    Returns
    -------
    tuple of Warning
        What spoils every distance first: sentinels and other values far out, units that
        differ. Then what is lost (cells that are nearly numbers, missing cells), what is
        counted twice (correlations, repeated rows), what may be meant otherwise, and
        last what stays out by itself (ids, constants).

    Notes
    -----
    O(cells), but for correlations, which look at 200 columns and 20,000 rows at most.

    Examples
    --------
    >>> from clustering.data.passport import inspect
    >>> from clustering.data.tables import read
    >>> table = read(b"x,y\n1,7\n2,7\n2,7\n", "mine.csv")
    >>> print(warnings(table, inspect(table))[0].said)
    1 row of 3 repeats an earlier one; keep it where two things are truly alike, ...
    """
    measured = [c for c in passport.columns if c.kind == "number" and not c.constant]
    values = {column.name: numbers(table.frame[column.name]) for column in measured}
    cells = {name: array for name, array in values.items() if array is not None}
    found: list[Warning] = []
    for column in measured:
        if column.name in cells:
            found += [
                Warning(about, (column.name,), f"{quoted([column])} {said}")
                for about, said in suspects(column, cells[column.name])
            ]
    pairs, told = alike(cells)
    # Thirty columns with the same fault are one thing to know, not thirty.
    found.sort(key=lambda one: list(ALSO).index(one.about))
    heavy = gathered([one for one in found if one.about not in ("zeros", "skew")])
    light = gathered([one for one in found if one.about in ("zeros", "skew")])
    return (
        *heavy,
        *where(passport),
        *scales(passport, measured),
        *nearly(passport.columns),
        *gaps(passport),
        *([Warning("correlation", pairs, told)] if told else []),
        *repeated(passport),
        *light,
        *doubts(passport.columns),
        *wordy(passport.columns),
        *balance(table),
        *left_out(passport),
    )


def quoted(columns: Sequence[Column]) -> str:
    r"""Name columns, cut to a length that a sentence bears.

    Examples
    --------
    >>> from clustering.data.passport import inspect
    >>> from clustering.data.tables import read
    >>> print(quoted(inspect(read(b"a,b\n1,2\n", "mine.csv")).columns))
    Columns 'a' and 'b'
    """
    names = [f"'{short(column.name)}'" for column in columns[:SAID]]
    more = len(columns) - len(names)
    if more:
        return (
            f"Columns {', '.join(names)} and {count(more, 'more')[:-1] if more > 1 else '1 more'}"
        )
    if len(names) == 1:
        return f"Column {names[0]}"
    return f"Columns {', '.join(names[:-1])} and {names[-1]}"


def short(name: str) -> str:
    """Cut a name, its line ends and control signs made blanks."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name[:200]).split())
    return plain if len(plain) <= NAME else plain[: NAME - 1] + "…"


def gathered(found: list[Warning]) -> Iterator[Warning]:
    """Say three findings of a sort each for itself, and count the others."""
    for about in dict.fromkeys(one.about for one in found):
        same = [one for one in found if one.about == about]
        yield from same[:3]
        if len(same) > 3:
            names = tuple(name for one in same[3:] for name in one.columns)
            listed = ", ".join(f"'{short(name)}'" for name in names[:SAID])
            rest = f" and {len(names) - SAID} more" if len(names) > SAID else ""
            yield Warning(about, names, f"{ALSO[about]}: {listed}{rest}.")


def where(passport: Passport) -> Iterator[Warning]:
    """Say that two columns are places on the globe, or would be but for some cells."""
    if pair := places(passport):
        latitude, longitude = (short(name) for name in pair)
        yield Warning(
            "places",
            pair,
            f"'{latitude}' and '{longitude}' look like degrees on the globe, where a degree is "
            "not the same length everywhere; choose a distance over the globe for them.",
        )
    elif beyond := off_the_globe(passport):
        yield Warning("places", (), beyond)


def scales(passport: Passport, measured: list[Column]) -> Iterator[Warning]:
    """Say that one column would decide every distance."""
    pair = places(passport) or ()
    apart = {*pair, *(column.name for column in measured if named_year(column.name))}
    spread = [column for column in measured if column.std > 0.0 and column.name not in apart]
    if len(spread) < 2:
        return
    wide = max(spread, key=lambda column: column.std)
    narrow = min(spread, key=lambda column: column.std)
    times = wide.std / narrow.std
    if times > UNEQUAL:
        figure = f"{times:,.0f}" if times < 1e6 else f"{times:.0e}"
        yield Warning(
            "scale",
            (wide.name, narrow.name),
            f"Column '{short(wide.name)}' spreads {figure} times as far as "
            f"'{short(narrow.name)}', so it alone would decide most distances; scale the columns.",
        )


def nearly(columns: Sequence[Column]) -> Iterator[Warning]:
    """Say which columns are nearly numbers or dates, and which cells were lost."""
    for column in [one for one in columns if one.odd][: 2 * SAID]:
        cells = count(column.odd, "cell")
        example = short(column.odd_example)
        if column.kind == "text":
            said = (
                f"Column '{short(column.name)}' stays text because of {cells} such as '{example}'; "
                "choose number or date as its kind, and they count as missing."
            )
        else:
            said = (
                f"{cells} of column '{short(column.name)}', such as '{example}', "
                f"{'is' if column.odd == 1 else 'are'} no {column.kind} and "
                f"count{'s' if column.odd == 1 else ''} as missing."
            )
        yield Warning("odd", (column.name,), said)


def gaps(passport: Passport) -> Iterator[Warning]:
    """Say which columns lack cells, the emptiest first."""
    some = [c for c in passport.columns if c.missing and c.missing < passport.rows]
    some.sort(key=lambda column: -column.missing)
    if some:
        listed = ", ".join(
            f"'{short(column.name)}' ({percent(column.share_missing)})" for column in some[:SAID]
        )
        more = f" and {count(len(some) - SAID, 'more column')}" if len(some) > SAID else ""
        yield Warning(
            "missing",
            tuple(column.name for column in some),
            f"Cells are missing in {listed}{more}; fill them, drop the rows, or leave a column "
            "out that is mostly empty.",
        )


def percent(share: float) -> str:
    """Write a share with as many digits as tell it from nothing and from all."""
    return "below 0.1 %" if share < 0.001 else f"{100 * share:.2g} %" if share < 0.995 else ">99 %"


def repeated(passport: Passport) -> Iterator[Warning]:
    """Say that rows repeat others."""
    if passport.duplicates:
        one = passport.duplicates == 1
        verb, it = ("repeats an earlier one", "it") if one else ("repeat earlier ones", "them")
        yield Warning(
            "duplicates",
            (),
            f"{count(passport.duplicates, 'row')} of {passport.rows:,} {verb}; keep {it} where two "
            f"things are truly alike, drop {it} or count {it} as weight where not.",
        )


def doubts(columns: Sequence[Column]) -> Iterator[Warning]:
    """Pass on what each column could also be, columns with the same doubt together."""
    said: dict[str, list[Column]] = {}
    for column in columns:
        if column.form.doubt:
            key = "" if "'" in column.form.doubt else column.form.doubt.partition(",")[0]
            said.setdefault(key or f"{len(said)} {column.form.doubt}", []).append(column)
    for some in said.values():
        doubt = some[0].form.doubt
        doubt = doubt[0].lower() + doubt[1:] if doubt.startswith("It ") else doubt
        more = (
            f" So {'does' if len(some) == 2 else 'do'} {len(some) - 1:,} more." if some[1:] else ""
        )
        yield Warning(
            "doubt",
            tuple(column.name for column in some),
            f"Column '{short(some[0].name)}': {doubt}{more}",
        )


def wordy(columns: Sequence[Column]) -> Iterator[Warning]:
    """Say which categories have too many words for a column each."""
    some = [c for c in columns if c.kind == "category" and c.distinct > MANY_WORDS]
    if some:
        most = max(some, key=lambda column: column.distinct)
        have = "has" if len(some) == 1 else "have up to"
        yield Warning(
            "words",
            tuple(column.name for column in some),
            f"{quoted(some)} {have} {most.distinct:,} different words; one column a word would "
            "drown the others, so leave them out or take Gower's distance.",
        )


def balance(table: Table) -> Iterator[Warning]:
    """Say that the known groups are of very unequal size."""
    if table.truth is None:
        return
    sizes = table.frame[table.truth].value_counts()
    if len(sizes) < 2 or sizes.min() >= sizes.max() / 10:
        return
    yield Warning(
        "unbalanced",
        (table.truth,),
        f"The known groups in '{short(table.truth)}' have from {sizes.min():,} to "
        f"{sizes.max():,} rows; methods that like equal groups cut the largest, so weigh or "
        "resample them.",
    )


def left_out(passport: Passport) -> Iterator[Warning]:
    """Say which columns cannot help: names of rows, and columns that never differ."""
    ids = [column for column in passport.columns if column.id and not column.constant]
    if ids:
        one = len(ids) == 1
        yield Warning(
            "id",
            tuple(column.name for column in ids),
            f"{quoted(ids)} {'names' if one else 'name'} the rows and "
            f"{'stays' if one else 'stay'} out of the distances; choose another kind where "
            f"{'it measures' if one else 'they measure'} something.",
        )
    empty = [column for column in passport.columns if column.missing == passport.rows]
    same = [column for column in passport.columns if column.constant and column not in empty]
    for some, why in ((empty, "no cell at all"), (same, "the same value in every row")):
        if some:
            yield Warning(
                "constant",
                tuple(column.name for column in some),
                f"{quoted(some)} {'holds' if len(some) == 1 else 'hold'} {why} and "
                f"{'tells' if len(some) == 1 else 'tell'} no rows apart; leave "
                f"{'it' if len(some) == 1 else 'them'} out.",
            )
