"""Which columns of a log of orders hold what: found out from their cells and names.

A log of orders has a row an order, or a row for each line of one: a customer comes back, each
row has a day and an amount. Names speak first, in several languages; what the cells hold must
agree.
"""

from typing import Any

import pandas as pd

from clustering.data.kinds.forms import Form

__all__ = ["columns_of", "look_like_orders", "order_of"]

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
    "order": (
        "order", "invoice", "receipt", "basket", "transaction", "ticket", "purchase", "rechnung",
        "bestell", "auftrag", "beleg", "commande", "facture", "pedido", "factura",
    ),
}  # fmt: skip
MANY = 20
"""Different customers from which a column without a telling name may hold them."""
REPEATED = 1.2
"""Orders for each customer, at least, of what looks like a log."""


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


def order_of(frame: pd.DataFrame, columns: tuple[str, str, str]) -> str:
    r"""Find the column that numbers orders, where an order has several rows.

    Parameters
    ----------
    frame : pandas.DataFrame
        The log.
    columns : (customer, date, amount)
        Its columns.

    Returns
    -------
    str
        A column so called that is filled in every row, in which numbers come back and none is
        of two customers; empty where there is none.

    Examples
    --------
    >>> lines = {"who": [*"AAB"], "day": [1, 1, 2], "paid": [5, 7, 9], "invoice": [31, 31, 32]}
    >>> order_of(pd.DataFrame(lines), ("who", "day", "paid"))
    'invoice'
    """
    others = [str(name) for name in frame.columns if name not in columns]
    spoken = [
        name
        for name in others
        if _named(name, "order")
        and not _named(name, "amount")
        and frame[name].dtype.kind not in "fM"
        and frame[name].notna().all()
    ]
    for name in sorted(spoken, key=lambda name: _order(name, "order")):
        buyers = frame.groupby(name, sort=False)[columns[0]].nunique()
        if 1 < len(buyers) < len(frame) and buyers.max() <= 1:
            return name
    return ""


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
