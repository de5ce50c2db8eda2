"""The stocks page as a user meets it: groups, changed company, odd files, links made up."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clustering.dataset import Dataset
from clustering.partition import Partition
from dashboard.applications.stocks.changes import changed
from dashboard.applications.stocks.whole import Whole, recoloured
from sample_data.market import CHANGED, companies, market
from tests.pages.driving import charts, figures, opened, said

PAGE = "dashboard/applications/stocks/page.py"
QUICK = {"st_similarity": "correlation", "st_tab": "Export"}
"""What takes no time, where the answer itself does not matter."""


def words(page):
    return " ".join(each.value.replace("\\", "") for each in page.caption)


def lists(page):
    """The members of each cluster, as the page lists them."""
    text = next(each.value for each in page.markdown if "--\\>" in each.value.replace("\\-", "-"))
    plain = re.sub(r":color\[■\]\{[^}]*\}|:small\[|\]$|\*\*|■|\\", "", text, flags=re.MULTILINE)
    return {
        frozenset(name.strip() for name in line.split("-->")[1].strip(" ]\n").split(","))
        for line in plain.splitlines()
    }


def rows(frame):
    return frame.to_csv(index=False).encode()


def brought(content, name, **query):
    page = opened(PAGE, **(QUICK | query))
    page.file_uploader[0].set_value((name, content, "text/csv")).run()
    return page


def test_it_opens_on_a_market_whose_sectors_it_finds():
    page = opened(PAGE, st_tab="Export")
    assert said(page) == ""
    assert figures(page)["Clusters"] == "6"
    assert figures(page)["Converged"] == "yes, at 0.5"
    table = companies()
    table.loc[table["symbol"] == CHANGED[0], "sector"] = CHANGED[2]  # where it was longer
    table = table[table["name"] != "Deepdrill"]
    known = {frozenset(group) for _, group in table.groupby("sector")["name"]}
    assert lists(page) == known
    assert "Deepdrill ends on 2023-06-30" in words(page)
    assert "cluster 2 splits first, Hydra Power from the other 6" in words(page)


def test_who_changes_company_when_the_days_are_restricted_is_listed():
    page = opened(
        PAGE, st_similarity="Ledoit-Wolf", st_to="20220630", st_months="3", st_roll="true"
    )
    assert said(page) == ""
    table = next(each.value for each in page.dataframe if "in these days with" in each.value)
    assert table["company"].tolist() == ["Hydra Power"]
    assert "Brent Oil" in table["in these days with"][0]
    assert "Axle Motors" in table["over all days with"][0]
    assert "1 company of 35 changed company" in words(page)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("st_data", "../../etc/passwd"),
        ("st_data", "upload/x/<script>alert(1)</script>"),
        ("st_preference", "nan"),
        ("st_preference", "1e308"),
        ("st_from", "20239999"),
        ("st_to", "-1e99"),
        ("st_damping", "12"),
        ("st_moves", "<b>up</b>"),
        ("st_cluster", "900"),
    ],
)
def test_a_link_made_up_by_somebody_does_no_harm(name, value):
    page = opened(PAGE, **(QUICK | {name: value}))
    told = said(page)
    if name == "st_data":
        assert "choose from the list" in told or "stays in the session" in told
        page.button[0].click().run()
    assert not page.exception
    assert figures(page)["Companies · days"] == "35 · 771"


def test_the_days_of_a_link_hold():
    page = opened(PAGE, **(QUICK | {"st_from": "20210601", "st_to": "20220531"}))
    days = pd.bdate_range("2021-06-01", "2022-05-31")
    held = int(figures(page)["Companies · days"].split(" · ")[1])
    assert 0.97 * len(days) < held <= len(days)


FEW = market()[lambda frame: frame["symbol"].isin(["ALB", "CRD", "BYT", "CLD"])]


def test_refining_computes_more_preferences_and_a_link_to_one_of_them_holds():
    page = opened(PAGE, **QUICK)

    def known():
        return sum(len(t["x"]) for t in json.loads(charts(page)[1]["figure"])["data"][1:])

    before = known()
    page.button(key="st_refine").click().run()
    assert known() == before + 8
    page = opened(PAGE, **(QUICK | {"st_preference": "0.12345"}))
    assert "0.1234" in charts(page)[1]["figure"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"To whom it may concern: there are no prices in this letter.", "letter.csv", ""),
        (rows(FEW[FEW["symbol"] == "ALB"]), "one.csv", "it takes two"),
        (rows(FEW.groupby("symbol").head(2)), "two-days.csv", "day"),
        (rows(FEW.assign(open=5.0, close=5.0)), "still.csv", "mov"),
    ],
)
def test_prices_that_say_nothing_are_answered_by_a_sentence(content, name, sentence):
    page = brought(content, name)
    assert sentence in said(page)
    assert said(page).endswith(".")
    page.selectbox[0].set_value("market").run()
    assert figures(page)["Companies · days"] == "35 · 771"


def test_zeros_and_negative_prices_are_told_of_and_the_rest_is_used():
    odd = FEW.copy()
    odd.iloc[[5, 900], 3] = [0.0, -4.0]
    page = brought(rows(odd), "odd.csv")
    assert said(page) == ""
    assert figures(page)["Companies · days"].startswith("4 · ")


def mapped(page, content, name):
    page.file_uploader[1].set_value((name, content, "text/plain")).run()
    return page


def test_a_symbol_map_names_companies_and_what_it_does_not_fit_is_told():
    page = brought(rows(FEW), "few.csv")
    mapped(page, json.dumps({"ALB": "Albion & Co", "XYZ": "Nobody"}).encode(), "names.json")
    assert said(page) == ""
    assert any("Albion & Co" in group for group in lists(page))
    assert "names 1 symbol without prices: XYZ" in words(page)
    assert "CRD" in words(page)
    mapped(page, b'{"QQQ": "Nobody"}', "others.json")
    assert "None of the 1 symbol" in said(page)
    assert figures(page)["Companies · days"].startswith("4 · ")
    mapped(page, b"[1, 2", "broken.json")
    assert said(page).endswith(".")
    assert figures(page)["Companies · days"].startswith("4 · ")


def test_a_map_with_sectors_brings_their_purity():
    page = brought(rows(FEW), "few.csv", st_tab="Views")
    mapped(page, b"symbol,name,sector\nALB,A,Banks\nCRD,C,Banks\nBYT,B,Soft\n", "names.csv")
    assert said(page) == ""
    assert "of 3 companies are in the main sector of their cluster" in words(page)
    assert "1 without a known sector" in words(page)


def test_the_map_beside_the_prices_is_found(tmp_path, monkeypatch):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "some.csv").write_bytes(rows(FEW))
    (tmp_path / "desk" / "symbol_map.json").write_text('{"ALB": "Found by itself"}')
    monkeypatch.setenv("CLUSTERLOOM_DATA", str(tmp_path))
    page = opened(PAGE, **(QUICK | {"st_data": "file/desk/some.csv"}))
    assert said(page) == ""
    assert "Names from symbol_map.json" in words(page)
    assert any("Found by itself" in group for group in lists(page))


def test_changed_company_is_counted_by_members_and_not_by_numbers():
    found, partner = changed(
        tuple("abcdef"), np.array([0, 0, 0, 1, 1, 1]), np.array([1, 1, 0, 0, 0, 0])
    )
    assert [(each.name, each.left, each.joined) for each in found] == [
        ("c", ("a", "b"), ("d", "e", "f"))
    ]
    assert partner.tolist() == [1, 0]


def test_groups_keep_the_colours_that_they_have_over_all_days():
    every = Dataset.from_points(np.arange(7.0)[:, None])
    known = Whole(every, Partition([0, 0, 1, 1, 1, 2, 2], every.rows, "by hand"))
    part = replace(every, points=np.ones((6, 1)), rows=np.array([6, 5, 1, 4, 3, 2]))
    now = Partition([0, 0, 1, 2, 2, 3], part.rows, "by hand")
    assert recoloured(known, part, now).tolist() == [2, 0, 1, 3]
    assert recoloured(None, part, now).tolist() == [0, 1, 2, 3]


def test_stability_draws_days_and_its_confidence_goes_along():
    page = brought(rows(FEW), "few.csv", st_tab="Stability", st_draws="20")
    assert said(page) == ""
    assert "20 draws of days, with replacement" in words(page)
    clusters, sure = (each.value for each in page.dataframe)
    assert sure["confidence"].between(0, 1).all()
    assert set(clusters["verdict"]) <= {"stable", "doubtful", "weak"}
    page.query_params["st_tab"] = "Export"
    page.run()
    assert page.dataframe[0].value["confidence"].tolist() == pytest.approx(
        sure.set_index("company").loc[["ALB", "CRD", "BYT", "CLD"], "confidence"].tolist()
    )


def test_the_lesson_tells_messages_of_few_companies():
    page = opened(PAGE, st_similarity="correlation", st_tab="Learn")
    assert said(page) == ""
    lesson = json.loads(charts(page)[-1]["figure"])
    told = [frame["layout"]["meta"]["words"] for frame in lesson["frames"]]
    assert told[0].startswith("No message has been sent.")
    assert "the exemplars have been the same" in told[-1]
