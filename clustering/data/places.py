"""Places: which two columns say where on the globe a row lies.

Degrees look like any other numbers, but a degree of longitude is 111 km at the equator
and nothing at the poles, and 179 east is next to 179 west. So a pair of columns is only
taken for a place by its names and by its range at once: a column "long" that reaches
5,000 measures a length.
"""

import re
from collections.abc import Iterable
from typing import Protocol

__all__ = ["off_the_globe", "places"]

LATITUDES = (
    "lat", "lats", "latitude", "latitud", "latitudine", "latitudes", "breitengrad",
    "geobreite", "szerokość", "широта", "纬度", "緯度", "北纬", "위도",
)  # fmt: skip
LONGITUDES = (
    "lon", "lng", "lons", "longitude", "longitud", "longitudine", "longitudes",
    "längengrad", "laengengrad", "geolänge", "długość", "долгота", "经度", "經度", "経度",
    "东经", "경도",
)  # fmt: skip
# These words mean the width and length of things, too, or nothing but "long": they count
# only where they are the whole name and stand beside one another.
VAGUE = {"breite": ("länge", "laenge"), "lat": ("long",), "latitude": ("long",)}
WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Described(Protocol):
    """What has to be known of a column."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


class Listed(Protocol):
    """A passport, or whatever else lists columns."""

    @property
    def columns(self) -> Iterable[Described]: ...  # noqa: D102


def places(passport: Listed) -> tuple[str, str] | None:
    r"""Find the columns of latitude and longitude, in degrees.

    Parameters
    ----------
    passport : Passport
        Of the table.

    Returns
    -------
    (str, str) or None
        Names of the column of latitudes (all from -90 to 90) and that of longitudes
        (all from -180 to 360). Of several pairs (``start_lat``, ``end_lat``) the first
        whose names differ in nothing else; None where there is no pair.

    Examples
    --------
    >>> from clustering.data.passport import inspect
    >>> from clustering.data.tables import read
    >>> cities = "城市,纬度,经度\n北京,39.9,116.4\n上海,31.2,121.5\n"
    >>> places(inspect(read(cities.encode(), "cities.csv")))
    ('纬度', '经度')
    """
    columns = [column for column in passport.columns if column.kind == "number"]
    north = [column for column in columns if -90.0 <= column.low <= column.high <= 90.0]
    east = [column for column in columns if -180.0 <= column.low <= column.high <= 360.0]
    latitudes = [(rest, c.name) for c in north if (rest := without(c.name, LATITUDES)) is not None]
    longitudes = [(rest, c.name) for c in east if (rest := without(c.name, LONGITUDES)) is not None]
    for rest, latitude in latitudes:
        for other, longitude in longitudes:
            if rest == other and latitude != longitude:
                return latitude, longitude
    if len(latitudes) == len(longitudes) == 1 and latitudes[0][1] != longitudes[0][1]:
        return latitudes[0][1], longitudes[0][1]
    named = {column.name.strip().casefold(): column.name for column in north}
    beside = {column.name.strip().casefold(): column.name for column in east}
    for word, partners in VAGUE.items():
        for partner in partners:
            if word in named and partner in beside:
                return named[word], beside[partner]
    return None


def off_the_globe(passport: Listed) -> str:
    r"""Say which column is named as a latitude or longitude and holds what is none.

    Parameters
    ----------
    passport : Passport
        Of the table.

    Returns
    -------
    str
        A sentence; empty where there is no such column, or no other one beside it.

    Examples
    --------
    >>> from clustering.data.passport import inspect
    >>> from clustering.data.tables import read
    >>> print(off_the_globe(inspect(read(b"lat,lon\n39.9,116.4\n95.0,121.5\n", "a.csv"))))
    Column 'lat' is named a latitude but goes from 39.9 to 95, and there is no place beyond 90 ...
    """
    numbers = [column for column in passport.columns if column.kind == "number"]
    for known in (LATITUDES, LONGITUDES):
        if all(without(column.name, known) is None for column in numbers):
            return ""
    for column in numbers:
        for known, least, most, word in (
            (LATITUDES, -90.0, 90.0, "latitude"), (LONGITUDES, -180.0, 360.0, "longitude"),
        ):  # fmt: skip
            if without(column.name, known) is None or least <= column.low <= column.high <= most:
                continue
            bound = most if column.high > most else least
            return (
                f"Column {column.name!r} is named a {word} but goes from {column.low:g} to "
                f"{column.high:g}, and there is no place beyond {bound:g} degrees; correct these "
                "cells to measure along the globe."
            )
    return ""


def without(name: str, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give the words of a name but one that is known; None where none is.

    Examples
    --------
    >>> without("startLat (deg)", LATITUDES), without("latency", LATITUDES)
    (('start', 'deg'), None)
    """
    words = [word.casefold() for word in WORDS.findall(CAMEL.sub(" ", name[:200]))]
    for place, word in enumerate(words):
        if word in known:
            return tuple(words[:place] + words[place + 1 :])
    return None
