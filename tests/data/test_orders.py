"""A log of orders becomes customers: counted by hand, refused in sentences, found out."""

import numpy as np
import pandas as pd
import pytest

import sample_data
from clustering.data import preparation, samples, tables
from clustering.data.order_columns import columns_of, look_like_orders
from clustering.data.reading import given_from
from clustering.errors import ClusterloomError, ReadError
from sample_data import buying

LOG = b"""Kunde;Tag;Betrag;Land;Ware
007;02.01.2026;10,50;DE;a
008;03.01.2026;3,00;AT;b
007;15.01.2026 18:30;7,00;DE;b
009;31.01.2026;-4,00;DE;a
007;20.01.2026;-2,50;DE;c
;20.01.2026;2,50;DE;c
008;03.01.2026;0,00;AT;c
010;;5,00;CH;a
"""
TOLD = ("Kunde", "Tag", "Betrag")


def customers(content: bytes, orders: tuple[str, ...] = TOLD) -> tables.Table:
    return tables.read(content, "log.csv", given={"orders": orders})


def test_the_numbers_are_those_counted_by_hand() -> None:
    table = customers(LOG)
    assert table.frame.to_dict("list") == {
        "Kunde": ["007", "008"],
        "recency": [16, 28],  # the last day is that of the refund, the 31st
        "frequency": [2, 2],  # an order that cost nothing is one, a refund is none
        "monetary": [15.0, 3.0],
        "average": [8.75, 1.5],
        "Land": ["DE", "AT"],
    }
    said = " ".join(table.notes)
    for part in (
        "of 8 order rows", "2026-01-31", "2 rows without customer, date or amount",
        "2 rows with a negative amount are refunds", "1 customer with refunds alone",
    ):  # fmt: skip
        assert part in said
    assert table.form("Kunde").kind == "id" and table.written == {}
    assert table.log is not None and table.log.frame.shape == (8, 5)


def test_an_order_of_several_rows_is_one_where_a_column_numbers_orders() -> None:
    lines = b"""who,day,invoice,paid
A,2026-01-02,N1,10\nA,2026-01-02,N1,5\nA,2026-01-02,N2,7\nA,2026-01-09,N3,-5
B,2026-01-04,N4,1\nB,2026-01-04,N4,2\nB,2026-01-04,N4,-1\n"""
    told = ("who", "day", "paid")
    table = customers(lines, told)
    assert table.frame["frequency"].tolist() == [2, 1]
    assert table.frame["average"].tolist() == [11, 3] and table.frame["monetary"].tolist() == [
        17,
        2,
    ]
    assert "Frequency counts the numbers in 'invoice'" in " ".join(table.notes)
    # With a number of two customers, or a gap, the column says nothing sure of orders.
    for odd in (lines.replace(b"N2", b"N4"), lines.replace(b"N2", b"")):
        assert customers(odd, told).frame["frequency"].tolist() == [3, 2]
        assert "Frequency counts rows" in " ".join(customers(odd, told).notes)


def test_a_link_carries_the_columns_and_the_key_follows_them() -> None:
    plain = tables.read(LOG, "log.csv")
    assert given_from('{"orders":["Kunde","Tag","Betrag"]}') == {"orders": TOLD}
    assert given_from('{"orders":["Kunde","Tag"]}') == given_from('{"orders":7}') == {}
    assert customers(LOG).key != plain.key
    assert customers(LOG).reading.orders == TOLD


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        (("Kunde", "Tag", "Preis"), "no column 'Preis'"),
        (("Kunde", "Betrag", "Tag"), "holds no dates"),
        (("Kunde", "Tag", "Land"), "holds no numbers"),
        (("Tag", "Tag", "Betrag"), "three different"),
    ],
)
def test_columns_that_hold_something_else_are_a_sentence(orders, words) -> None:
    with pytest.raises(ReadError, match=words):
        customers(LOG, orders)


def test_refunds_alone_and_one_customer_are_sentences() -> None:
    refunds = b"who,day,paid\n" + b"".join(b"A,2026-01-%02d,-5\n" % day for day in range(1, 9))
    with pytest.raises(ReadError, match="no order of which"):
        customers(refunds, ("who", "day", "paid"))
    one = customers(refunds.replace(b"-5", b"5"), ("who", "day", "paid"))
    with pytest.raises(ClusterloomError, match="only 1 row"):
        preparation.prepare(one, preparation.suggest(one))


def test_columns_are_found_by_kind_and_name() -> None:
    for name, found in (
        ("orders-january", ("customer", "date", "amount")),
        ("customers", None),
        ("clients", None),
        ("iris", None),
    ):
        table = samples.load(name)
        assert look_like_orders(table.frame, table.forms) == found
    rows = [(i % 40, f"2026-03-{1 + i % 28:02d}", 1.5 * i, i % 3) for i in range(200)]
    frame = pd.DataFrame(rows, columns=["CustomerID", "InvoiceDate", "Total", "n"])
    table = tables.read(frame.to_csv(index=False).encode(), "x.csv")
    assert columns_of(table.frame, table.forms) == ("CustomerID", "InvoiceDate", "Total")


@pytest.mark.parametrize("month", [1, 2])
def test_the_sample_holds_the_segments_that_were_drawn(month: int) -> None:
    name = ("orders-january", "orders-february")[month - 1]
    content = (sample_data.FOLDER / f"{name}.csv").read_bytes()
    table = customers(content, ("customer", "date", "amount"))
    known = buying.segments()[month - 1]
    found = dict(zip(table.frame["customer"], table.frame["group"], strict=True))
    assert found == known and table.truth == "group"
    assert "Frequency counts rows" in " ".join(table.notes)  # every row has a number of its own
    log = table.log.frame
    assert table.frame["monetary"].sum() == pytest.approx(
        log["amount"].sum() + 39.9  # C9999 has sent back and bought nothing
    )
    assert np.array_equal(
        table.frame["frequency"],
        (log["amount"] > 0).groupby(log["customer"], sort=False).sum().loc[table.frame["customer"]],
    )
