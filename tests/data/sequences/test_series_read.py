"""Series are found in whatever layout they come, and what was found is told."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import Layout, SequenceSet, Stream, of_images, read, sample
from clustering.errors import DataError, ReadError
from tests.data.sequences import made


def csv(frame, **how):
    return frame.to_csv(index=False, **how).encode()


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


RNG = np.random.default_rng(0)
VALUES = RNG.normal(size=(6, 8)).round(4)
WIDE = pd.DataFrame(VALUES, columns=[f"t{step}" for step in range(8)])
KIND = ["a", "b"] * 3


@pytest.mark.parametrize(
    "frame",
    [
        WIDE.assign(kind=KIND),
        pd.concat([pd.Series(KIND, name="kind"), WIDE], axis=1),
        pd.concat([pd.Series([1, 2] * 3, name="class"), WIDE], axis=1),
        WIDE.rename(columns=lambda name: f"{name} of x").assign(kind=KIND),
    ],
    ids=["label last", "label first", "numbers as labels", "names of words"],
)
def test_a_wide_table_has_a_row_a_series(frame):
    found = read(csv(frame), "wide.csv")
    assert isinstance(found, SequenceSet) and found.layout.kind == "wide"
    assert np.array_equal(np.array([each[:, 0] for each in found.series]), VALUES)
    assert found.labels.tolist() == [0, 1] * 3 and len(found.classes) == 2


def test_a_wide_table_without_names_as_the_archive_writes_it():
    frame = pd.concat([pd.Series([2, 1] * 3), WIDE], axis=1)
    found = read(csv(frame, sep="\t", header=False), "x_TRAIN.tsv")
    assert found.lengths.tolist() == [8] * 6 and found.labels.tolist() == [1, 0] * 3


def test_shorter_rows_of_a_wide_table_are_shorter_series():
    frame = WIDE.assign(kind=KIND)
    frame.loc[1, ["t6", "t7"]] = np.nan
    frame.loc[2, "t3"] = np.nan  # in the middle: missing, and no end
    found = read(csv(frame), "wide.csv")
    assert found.lengths.tolist() == [8, 6, 8, 8, 8, 8] and np.isnan(found.series[2][3, 0])
    assert any("1 of 6 series end before the last column" in note for note in found.notes)


def test_a_damaged_cell_is_a_missing_value_and_no_lost_step():
    frame = WIDE.astype(object).assign(kind=KIND)
    frame.loc[3, "t4"] = "1.5x"
    found = read(csv(frame), "wide.csv")
    assert found.lengths.tolist() == [8] * 6 and np.isnan(found.series[3][4, 0])
    assert "1 cell is no number and counts as missing, such as '1.5x'." in found.notes


def test_days_as_rows_and_hours_as_columns_are_series_with_names():
    frame = WIDE.rename(columns=lambda name: f"{name[1:]}:00")
    frame.insert(0, "day", pd.date_range("2024-01-01", periods=6).strftime("%Y-%m-%d"))
    found = read(csv(frame), "load.csv")
    assert found.names[0] == "2024-01-01" and found.lengths.tolist() == [8] * 6


def test_a_long_table_has_a_row_a_series_and_time():
    rows = [
        (f"m{who}", f"2024-01-0{day}", day * 1.5, who * 10.0, KIND[who])
        for who in range(3)
        for day in range(1, 5 + who)
    ]
    frame = pd.DataFrame(rows, columns=["machine", "day", "load", "heat", "kind"])
    shuffled = frame.sample(frac=1.0, random_state=0)
    found = read(csv(shuffled), "long.csv")
    order = [found.names.index(f"m{who}") for who in range(3)]
    assert found.channels == ("load", "heat") and found.lengths[order].tolist() == [4, 5, 6]
    first = found.series[order[0]]
    assert first.tolist() == [[1.5, 0], [3, 0], [4.5, 0], [6, 0]]
    assert [found.classes[found.labels[place]] for place in order] == ["a", "b", "a"]
    assert found.layout.id == "machine" and found.layout.time == ("day",)


def test_a_long_table_without_times_keeps_the_order_of_its_rows():
    found = read(b"id,value\n" + b"".join(b"%d,%d.5\n" % (i // 3, i) for i in range(9)), "x.csv")
    assert found.lengths.tolist() == [3] * 3 and found.series[1].ravel().tolist() == [3.5, 4.5, 5.5]


def test_a_stream_has_a_row_a_time():
    log = sample("machine-log")
    frame = pd.DataFrame(log.values, columns=log.channels).assign(**log.others)
    frame.insert(0, "time", log.times)
    found = read(csv(frame), "log.csv")
    assert isinstance(found, Stream) and (found.times == log.times).all()
    assert np.array_equal(found.values, log.values) and found.channels == log.channels
    assert found.label == "kind" and found.others["kind"].fillna("").tolist() == (
        log.others["kind"].tolist()
    )
    german = csv(frame, sep=";", decimal=",", encoding="utf-16")
    assert np.array_equal(read(german, "log.csv").values, log.values)


def test_rows_of_a_stream_are_sorted_and_what_has_no_time_is_left_out():
    text = "time,x\n2024-01-03,3\n2024-01-01,1\n2024-01-02,2\n,9\n2024-01-02,4\n"
    found = read(text.encode(), "x.csv", layout=Layout("stream"))
    assert found.values.ravel().tolist() == [1, 2, 4, 3]
    said = " ".join(found.notes)
    assert "1 row without a time" in said and "sorted by time" in said
    assert "1 row at a time that stands already" in said


def test_times_of_any_kind():
    year = "year,month,hour,day,x\n2024,2,5,1,7\n2024,2,6,1,8\n2024,2,7,1,9\n"
    assert read(year.encode(), "x.csv").times[1] == np.datetime64("2024-02-01T06:00")
    numbers = read(b"time (ms),x\n0,1.5\n20,2.5\n40,3\n", "x.csv")
    assert numbers.unit == "ms" and numbers.times.tolist() == [0, 20, 40] and not numbers.dated
    clock = read(b"t,x\n00:00:10,1.5\n00:00:20,2.5\n00:00:30,2.5\n", "x.csv")
    assert clock.unit == "s" and clock.step == 10
    unix = read(b"timestamp,x\n1704067200,1.5\n1704067260,2.5\n1704067320,3\n", "x.csv")
    assert unix.times[0] == np.datetime64("2024-01-01") and unix.step == 60
    none = read(b"x\n1.5\n2.5\n3.25\n", "x.csv")
    assert none.times.tolist() == [0, 1, 2] and "evenly spaced" in " ".join(none.notes)


def test_a_layout_that_is_known_goes_before_what_is_found():
    text = csv(WIDE.assign(kind=KIND))
    stream = read(text, "x.csv", layout=Layout("stream", values=("t1", "t2"), label="kind"))
    assert isinstance(stream, Stream) and stream.channels == ("t1", "t2") and stream.m == 6
    with pytest.raises(ReadError, match="has no column 'z'"):
        read(text, "x.csv", layout=Layout("wide", label="z"))
    with pytest.raises(ReadError, match="no column of numbers"):
        read(b"a,b\nx,y\nz,w\n", "x.csv")


def test_arrays_of_two_parts_and_of_one():
    cube = RNG.normal(size=(5, 4, 2))
    found = read(npz(X_train=cube[:3], y_train=[1, 2, 1], X_test=cube[3:], y_test=[2, 2]), "a.npz")
    assert found.d == 2 and found.test.tolist() == [False] * 3 + [True] * 2
    assert found.labels.tolist() == [0, 1, 0, 1, 1] and np.array_equal(found.series[4], cube[4])
    alone = read(npz(data=VALUES), "a.npz")
    assert alone.labels is None and alone.lengths.tolist() == [8] * 6
    ragged = cube.copy()
    ragged[0, 2:] = np.nan
    assert read(npy(ragged), "a.npy").lengths.tolist() == [2, 4, 4, 4, 4]
    assert isinstance(read(npy(np.arange(9.0)), "a.npy"), Stream)
    with pytest.raises(ReadError, match="have two or three"):
        read(npy(np.zeros((2, 2, 2, 2))), "a.npy")
    with pytest.raises(ReadError, match="no array of series"):
        read(npz(nothing=VALUES), "a.npz")


def test_images_are_series_of_their_rows():
    pixels = RNG.integers(0, 256, (20, 5, 7), np.uint8)
    pixels[0, 0, 0] = 255
    found = read(npz(x_train=pixels[:15], y_train=np.arange(15) % 2, x_test=pixels[15:],
                     y_test=np.arange(5) % 2), "images.npz")  # fmt: skip
    assert found.series[0].shape == (5, 7) and found.test.sum() == 5
    assert np.allclose(found.series[3] * 255, pixels[3])
    digits = sample("digits")
    assert digits.n == 1797 and digits.series[0].shape == (8, 8) and digits.member == "digit"


def test_a_sample_of_images_says_so():
    from clustering.data import image_sets

    found = of_images(image_sets.sample("digits"), most=100, seed=1)
    assert found.n == 100 and "A sample of 100 of 1,797 digits is used." in found.notes
    again = image_sets.sample("digits").pixels[found.places[7]] / 255
    assert np.array_equal(found.series[7], again)


def test_packed_files_are_opened():
    def packed(**files):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in files.items():
                archive.writestr(name.replace("__", "."), content)
        return file.getvalue()

    ts = b"@classLabel true a\n@data\n1,2:a\n"
    assert read(packed(x__ts=ts), "x.zip").n == 1
    both = read(packed(x_TEST__ts=ts, x_TRAIN__ts=ts), "x.zip")
    assert both.n == 2 and both.test.tolist() == [False, True]
    assert read(packed(x__csv=csv(WIDE)), "x.zip").n == 6


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n0000", b"\x00" * 50])
def test_what_is_no_file_of_series_is_refused(content):
    with pytest.raises(DataError):
        read(content, "x.csv")


def test_a_set_of_one_is_read_and_told_later():
    assert read(npy(VALUES[:1]), "one.npy").n == 1 == made.series([1, 2]).n
