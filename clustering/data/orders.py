"""Orders: from a log of orders to a table with a row a customer.

A shop keeps orders: who bought, when, for how much. Kinds of *customers* show in three
numbers that summarise the orders of each (recency, frequency, monetary value):

==========  ====================================================================
recency     days from the customer's last order to the last day of the file
frequency   number of orders
monetary    sum of all amounts; refunds are taken off
average     mean amount of an order
==========  ====================================================================

A row whose amount is negative is a refund: it lowers what the customer has spent, and is no
order. A customer with refunds alone has no last order and is left out. Each row is an order,
unless a column numbers orders of several rows (`order_of`): then these are counted.

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
from clustering.data.order_columns import order_of
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["NUMBERS", "Customers", "customers", "one_row_each"]

NUMBERS = ("recency", "frequency", "monetary", "average")
"""The numbers of each customer."""


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
    order = order_of(frame, columns)
    log = pd.DataFrame({"customer": named(frame[who]), "date": frame[when], "amount": frame[paid]})
    log["order"] = frame[order] if order else np.arange(len(log))
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
    return Customers(made, (Form("id"), *numbers, *texts), _told(log, made, columns, order), kept)


def one_row_each(log: "pd.DataFrame") -> "pd.DataFrame":
    """Summarise orders (customer, date, amount, order, what is kept): a row a customer."""
    log = log.replace([np.inf, -np.inf], np.nan).dropna(subset=["customer", "date", "amount"])
    days = log["date"].dt.normalize()
    last_day = days.max()
    buying = log["amount"] >= 0
    groups = log["customer"]
    last = days[buying].groupby(groups[buying], sort=False).max()
    table = pd.DataFrame({"customer": last.index})
    bought = log[buying].groupby("customer", sort=False)
    orders = bought["order"].nunique()
    table["recency"] = (last_day - last).dt.days.to_numpy()
    table["frequency"] = orders.to_numpy()
    spent = log["amount"].groupby(groups, sort=False).sum()
    table["monetary"] = spent.loc[last.index].to_numpy().round(10)
    table["average"] = (bought["amount"].sum() / orders).to_numpy().round(10)
    for name in log.columns[4:]:
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


def _told(
    log: pd.DataFrame, made: pd.DataFrame, columns: tuple[str, str, str], order: str
) -> tuple[str, ...]:
    """Say what the table was made of, and what is not in it."""
    whole = log.replace([np.inf, -np.inf], np.nan)
    known = whole.dropna(subset=["customer", "date", "amount"])
    refunds = int(np.count_nonzero(known["amount"] < 0))
    last = known["date"].max()
    said = [
        f"One row a customer, of {count(len(log), 'order row')}: customer is '{columns[0][:60]}', "
        f"date is '{columns[1][:60]}', amount is '{columns[2][:60]}'; recency counts days before "
        f"{last:%Y-%m-%d}.",
        f"Frequency counts the numbers in '{order[:60]}'." if order else "Frequency counts rows.",
    ]
    lost = len(log) - len(known)
    if lost:
        said.append(f"{count(lost, 'row')} without customer, date or amount left out.")
    if refunds:
        verb = "is a refund" if refunds == 1 else "are refunds"
        said.append(
            f"{count(refunds, 'row')} with a negative amount {verb}: no orders, taken off "
            "what was spent."
        )
    without = int(known["customer"].nunique()) - len(made)
    if without:
        said.append(f"{count(without, 'customer')} with refunds alone left out.")
    return tuple(said)


def _free(who: str) -> str:
    """Name the column of customers as in the log, unless a number is called so."""
    return who if who not in NUMBERS else f"{who} (customer)"
