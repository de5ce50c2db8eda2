"""Preparation is fitted on the training part alone, keeps every step, and can be led back."""

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import Choices, SequenceSet, Stream, preparation, split, tidied
from clustering.data.sequences.padding import PADDING, lengths
from clustering.errors import DataError, ParameterError, PreparationError, UnsupportedError
from tests.data.sequences import made

EVERY = [
    Choices(),
    Choices(scaling="series"),
    Choices(missing="mean", scaling="none"),
    Choices(missing="drop", trend="linear"),
    Choices(missing="forward", step=2.0),
    Choices(trend="stl", period=2, scaling="series"),
]


def changed(test):
    """The same lengths, and everything else another: values, missing ones, outliers."""
    rng = np.random.default_rng(5)
    series = [each * 50 + rng.normal(1e6, 1e3, each.shape) for each in test.series]
    return SequenceSet(tuple(series), test.channels, times=test.times, places=test.places)


@pytest.mark.parametrize("choices", EVERY)
def test_nothing_of_the_test_part_reaches_the_training_part(choices):
    train, test = split(made.ragged(20), share=0.8, by="series")
    leaked = preparation.fit(train, choices, beside=changed(test))
    fitted = preparation.fit(train, choices, beside=test)
    for name in ("center", "scale", "fill"):
        assert getattr(fitted, name).tobytes() == getattr(leaked, name).tobytes()
    assert fitted.apply(train).points.tobytes() == leaked.apply(train).points.tobytes()
    assert fitted.apply(train).key == preparation.fit(train, choices).apply(
        train, steps=fitted.shape[0]
    ).key  # fmt: skip


def test_a_planted_leak_would_be_seen():
    # The same comparison, with the scale of all series, does change: the test above can fail.
    whole = made.ragged(20)
    train, test = split(whole, share=0.8, by="series")
    both = SequenceSet((*train.series, *changed(test).series), whole.channels)
    assert preparation.fit(both).scale.tobytes() != preparation.fit(train).scale.tobytes()


def test_a_stream_that_is_split_and_then_tidied_does_not_see_over_the_seam():
    line = [0.0, 1.0, np.nan, np.nan, 9.0, 10.0]
    train, test = split(made.stream(line), share=0.5)
    assert tidied(train, Choices()).values.ravel().tolist() == [0.0, 1.0, 1.0]
    assert tidied(test, Choices()).values.ravel().tolist() == [9.0, 9.0, 10.0]
    assert tidied(made.stream(line), Choices()).values.ravel()[2] > 3


def test_scaling_is_what_it_says():
    train = made.ragged(12)
    steps = np.concatenate([each for each in preparation_of(train, scaling="all")])
    assert np.allclose(steps.mean(axis=0), 0) and np.allclose(steps.std(axis=0), 1)
    for each in preparation_of(train, scaling="series"):
        assert np.allclose(each.mean(axis=0), 0) and np.allclose(each.std(axis=0), 1)
    flat = made.series([5, 5, 5], [5, 5, 5])
    assert (preparation.fit(flat, Choices(scaling="series")).apply(flat).points == 0).all()


def preparation_of(train, **choices):
    fitted = preparation.fit(train, Choices(**choices))
    points = fitted.apply(train).points
    rows = points.reshape(len(points), *fitted.shape)
    ends = lengths(points, fitted.shape)
    return [row[:end] for row, end in zip(rows, ends, strict=True)]


@pytest.mark.parametrize("choices", EVERY)
def test_values_come_back_in_their_own_units(choices):
    train = made.ragged(8)
    fitted = preparation.fit(train, choices)
    data = fitted.apply(train)
    plain = preparation.fit(train, Choices(
        missing=choices.missing, step=choices.step, scaling="none",
    )).apply(train)  # fmt: skip
    back = fitted.back(data.points, sequences=train, rows=data.rows).reshape(data.points.shape)
    there = plain.points != PADDING
    assert np.allclose(back[there], plain.points[there]) and np.isnan(back[~there]).all()
    some = fitted.back(data.points[[3]], sequences=train, rows=data.rows[[3]])
    assert np.array_equal(some.ravel(), back[3], equal_nan=True)


def test_series_scaled_by_themselves_need_themselves_to_come_back():
    train = made.ragged(4)
    fitted = preparation.fit(train, Choices(scaling="series"))
    with pytest.raises(UnsupportedError, match="prepared by itself"):
        fitted.back(fitted.apply(train).points)


