"""Places are found by name and by range, and by neither alone."""

import pandas as pd
import pytest

from clustering.data.passport import inspect
from clustering.data.places import places
from clustering.data.tables import Reading, Table


def found(**columns: list[float]) -> tuple[str, str] | None:
    return places(inspect(Table(pd.DataFrame(columns), "mine", Reading(), "key")))


NORTH, EAST = [48.1, -33.9, 0.0], [11.6, 151.2, -179.9]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("lat", "lon"),
        ("Lat", "Lng"),
        ("LATITUDE", "LONGITUDE"),
        ("latitude", "long"),
        ("geo_lat", "geo_lon"),
        ("Latitude (deg)", "Longitude (deg)"),
        ("startLat", "startLng"),
        ("纬度", "经度"),
        ("緯度", "経度"),
        ("Breite", "Länge"),
        ("Breitengrad", "Längengrad"),
        ("широта", "долгота"),
    ],
)
def test_pairs_that_say_where(latitude: str, longitude: str) -> None:
    assert found(**{longitude: EAST, "x": NORTH, latitude: NORTH}) == (latitude, longitude)


@pytest.mark.parametrize(
    "columns",
    [
        {"lat": [91.0, 0.5], "lon": [1.5, 2.5]},
        {"lat": [1.5, 0.5], "lon": [361.0, 2.5]},
        {"lat": [1.5, 0.5]},
        {"latency": [1.5, 0.5], "lone": [1.5, 0.5]},
        {"flat": [1.5, 0.5], "long_name": [1.5, 0.5]},
        {"Breite (cm)": [1.5, 0.5], "Länge (cm)": [1.5, 0.5]},
        {"x": [1.5, 0.5], "y": [1.5, 0.5]},
    ],
)
def test_other_columns_are_no_places(columns: dict[str, list[float]]) -> None:
    assert found(**columns) is None


def test_of_several_pairs_one_that_belongs_together() -> None:
    columns = {"end_lat": NORTH, "start_lat": NORTH, "start_lon": EAST, "end_lon": EAST}
    assert found(**columns) == ("end_lat", "end_lon")
