"""Series and streams as values: shapes are checked, parts lead back, keys follow content."""

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import SequenceSet, Stream, preparation
from clustering.errors import DataError
from tests.data.sequences import made


def test_a_part_of_a_part_leads_back_to_the_file():
    whole = made.ragged(9)
    part = whole.part([8, 2, 5]).part(np.array([True, False, True]))
    assert part.places.tolist() == [8, 5] and part.names == ("s8", "s5")
    assert np.array_equal(part.series[1], whole.series[5], equal_nan=True)
    data = preparation.fit(whole).apply(part)
    assert data.rows.tolist() == [8, 5]
    assert whole.truth(data).tolist() == part.truth(data).tolist() == [0, 1]
    assert whole.part([5]).truth(data).tolist() == [-1, 1]
    assert made.series([1, 2], [3, 4]).truth(data) is None


def test_keys_follow_the_content_and_nothing_else():
    one, same = made.ragged(4), made.ragged(4)
    assert one.key == same.key != one.part([0, 1, 2]).key
    assert made.stream([1, 2]).key == made.stream([1, 2]).key != made.stream([1, 3]).key
    others = pd.DataFrame({"kind": ["a", "b"]})
    assert made.stream([1, 2], others=others).key != made.stream([1, 2]).key


def test_arrays_cannot_be_changed():
    whole = made.ragged(3)
    for array in (*whole.series, *whole.times, whole.labels, whole.test, whole.starts):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: SequenceSet((), ("x",)), "There are no series"),
        (lambda: SequenceSet((np.zeros((0, 1)),), ("x",)), "Series 1 has no steps"),
        (lambda: SequenceSet((np.zeros((2, 2)),), ("x",)), "steps with 1 values each"),
        (lambda: made.series([1], [2], labels=np.array([0])), "2 series, but 1 labels"),
        (lambda: made.series([1, 2], times=(np.zeros(3),)), "Each step of a series needs one time"),
        (lambda: made.stream([]), "at least one row"),
        (lambda: made.stream([1, 2], [1.0, 0.0]), "The times of a stream ascend"),
        (lambda: made.stream([1, 2], [1.0, np.nan]), "none is missing"),
        (lambda: made.stream([1, 1e300]), "A value of 1e\\+300 is beyond 1e\\+100"),
        (lambda: made.series([1, -1e200]), "the most that can be compared"),
        (lambda: made.stream([1, 2]).column("y"), "has no column 'y'"),
    ],
)
def test_what_is_no_series_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(DataError, match=sentence):
        make()


def test_a_stream_says_how_far_its_rows_are_apart():
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-04", "2024-01-05"], "datetime64[s]")
    stream = Stream(days, np.zeros((4, 1)), ("x",))
    assert stream.dated and stream.step == 86_400 and stream.times.dtype == "datetime64[us]"
    assert stream.seconds.tolist() == [0, 86_400, 259_200, 345_600]
    assert stream.part(1, 3).times.tolist() == stream.times[1:3].tolist()