def test_equal_lengths_are_euclidean_and_unequal_ones_warped():
    even, uneven = made.series([1, 2], [3, 4]), made.series([1, 2], [3, 4, 5])
    assert preparation.fit(even).apply(even).metric.is_euclidean
    data = preparation.fit(uneven).apply(uneven)
    assert data.metric.name == "dynamic time warping" and data.points[0, 2] == PADDING
    assert data.features["steps"].tolist() == [2, 3]
    assert data.features["x, highest"].tolist() == [2, 5]


def test_a_value_that_looks_like_padding_is_not_taken_for_it():
    train = made.series([PADDING, PADDING, PADDING], [1, 2, 3])
    data = preparation.fit(train, Choices(scaling="none")).apply(train)
    assert data.metric.is_euclidean and lengths(data.points, (3, 1)).tolist() == [3, 3]


def test_times_out_of_order_and_repeated_are_put_right_and_told():
    whole = made.series(
        [3, 1, 2], [1, 5, 2],
        times=(np.array([2.0, 0.0, 1.0]), np.array([0.0, 0.0, 1.0])),
    )  # fmt: skip
    for how, value in (("mean", 3), ("first", 1), ("last", 5)):
        data = preparation.fit(whole, Choices(duplicates=how, scaling="none")).apply(whole)
        assert data.points.tolist() == [[1, 2, 3], [value, 2, PADDING]]
    assert "The steps of 1 series were sorted by time." in data.changes
    assert any(note.startswith("1 step stood at a time that was there") for note in data.changes)


def test_a_gap_is_filled_along_the_clock_and_even_steps_are_made():
    whole = made.series([0, None, 8], [1, 2, 3], times=(np.array([0.0, 1.0, 4.0]),) * 2)
    plain = {"scaling": "none"}
    assert preparation.fit(whole, Choices(**plain)).apply(whole).points[0].tolist() == [0, 2, 8]
    even = preparation.fit(whole, Choices(step=1.0, **plain)).apply(whole)
    assert even.points[0].tolist() == [0, 2, 4, 6, 8]


def test_stl_takes_trend_and_season_out():
    t = np.arange(48)
    wave = 0.3 * t + 5 * np.sin(2 * np.pi * t / 12)
    whole = made.series(wave, wave[::-1])
    choices = Choices(trend="stl", period=12, scaling="none")
    assert np.abs(preparation.fit(whole, choices).apply(whole).points).max() < 0.5
    line = made.series(3.0 * t, 5.0 - t)
    straight = preparation.fit(line, Choices(trend="linear", scaling="none")).apply(line)
    assert np.allclose(straight.points, 0, atol=1e-9)


def test_what_has_no_course_or_too_few_values_is_left_out_by_name():
    whole = made.series(
        [1, 2, 3], [None, None, None], [4], [5, None, None], [1, 3], names=("a", "b", "c", "d", "e")
    )
    data = preparation.fit(whole).apply(whole)
    assert data.rows.tolist() == [0, 4] and data.source.names == ("a", "e")
    assert {reason: rows.tolist() for reason, rows in data.left_out.items()} == {
        "too many missing values": [1, 3], "fewer than two steps": [2],
    }  # fmt: skip
    said = " ".join(data.changes)
    assert "2 of 5 left out" in said and "b, d" in said and "which is no course: c" in said


