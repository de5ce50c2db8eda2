"""The customers page: the recipe, orders to customers and back, relief, names, next month."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clustering import mean_shift
from clustering.data import samples
from clustering.dataset import Dataset
from clustering.partition import Partition
from dashboard.applications.customers import names as naming
from sample_data import buying
from tests.pages.driving import charts, figures, opened, said, uploaded

PAGE = "dashboard/applications/customers/page.py"
HOW = '{"orders":["customer","date","amount"]}'


def table(app, column: str) -> pd.DataFrame:
    """The first table that has this column."""
    return next(each.value for each in app.dataframe if column in each.value.columns)


def crowd(app) -> str:
    """What the page says where most customers are in one cluster."""
    return " ".join(message.value for message in app.info)


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


def test_the_recipe_is_one_press_and_its_centroids_stand_in_original_units():
    app = opened(PAGE)
    button(app, "recipe").click().run()
    assert said(app) == ""
    shown = figures(app)
    frame = table(app, "Fresh")
    if samples.recipe("mean_shift")[0].startswith("file/"):
        assert shown["Clusters"] == "8" and shown["Bandwidth"] == "25.92k"
        assert "428 of 440 customers" in crowd(app)
        assert frame.iloc[0].tolist() == [1, 9632, 4671, 6593, 2570, 2296, 1248, 428]
    else:
        assert "of 440 customers" in crowd(app)
    assert list(frame.columns) == ["cluster", *buying.SPENDINGS, "customers"]
    plot = json.loads(charts(app)[0]["figure"])["layout"]
    assert [plot[axis]["title"]["text"] for axis in ("xaxis", "yaxis")] == ["Milk", "Grocery"]


def test_a_crowd_is_told_and_a_logarithm_parts_it():
    app = opened(PAGE)
    assert "in one cluster" in crowd(app)
    before = " ".join(caption.value for caption in app.caption).replace("\\", "")
    assert "As it is, quantile" in before and "Log and scaling, quantile" in before
    promised = before.split("Log and scaling, ")[1]
    button(app, "Use log and scaling").click().run()
    assert crowd(app) == ""
    assert figures(app)["Clusters"] == promised.split(": ")[1].split(" ")[0]
    assert app.query_params["skew"] == "log"
    assert figures(app)["Largest"] in promised
    assert table(app, "Milk")["Milk"].max() > 100  # back from the logarithm
    button(app, "Back to the columns as before").click().run()
    assert "skew" not in app.query_params


def test_the_way_back_from_a_logarithm_restores_what_was_chosen():
    app = opened(PAGE, data="wholesale", scaling="min-max", cu_quantile="0.6")
    shown = figures(app)
    button(app, "Use log and scaling").click().run()
    assert app.query_params["scaling"] == "standard" and figures(app) != shown
    assert app.toggle(key="cu_log").value is True
    button(app, "Back to the columns as before").click().run()
    assert app.query_params["scaling"] == "min-max" and "skew" not in app.query_params
    assert figures(app) == shown and app.toggle(key="cu_log").value is False


def test_orders_become_customers_and_orders_again():
    app = opened(PAGE, data="orders-january")
    roles = ("customer", "date", "amount")
    assert [app.selectbox(key=f"cu_orders_{role}").value for role in roles] == list(roles)
    button(app, "One row a customer").click().run()
    assert said(app) == "" and figures(app)["Clusters"] == "4"
    assert list(table(app, "recency").columns)[1:5] == [
        "recency",
        "frequency",
        "monetary",
        "average",
    ]
    assert any("refunds" in caption.value for caption in app.caption)
    button(app, "Back to the orders").click().run()
    assert "how" not in app.query_params


def test_columns_that_hold_no_orders_are_a_sentence_and_nothing_is_lost():
    app = opened(PAGE, data="orders-january")
    app.selectbox(key="cu_orders_customer").set_value("date").run()
    button(app, "One row a customer").click().run()
    assert "three different columns" in said(app) and figures(app)["Clusters"]


def test_names_are_kept_and_stand_everywhere():
    app = opened(PAGE, data="orders-january", how=HOW, cu_tab="Segments")
    names = [each for each in app.text_input if each.key.startswith("cu_name_")]
    assert len(names) == 4 and len({each.value for each in names}) == 4
    assert any("frequent" in each.value for each in names)
    names[0].set_value("<b>our $best$</b>").run()
    assert "<b>our $best$</b>" in set(table(app, "segment")["segment"])
    assert all(
        "<b>our" not in json.loads(chart["figure"])["layout"].__repr__() for chart in charts(app)
    )
    app.segmented_control(key="cu_table").set_value("in full").run()
    assert "<b>our $best$</b>" in set(table(app, "share")["segment"])


def test_suggested_names_end_with_a_word():
    columns = tuple(f"spending on things of kind {i}" for i in range(3))
    values = np.repeat([[0.0] * 3, [1.0] * 3], 20, axis=0)
    data = Dataset.from_points(values)
    answer = Partition(np.repeat([0, 1], 20), range(40), "by hand")
    told = replace(mean_shift.profiles(data, partition=answer), names=columns)
    assert naming.suggested(data, answer, told) == tuple(
        f"{how} {columns[0]}" for how in ("low", "high")
    )


def test_the_second_month_tells_who_moved():
    app = opened(PAGE, data="orders-january", how=HOW, cu_tab="Next month")
    assert app.selectbox(key="cu_next").value == "orders-february"
    january, february = buying.segments()
    moved = {name for name in january if february.get(name, january[name]) != january[name]}
    assert set(table(app, "from")["customer"]) == moved
    text = " ".join(caption.value for caption in app.caption).replace("\\", "")
    assert "24 customers moved" in text and "20 new, 12 gone" in text
    sizes = table(app, "then")
    assert sizes["now"].sum() == len(february) and sizes["then"].sum() == len(january)
    app.selectbox(key="cu_next").set_value("iris").run()
    assert "lacks 4 columns" in said(app)


def test_thin_and_odd_files_are_sentences():
    lines = [b"%c,2026-01-%02d,-%d" % (b"AB"[i % 2], 1 + i, 5 + i) for i in range(9)]
    app = uploaded(b"\n".join([b"customer,date,amount", *lines]), "refunds.csv")
    app.switch_page(PAGE).run()
    assert figures(app)["Clusters"]
    button(app, "One row a customer").click().run()
    assert "no order of which" in said(app) and figures(app)["Clusters"]
    app = uploaded(b"who,spent\nA,5\n", "one.csv")
    app.switch_page(PAGE).run()
    assert "only 1 row" in said(app)
    app = uploaded(b"a,b\n" + b"1,1\n" * 30, "equal.csv")
    app.switch_page(PAGE).run()
    assert "all its values are" in said(app) or "equal" in said(app)


@pytest.mark.parametrize("tab", ["Views", "Learn", "Export"])
def test_every_tab_opens(tab):
    app = opened(PAGE, data="wholesale", cu_tab=tab, cu_log="true")
    assert said(app) == ""
    assert all(len(chart["alt"]) > 20 for chart in charts(app))
