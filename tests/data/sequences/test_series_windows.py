"""Windows and splits: hand-made cases, and nothing reaches over a seam."""

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import SequenceSet, sample, split, windows
from clustering.errors import DataError, ParameterError
from tests.data.sequences import made


def test_windows_are_where_they_should_be():
    found = windows(made.stream(np.arange(7)), window=3, stride=2)
    assert [each.ravel().tolist() for each in found.series] == [[0, 1, 2], [2, 3, 4], [4, 5, 6]]
    assert found.starts.tolist() == [0, 2, 4] and found.member == "window"
    rest = windows(made.stream(np.arange(7)), window=4, stride=4)
    assert rest.n == 1 and "3 rows behind the last whole window left out." in rest.notes


def test_a_window_has_the_class_of_its_last_row():
    others = pd.DataFrame({"kind": ["a", "a", "b", "", "b"]})
    found = windows(made.stream(range(5), others=others), window=2, label="kind")
    assert found.classes == ("a", "b") and found.labels.tolist() == [0, 1, -1, 1]
    own = windows(made.stream(range(5), others=others, label="kind"), window=2)
    assert own.labels.tolist() == found.labels.tolist()
    assert windows(made.stream(range(5), others=others), window=2).labels is None


def test_a_number_can_be_the_target():
    others = pd.DataFrame({"wet": [0, 1, 1, 0]})
    assert windows(made.stream(range(4), others=others), window=2, label="wet").classes == (
        "0",
        "1",
    )


def test_windows_over_a_gap_in_time_are_told():
    found = windows(made.stream(range(6), [0.0, 1, 2, 9, 10, 11]), window=2)
    assert any(note.startswith("1 of 5 windows reaches over a gap") for note in found.notes)


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (["a"] * 5_001, "'kind' holds one class alone, 'a', so there is nothing to tell apart"),
        ([*map(str, range(5_000)), "0"], "'kind' holds 5,000 different values"),
        ([""] * 5_001, "'kind' is empty"),
        ([0.5, 1.5] * 2_500 + [0.5], "fractions"),
    ],
)
def test_a_target_that_has_no_classes_is_refused_or_told(column, sentence):
    whole = made.stream(range(5_001), others=pd.DataFrame({"kind": column}), label="kind")
    with pytest.raises(DataError, match=sentence):
        windows(whole, window=10, stride=100, label="kind")
    # Where nobody asked for it, windows are cut all the same, and the reason is told.
    found = windows(whole, window=10, stride=100)
    assert found.labels is None and sentence.split("'")[-1][:20] in found.notes[-1]


@pytest.mark.parametrize(
    ("choice", "error", "sentence"),
    [
        (
            {"window": 4},
            ParameterError,
            "A window of 4 rows is longer than the stream",
        ),
        ({"window": 0}, ParameterError, "at least one row"),
        ({"window": 2, "label": "z"}, DataError, "has no column 'z'"),
    ],
)
def test_windows_that_cannot_be_cut_are_refused(choice, error, sentence):
    with pytest.raises(error, match=sentence):
        windows(made.stream([1, 2, 3]), **choice)


def test_windows_of_two_parts_never_reach_over_the_seam():
    stream = made.stream(np.arange(100))
    train, test = (windows(part, window=7) for part in split(stream, share=0.9))
    assert max(each.max() for each in train.series) == 89
    assert min(each.min() for each in test.series) == 90
    early, late = split(windows(stream, window=7), share=0.9)
    assert max(each.max() for each in early.series) < min(each.min() for each in late.series)
    assert any("6 windows at the seam left out" in note for note in early.notes)
    assert set(early.places.tolist()).isdisjoint(late.places.tolist())


def test_a_split_by_series_draws_from_each_class_alike():
    whole = made.series(*[[1, 2]] * 50, labels=np.repeat([0, 1], [40, 10]), classes=("a", "b"))
    train, test = split(whole, share=0.8, by="series", seed=3)
    assert train.counts().tolist() == [32, 8] and test.counts().tolist() == [8, 2]
    assert sorted([*train.places, *test.places]) == list(range(50))
    again, _ = split(whole, share=0.8, by="series", seed=3)
    other, _ = split(whole, share=0.8, by="series", seed=4)
    assert again.key == train.key != other.key


def test_the_own_split_is_that_of_the_file():
    train, test = split(sample("digits"), by="own")
    assert (train.n, test.n) == (1438, 359)
    with pytest.raises(DataError, match="does not say which series are for testing"):
        split(made.ragged(5), by="own")


def test_series_without_times_keep_their_order():
    train, test = split(made.series(*[[1, 2]] * 10), share=0.75)
    assert (train.n, test.n) == (8, 2) and test.places.tolist() == [8, 9]


@pytest.mark.parametrize(
    ("whole", "choice", "sentence"),
    [
        (made.series([1, 2], [3, 4]), {"share": 1.0}, "between 0 and 1"),
        (made.series([1, 2]), {}, "There is only one series, which cannot be split"),
        (made.stream([1]), {}, "There is only one row, which cannot be split"),
        (made.stream([1, 2]), {"by": "series"}, "A stream is split in time"),
        (windows(made.stream(range(6)), window=5), {}, "reaches into the test part"),
    ],
)
def test_what_cannot_be_split_is_refused(whole, choice, sentence):
    with pytest.raises(ParameterError, match=sentence):
        split(whole, **choice)


def test_events_out_of_order_are_split_by_their_time():
    order = [3, 0, 2, 1]
    whole = SequenceSet(
        tuple(np.full((2, 1), each) for each in order), ("x",),
        times=tuple(np.array([10.0 * each, 10.0 * each + 1]) for each in order),
        starts=np.array([10.0 * each for each in order]),
    )  # fmt: skip
    train, test = split(whole, share=0.5)
    assert train.starts.tolist() == [0, 10] and test.starts.tolist() == [20, 30]


def test_drawn_windows_that_share_rows_with_the_test_part_are_told():
    line = made.stream(range(60))
    train, _ = split(windows(line, window=5), by="series")
    assert "overlap the test part" in train.notes[-1]
    train, _ = split(windows(line, window=5, stride=5), by="series")
    assert not any("overlap" in note for note in train.notes)