@pytest.mark.parametrize(
    ("whole", "choices", "sentence"),
    [
        (made.series([1, 2, 3]), Choices(), "There is only one series, and it takes two"),
        (made.series([1], [2], [3]), Choices(), "No series is left: they have fewer than 2 steps"),
        (made.series([1, 2], [3]), Choices(), "Only one series is left"),
        (made.series([None] * 3, [None] * 2), Choices(), "No series is left: more than 50 %"),
        (made.series([1, 2], [3, 4]), Choices(trend="stl", period=4), "only seen in 8"),
        (
            SequenceSet((np.array([[1, np.nan]] * 2),) * 2, ("x", "y")),
            Choices(), "'y' has no value in the training part",
        ),
        (
            made.series([1, 2], [3, 4], times=(np.array([0.0, 1.0]),) * 2),
            Choices(step=1e-9), "at most 1,000,000 are taken",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_prepared_is_refused_in_a_sentence(whole, choices, sentence):
    with pytest.raises(PreparationError, match=sentence):
        preparation.fit(whole, choices)


def test_longer_series_and_other_channels_are_not_forced_in():
    fitted = preparation.fit(made.series([1, 2], [3, 4]))
    with pytest.raises(DataError, match="has 3 steps, and there is room for 2"):
        fitted.apply(made.series([1, 2, 3]))
    assert fitted.apply(made.series([1, 2, 3]), steps=3).d == 3
    with pytest.raises(PreparationError, match="have 2 channels"):
        fitted.apply(made.ragged(3))


@pytest.mark.parametrize(
    "wrong", [{"missing": "guess"}, {"step": 0.0}, {"trend": "stl"}, {"stride": 0}, {"window": 0}]
)
def test_choices_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ParameterError):
        Choices(**wrong)


def test_a_stream_is_tidied_with_its_other_columns():
    import pandas as pd

    times = np.array(["2024-01-01T00:00:00", "2024-01-01T00:00:00", "2024-01-01T00:00:20"], "M8[s]")
    whole = Stream(times, np.array([[1.0], [3.0], [8.0]]), ("x",),
                   others=pd.DataFrame({"kind": ["a", "b", "c"]}))  # fmt: skip
    found = tidied(whole, Choices(step=10.0, missing="interpolate"))
    assert found.values.ravel().tolist() == [2, 5, 8]
    assert found.others["kind"].fillna("").tolist() == ["a", "", "c"]
    assert found.times[1] == np.datetime64("2024-01-01T00:00:10")
    assert any("1 row stood at a time that was there" in note for note in found.notes)
    with pytest.raises(PreparationError, match="'x' has no values at all"):
        tidied(made.stream([np.nan, np.nan]), Choices())


def test_nothing_is_scaled_where_every_series_is_already():
    rng = np.random.default_rng(0)
    values = rng.normal(3, 5, (6, 40))
    assert preparation.suggest(made.series(*values)).scaling == "all"
    even = (values - values.mean(1, keepdims=True)) / values.std(1, keepdims=True)
    assert preparation.suggest(made.series(*even)).scaling == "none"


def test_several_other_columns_stay_beside_steps_that_nothing_falls_into():
    others = pd.DataFrame({"kind": ["a", "b", "a"], "flag": [1, 2, 3]})
    stream = made.stream([1, 2, 3], times=[0, 1, 4], others=others)
    found = tidied(stream, Choices(step=1.0)).others
    assert found["kind"].isna().tolist() == [False, False, True, True, False]
    assert found["flag"].dropna().tolist() == [1, 2, 3]


def test_infinite_values_of_a_stream_are_missing():
    found = tidied(made.stream([1, np.inf, 3]), Choices(missing="mean"))
    assert found.values.ravel().tolist() == [1, 2, 3]


@pytest.mark.parametrize("trend", ["linear", "stl"])
@pytest.mark.parametrize("scaling", ["series", "all"])
def test_what_rounding_leaves_of_a_trend_is_not_blown_up(trend, scaling):
    straight = made.series(np.full(12, 0.1), np.arange(12) * 0.1 if trend == "linear" else [7] * 12)
    choices = Choices(trend=trend, period=4, scaling=scaling)
    points = preparation.fit(straight, choices).apply(straight).points
    assert np.abs(points).max() < 1e-9


def test_room_beside_is_counted_without_the_steps_that_are_dropped():
    train, test = made.series([1, 2, 3], [2, 3, 5]), made.series([1, None, 2, 4])
    fitted = preparation.fit(train, Choices(missing="drop"), beside=test)
    assert fitted.shape == (3, 1) and fitted.apply(test).metric.is_euclidean


def test_a_series_that_stands_twice_is_led_back_twice():
    twice = made.series([1, 2, 4], [5, 3, 9]).part([0, 1, 0])
    fitted = preparation.fit(twice, Choices(scaling="series"))
    back = fitted.back(fitted.apply(twice).points, sequences=twice)
    assert np.allclose(back[:, :, 0], [[1, 2, 4], [5, 3, 9], [1, 2, 4]])


def test_a_step_without_a_time_is_refused():
    with pytest.raises(DataError, match="A step has no time"):
        made.series([1, 2], [3], times=([0.0, np.nan], [1.0]))
