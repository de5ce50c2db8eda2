"""Orders: from a log with a row an order to a table with a row a customer.

A shop keeps orders: who bought, when, for how much. Kinds of *customers* show in three
numbers that summarise the orders of each (recency, frequency, monetary value):

==========  ====================================================================
recency     days from the customer's last order to the last day of the file
frequency   number of orders
monetary    sum of all amounts; refunds are taken off
average     mean amount of an order
==========  ====================================================================

A row whose amount is negative is a refund: it lowers what the customer has spent, and is no
order. A customer with refunds alone has no last order and is left out. Which columns hold
customer, date and amount is found out from what they hold and how they are called
(`columns_of`), or told.

References
----------
J. R. Bult, T. Wansbeek, Optimal selection for direct mail, Marketing Science 14, 1995.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.forms import Form
from clustering.data.kinds.natives import is_text
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["NUMBERS", "Customers", "columns_of", "customers", "look_like_orders", "one_row_each"]

NUMBERS = ("recency", "frequency", "monetary", "average")
"""The numbers of each customer."""

WORDS = {
    "customer": (
        "customer", "client", "kunde", "buyer", "user", "member", "account", "shopper", "guest",
        "acheteur", "cliente", "household", "patient", "donor", "who",
    ),
    "date": ("date", "day", "time", "datum", "tag", "fecha", "when", "ordered"),
    "amount": (
        "amount", "total", "revenue", "sales", "spend", "value", "sum", "price", "betrag",
        "umsatz", "montant", "importe", "paid", "cost", "gross", "net",
    ),
}  # fmt: skip
MANY = 20
"""Different customers from which a column without a telling name may hold them."""
REPEATED = 1.2
"""Orders for each customer, at least, of what looks like a log."""


@dataclass(frozen=True, eq=False, slots=True)
class Customers:
    """The table of customers that a log gives.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a customer, in the order of their first rows.
    forms : tuple of Form
        What each column holds.
    notes : tuple of str
        What was left out, and what counts as what.
    kept : tuple of str
        Columns of words that say the same in all rows of each customer, and came along.
    """

    frame: pd.DataFrame
    forms: tuple[Form, ...]
    notes: tuple[str, ...]
    kept: tuple[str, ...]


def columns_of(frame: pd.DataFrame, forms: tuple[Form, ...]) -> tuple[str, str, str] | None:
    r"""Find the columns of customer, date and amount.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table as it was read.
    forms : tuple of Form
        What its columns hold.

    Returns
    -------
    (customer, date, amount), or None
        The likeliest columns; None where no three different ones will do.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> lines = b"who,when,paid\nA,2026-01-02,10.5\nB,2026-01-03,3\nA,2026-01-05,7\n"
    >>> log = read(lines, "log.csv")
    >>> columns_of(log.frame, log.forms)
    ('who', 'when', 'paid')
    """
    kinds = dict(zip(map(str, frame.columns), (form.kind for form in forms), strict=True))
    dates = [name for name, kind in kinds.items() if kind == "date"]
    amounts = [name for name, kind in kinds.items() if kind == "number"]
    people = [name for name, kind in kinds.items() if kind in ("code", "category", "text", "id")]
    whole = [name for name in amounts if frame[name].dtype.kind in "iu"]
    people += [name for name in whole if _named(name, "customer")]
    date = _best(dates, "date", frame)
    customer = _best(people, "customer", frame)
    amount = _best([name for name in amounts if name != customer], "amount", frame)
    return None if not (customer and date and amount) else (customer, date, amount)


def look_like_orders(frame: pd.DataFrame, forms: tuple[Form, ...]) -> tuple[str, str, str] | None:
    """Give the columns of what looks like a log of orders: customers come back in it.

    Parameters
    ----------
    frame, forms
        As for `columns_of`.

    Returns
    -------
    (customer, date, amount), or None
        None where nothing speaks for a log.
    """
    found = columns_of(frame, forms)
    if found is None:
        return None
    different = int(frame[found[0]].nunique())
    known = _named(found[0], "customer") or different > MANY
    return found if known and 2 <= different <= len(frame) / REPEATED else None


def customers(
    frame: pd.DataFrame, forms: tuple[Form, ...], columns: tuple[str, str, str], called: str
) -> Customers:
    """Make a table of customers of a log of orders.

    Parameters
    ----------
    frame, forms
        The log as it was read.
    columns : (customer, date, amount)
        Its columns.
    called : str
        Name of the file, for what is wrong.

    Returns
    -------
    Customers
        Columns: the customer, `NUMBERS`, and words that are the same in all rows of each.

    Raises
    ------
    ReadError
        Where a column is not there or holds something else, or no customer is left.
    """
    who, when, paid = columns
    _check(frame, columns, called)
    kept = _constant(frame, forms, columns)
    log = pd.DataFrame({"customer": named(frame[who]), "date": frame[when], "amount": frame[paid]})
    for name in kept:
        log[f"kept {name}"] = frame[name]
    made = one_row_each(log)
    if made.empty:
        raise ReadError(
            f"{called} holds no order of which customer, date and amount are known and the "
            "amount is not negative; choose other columns."
        )
    made.columns = pd.Index([_free(who), *NUMBERS, *kept], dtype="str")
    made[made.columns[0]] = made[made.columns[0]].astype("str")
    described = dict(zip(map(str, frame.columns), forms, strict=True))
    texts = tuple(described[name] for name in kept)
    numbers = (Form("number", native=True),) * len(NUMBERS)
    return Customers(made, (Form("id"), *numbers, *texts), _told(log, made, columns), kept)


def one_row_each(log: "pd.DataFrame") -> "pd.DataFrame":
    """Summarise orders (customer, date, amount, what is kept): a row a customer."""
    log = log.replace([np.inf, -np.inf], np.nan).dropna(subset=["customer", "date", "amount"])
    days = log["date"].dt.normalize()
    last_day = days.max()
    buying = log["amount"] >= 0
    groups = log["customer"]
    last = days[buying].groupby(groups[buying], sort=False).max()
    table = pd.DataFrame({"customer": last.index})
    orders = log["amount"][buying].groupby(groups[buying], sort=False)
    table["recency"] = (last_day - last).dt.days.to_numpy()
    table["frequency"] = orders.size().to_numpy()
    spent = log["amount"].groupby(groups, sort=False).sum()
    table["monetary"] = spent.loc[last.index].to_numpy().round(10)
    table["average"] = orders.mean().to_numpy().round(10)
    for name in log.columns[3:]:
        first = log[name].groupby(groups, sort=False).first()
        table[name] = first.loc[last.index].to_numpy()
    return table


def named(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Write customers as text; numbers without a point."""
    if cells.dtype.kind in "iuf":
        return cells.astype("Int64").astype("str").mask(cells.isna())
    return cells.astype("str").mask(cells.isna())


