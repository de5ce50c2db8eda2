"""Real files are read as their catalogue says, with nothing told.

The project's own samples are always there. The files of a folder of real data, named by
``CLUSTERLOOM_DATA`` or lying beside the project, are read where they are.
"""

import os
from dataclasses import asdict
from pathlib import Path
from typing import cast

import pandas as pd
import pytest

from clustering.data.passport import inspect
from clustering.data.places import places
from clustering.data.samples import load
from clustering.data.tables import Given, Table, read
from clustering.data.warnings import warnings

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("CLUSTERLOOM_DATA") or BESIDE)

# One letter a column: number, code, boolean, date, time, category, text, id.
KINDS = {
    "n": "number", "c": "code", "b": "boolean", "d": "date", "t": "time", "w": "category",
    "x": "text", "i": "id",
}  # fmt: skip

# file: rows, kinds of its columns, missing cells
FILES = {
    "tables/mall_customers.csv": (200, "iwnnn", None),
    "tables/california_housing.csv": (20640, "nnnnnnnnnw", 207),
    "tables/winequality_red_semicolon.csv": (1599, "n" * 12, 0),
    "tables/winequality_white_bom.csv": (4898, "n" * 12, 0),
    "tables/bikes_montreal_latin1_semicolon.csv": (310, "dnxnnnnnnx", 620),
    "tables/penguins.csv": (344, "wwnnnnwn", 19),
    "tables/penguins_raw.csv": (344, "wiwwwwibdnnnnwnnx", 336),
    "tables/earthquakes_world_1965_2016.csv": (23412, "dnnn", 0),
    "tables/us_airports.csv": (3376, "ixxwwnn", None),
    "tables/china_counties_utf8.csv": (3337, "wwxnn", 352),
    "tables/china_counties_gbk.csv": (3337, "wwxnn", 352),
    "tables/stocks_open_close_2003_2007.csv": (70448, "wdnn", 0),
    "timeseries/airline_passengers.csv": (144, "dn", 0),
    "timeseries/sunspots_monthly.csv": (2820, "dn", 0),
    "timeseries/daily_min_temperatures.csv": (3650, "dn", 0),
    "timeseries/daily_female_births.csv": (365, "dn", 0),
    "timeseries/beijing_pollution_hourly.csv": (43824, "incccnnnnwnnn", 2067),
    "timeseries/seattle_weather_daily.csv": (1461, "dnnnnw", 0),
    "sentiment/sentences_en.csv": (3000, "xcw", 0),
    "sentiment/takeaway_reviews_zh.csv": (11987, "xc", 0),
    "sentiment/movie_reviews_en.csv": (2000, "xc", 0),
    "cookbook/wholesale.csv": (440, "ccnnnnnn", 0),
    "cookbook/data_multivar.txt": (200, "nn", 0),
    "cookbook/data_perf.txt": (250, "nn", 0),
    "shapes/a1.csv": (3000, "nnc", 0),
    "shapes/hepta.csv": (212, "nnnc", 0),
    "shapes/compound.csv": (399, "nnccccc", 0),
    "shapes/birch1.csv": (100000, "nnc", 0),
    "shapes/unbalance.csv": (6500, "nnc", 0),
}
SAMPLES = {
    "four-blobs": (200, "nnw", 0),
    "uniform": (300, "nn", 0),
    "customers": (200, "iwnnn", 0),
    "clients": (400, "innnnwwbdw", None),
    "towns": (320, "xwnnn", 0),
    "wide": (300, "n" * 40 + "w", 0),
    "unbalanced": (1000, "nnw", 0),
    "nuisances": (243, "idwcwnnnnnbxx", None),
    "iris": (150, "nnnnw", 0),
}
THERE = {name: row for name, row in FILES.items() if (FOLDER / name).is_file()}


def opened(name: str) -> Table:
    return read((FOLDER / name).read_bytes(), Path(name).name)


def agrees(table: Table, rows: int, kinds: str, missing: int | None) -> None:
    assert [form.kind for form in table.forms] == [KINDS[letter] for letter in kinds]
    assert table.frame.shape == (rows, len(kinds))
    if missing is not None:
        assert int(table.frame.isna().sum().sum()) == missing
    assert not any(form.odd for form in table.forms)
    passport = inspect(table)
    assert [column.kind for column in passport.columns] == [form.kind for form in table.forms]
    assert all(one.said.rstrip(")").endswith(".") for one in warnings(table, passport))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_read_as_their_code_means_them(name: str) -> None:
    agrees(load(name), *SAMPLES[name])


def test_files_are_read_as_the_catalogue_says() -> None:
    # In one test, so that nothing is skipped where the folder is not there.
    wrong = []
    for name, (rows, kinds, missing) in THERE.items():
        try:
            agrees(opened(name), rows, kinds, missing)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, "\n".join(wrong)


def test_the_two_encodings_of_one_table_give_one_frame() -> None:
    names = [name for name in THERE if "china_counties" in name]
    for one, other in zip(names, names[1:], strict=False):
        pd.testing.assert_frame_equal(opened(one).frame, opened(other).frame)


def test_what_was_found_out_gives_the_same_table_when_it_is_told() -> None:
    for id in ("nuisances", "clients", "towns", "customers"):
        told = cast(
            "Given",
            {k: v for k, v in asdict(load(id).reading).items() if k in Given.__annotations__},
        )
        again = load(id, given=told)
        pd.testing.assert_frame_equal(again.frame, load(id).frame)
        assert again.forms == load(id).forms and again.key == load(id).key


def test_places_and_mixed_dates_of_real_files() -> None:
    for name, pair in {
        "tables/earthquakes_world_1965_2016.csv": ("Latitude", "Longitude"),
        "tables/us_airports.csv": ("latitude", "longitude"),
        "tables/california_housing.csv": ("latitude", "longitude"),
        "tables/china_counties_utf8.csv": ("纬度", "经度"),
        "tables/winequality_white_bom.csv": None,
    }.items():
        if name in THERE:
            table = opened(name)
            assert places(inspect(table)) == pair
            if "Date" in table.frame:
                assert table.frame["Date"].min() == pd.Timestamp("1965-01-02")
                assert table.form("Date").formats[0] == "%m/%d/%Y"
    assert places(inspect(load("towns"))) == ("latitude", "longitude")


def test_the_table_of_nuisances_says_them_all() -> None:
    table = load("nuisances")
    assert table.reading.decimal == "," and table.reading.delimiter == ";"
    frame = table.frame
    assert frame["Gewicht (g)"].sum() == pytest.approx(1000 * frame["Gewicht (kg)"].sum())
    assert table.form("Betrag").unit == "€" and table.form("Rabatt").unit == "%"
    about = {one.about for one in warnings(table, inspect(table))}
    assert {"outlier", "scale", "missing", "correlation", "duplicates", "id", "constant"} <= about
