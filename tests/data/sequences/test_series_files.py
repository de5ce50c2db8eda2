"""Real files are read as their catalogue says, with nothing told.

They lie in the folder that ``CLUSTERLOOM_DATA`` names, or beside the project; where they do not,
the same is held of files written from the samples.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clustering.data import samples
from clustering.data.sequences import Choices, preparation, read, sample, split, tidied, together
from clustering.data.sequences.padding import PADDING

NAMED = os.environ.get(samples.VARIABLE) or Path(__file__).resolve().parents[4] / "shared" / "data"
FOLDER = Path(NAMED) / "timeseries"

# file: series, steps (shortest, longest), channels, counts of the classes
SETS = {
    "ArrowHead_TRAIN.ts": (36, (251, 251), 1, [12, 12, 12]),
    "ArrowHead_TEST.ts": (175, (251, 251), 1, [69, 53, 53]),
    "ArrowHead_TRAIN.tsv": (36, (251, 251), 1, [12, 12, 12]),
    "BasicMotions_TRAIN.ts": (40, (100, 100), 6, [10] * 4),
    "BasicMotions_TEST.ts": (40, (100, 100), 6, [10] * 4),
    "GunPoint_TRAIN.ts": (50, (150, 150), 1, [24, 26]),
    "GunPoint_TEST.ts": (150, (150, 150), 1, [76, 74]),
    "ItalyPowerDemand_TRAIN.ts": (67, (24, 24), 1, [34, 33]),
    "ItalyPowerDemand_TEST.ts": (1029, (24, 24), 1, [513, 516]),
    "JapaneseVowels_TRAIN.ts": (270, (7, 26), 12, [30] * 9),
    "JapaneseVowels_TEST.ts": (370, (7, 29), 12, [31, 35, 88, 44, 29, 24, 40, 50, 29]),
    "Trace.npz": (200, (275, 275), 1, [50] * 4),
}
# file: rows, channels, first and last day, column of kinds, missing values
STREAMS = {
    "airline_passengers.csv": (144, ("value",), "1949-01-01", "1960-12-01", "", 0),
    "sunspots_monthly.csv": (2820, ("value",), "1749-01-01", "1983-12-01", "", 0),
    "daily_min_temperatures.csv": (3650, ("value",), "1981-01-01", "1990-12-31", "", 0),
    "daily_female_births.csv": (365, ("value",), "1959-01-01", "1959-12-31", "", 0),
    "beijing_pollution_hourly.csv": (
        43824, ("pm2.5", "DEWP", "TEMP", "PRES", "Iws", "Is", "Ir"), "2010-01-01", "2014-12-31",
        "cbwd", 2067,
    ),
    "seattle_weather_daily.csv": (
        1461, ("precipitation", "temp_max", "temp_min", "wind"), "2012-01-01", "2015-12-31",
        "weather", 0,
    ),
}  # fmt: skip


def written(*, id: str) -> bytes:
    """Write a sample as a file: a wide table or a stream."""
    held = sample(id)
    if id in ("sensor-events", "load-curves"):
        wide = pd.concat([pd.Series(each.ravel()) for each in held.series], axis=1).T
        wide.columns = [f"h{step}" for step in wide]
        return wide.assign(kind=[held.classes[each] for each in held.labels]).to_csv().encode()
    frame = pd.DataFrame(held.values, columns=held.channels).assign(**held.others)
    frame.insert(0, "date", held.times)
    return frame.to_csv(index=False).encode()


def own(id: str):
    return read(written(id=id), f"{id}.csv")


def content(name: str):
    return read((FOLDER / name).read_bytes(), name)


def test_sets_are_as_the_catalogue_says():
    for name in filter(lambda name: (FOLDER / name).is_file(), SETS):
        n, steps, d, counts = SETS[name]
        found = content(name)
        assert (found.n, found.d) == (n, d), name
        assert (found.lengths.min(), found.lengths.max()) == steps, name
        assert found.counts().tolist() == counts, name
        assert not any(np.isnan(each).any() for each in found.series), name
        assert found.test.sum() == (100 if name == "Trace.npz" else 0)
    for id, steps in (("sensor-events", (25, 40)), ("load-curves", (24, 24))):
        found = own(id)
        assert (found.lengths.min(), found.lengths.max()) == steps
        assert len(set(found.counts().tolist())) == 1


def test_streams_are_as_the_catalogue_says():
    for name in filter(lambda name: (FOLDER / name).is_file(), STREAMS):
        rows, channels, first, last, label, missing = STREAMS[name]
        found = content(name)
        assert (found.m, found.channels, found.label) == (rows, channels, label), name
        assert [str(each)[:10] for each in found.times[[0, -1]]] == [first, last], name
        assert np.isnan(found.values).sum() == missing, name
        assert not np.isnan(tidied(found, Choices()).values).any(), name
    for id in ("month-series", "weather", "machine-log"):
        found = own(id)
        assert np.array_equal(found.values, sample(id).values) and found.label == sample(id).label


def test_the_two_ways_in_which_one_set_is_written_agree():
    for one, other in (("ArrowHead_TRAIN.ts", "ArrowHead_TRAIN.tsv"),):
        if (FOLDER / one).is_file() and (FOLDER / other).is_file():
            first, second = content(one), content(other)
            pairs = zip(first.series, second.series, strict=True)
            assert all(np.array_equal(a, b) for a, b in pairs)
            assert first.labels.tolist() == second.labels.tolist()
            assert first.classes == second.classes
    first, second = own("load-curves"), sample("load-curves")
    assert all(np.array_equal(a, b) for a, b in zip(first.series, second.series, strict=True))


def pairs():
    """Training and test part: of the archive, or of the samples."""
    for name in ("JapaneseVowels", "GunPoint"):
        paths = [FOLDER / f"{name}_{part}.ts" for part in ("TRAIN", "TEST")]
        if all(path.is_file() for path in paths):
            yield together(*(read(path.read_bytes(), path.name) for path in paths)), name
    train, test = split(sample("sensor-events"), by="series")
    yield together(train, test), sample("sensor-events").name


@pytest.mark.filterwarnings("error")
def test_two_parts_are_prepared_by_the_first():
    for both, name in pairs():
        train, test = split(both, by="own")
        assert both.name == name and train.n + test.n == both.n
        fitted = preparation.fit(train, beside=test)
        assert fitted.shape[0] == both.lengths.max()
        data, new = fitted.apply(train), fitted.apply(test)
        assert (data.points[:, -1] == PADDING).any() == (train.lengths != fitted.shape[0]).any()
        assert np.array_equal(both.truth(new), test.labels)
        assert not set(data.rows.tolist()) & set(new.rows.tolist())