def _check(frame: pd.DataFrame, columns: tuple[str, str, str], called: str) -> None:
    """Refuse columns that are not there or hold something else."""
    who, when, paid = columns
    for name in columns:
        if name not in frame.columns:
            raise ReadError(f"{called} has no column '{name[:60]}'; choose another one.")
    if len(set(columns)) < len(columns):
        raise ReadError("Customer, date and amount are three different columns; choose three.")
    if frame[when].dtype.kind != "M":
        raise ReadError(f"Column '{when[:60]}' holds no dates; choose the day of each order.")
    if frame[paid].dtype.kind not in "iuf":
        raise ReadError(f"Column '{paid[:60]}' holds no numbers; choose what each order cost.")
    if frame[who].dtype.kind == "f" and (frame[who].dropna() % 1 != 0).any():
        raise ReadError(f"Column '{who[:60]}' holds fractions, which name no customer.")


def _constant(
    frame: pd.DataFrame, forms: tuple[Form, ...], columns: tuple[str, str, str]
) -> tuple[str, ...]:
    """Name the columns of words that say one thing in all rows of each customer."""
    words = [
        str(name)
        for name, form in zip(frame.columns, forms, strict=True)
        if form.kind == "category" and name not in columns and is_text(frame[name])
    ]
    different = frame.groupby(columns[0], sort=False)[words].nunique() if words else None
    return () if different is None else tuple(name for name in words if different[name].max() <= 1)


def _told(log: pd.DataFrame, made: pd.DataFrame, columns: tuple[str, str, str]) -> tuple[str, ...]:
    """Say what the table was made of, and what is not in it."""
    whole = log.replace([np.inf, -np.inf], np.nan)
    known = whole.dropna(subset=["customer", "date", "amount"])
    refunds = int(np.count_nonzero(known["amount"] < 0))
    last = known["date"].max()
    said = [
        f"One row a customer, of {count(len(log), 'order row')}: customer is '{columns[0][:60]}', "
        f"date is '{columns[1][:60]}', amount is '{columns[2][:60]}'; recency counts days before "
        f"{last:%Y-%m-%d}."
    ]
    lost = len(log) - len(known)
    if lost:
        said.append(f"{count(lost, 'row')} without customer, date or amount left out.")
    if refunds:
        verb = "is a refund" if refunds == 1 else "are refunds"
        said.append(
            f"{count(refunds, 'row')} with a negative amount {verb}: taken off what the customer "
            "spent, not counted as orders."
        )
    without = int(known["customer"].nunique()) - len(made)
    if without:
        said.append(f"{count(without, 'customer')} with refunds alone left out.")
    return tuple(said)


def _named(name: str, role: str) -> bool:
    """Tell whether the name of a column speaks for a role."""
    return any(word in name.casefold() for word in WORDS[role])


def _best(names: list[str], role: str, frame: pd.DataFrame) -> str:
    """Choose the likeliest of several columns, empty where there is none."""
    if not names:
        return ""
    spoken = [name for name in names if _named(name, role)]
    if spoken:
        return min(spoken, key=lambda name: (_order(name, role), names.index(name)))
    if role == "date":
        return names[0]
    repeated = [name for name in names if role == "amount" or _repeats(frame[name])]
    return max(repeated, key=lambda name: frame[name].nunique(), default="")


def _order(name: str, role: str) -> int:
    """Rank names by the first word that speaks for them."""
    return next(i for i, word in enumerate(WORDS[role]) if word in name.casefold())


def _repeats(cells: "pd.Series[Any]") -> bool:
    """Tell whether values come back."""
    return int(cells.nunique()) * REPEATED <= len(cells)


def _free(who: str) -> str:
    """Name the column of customers as in the log, unless a number is called so."""
    return who if who not in NUMBERS else f"{who} (customer)"
