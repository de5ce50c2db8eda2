"""Events are cut where a hand-made stream has them, each with its time and cause."""

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import events, preparation, sample, split
from clustering.data.sequences.change_points import change_points
from clustering.data.sequences.events import Change, Column, Crossing, Gap
from clustering.errors import DataError, ParameterError
from tests.data.sequences import made

#        0  1  2  3  4  5  6  7  8  9
LOAD = [0, 9, 6, 9, 1, 0, 8, 9, 0, 0]


def cut(values, how, times=None, others=None, **more):
    whole = made.stream(values, times, others=pd.DataFrame(others or {}))
    found = events.cut(whole, how=how, **more)
    return found, [each.ravel().tolist() for each in found.series]


def test_hysteresis_makes_one_event_of_a_load_that_swings():
    found, rows = cut(LOAD, Crossing("x", high=8, low=5))
    assert rows == [[9, 6, 9], [8, 9]] and found.starts.tolist() == [1, 6]
    assert found.causes == ("x at or above 8",) * 2 and found.member == "event"
    assert cut(LOAD, Crossing("x", high=8))[1] == [[9], [9], [8, 9]]


def test_a_crossing_downward_is_the_mirror_image():
    mirrored = [-each for each in LOAD]
    found, rows = cut(mirrored, Crossing("x", high=-5, low=-8, direction="down"))
    assert rows == [[-9, -6, -9], [-8, -9]] and found.causes[0] == "x at or below -8"


def test_a_missing_value_does_not_end_an_event():
    assert cut([0, 9, np.nan, 9, 0], Crossing("x", high=8))[1][0][0::2] == [9, 9]
    assert cut([np.nan, 9, 0], Crossing("x", high=8))[1] == [[9]]


def test_margins_reach_out_but_not_beyond_the_stream():
    found, rows = cut(LOAD, Crossing("x", high=8, low=5), before=2, after=1, overlaps="keep")
    assert rows == [[0, 9, 6, 9, 1], [1, 0, 8, 9, 0]]
    assert found.starts.tolist() == [1, 6]  # the moment of the event, not of its margin
    assert [each[0] for each in found.times] == [0, 4]


def test_windows_that_overlap_are_merged_or_kept_and_told():
    how = (Crossing("x", high=8, low=5), Gap(longer=2, lasts=3))
    times = [0.0, 1, 2, 3, 4, 5, 6, 7, 20, 21]
    merged, rows = cut(LOAD, Crossing("x", high=8, low=5), before=2, after=2)
    assert rows == [[0, 9, 6, 9, 1, 0, 8, 9, 0, 0]] and merged.starts.tolist() == [1]
    assert "1 window that overlapped the one before was merged with it." in merged.notes
    kept, rows = cut(LOAD, Crossing("x", high=8, low=5), before=2, after=2, overlaps="keep")
    assert rows == [[0, 9, 6, 9, 1, 0], [1, 0, 8, 9, 0, 0]]
    assert "1 window that overlapped the one before shares rows with it." in kept.notes
    both, rows = cut([0, 0, 9, 0], how, [0.0, 1, 20, 21], before=1)
    assert rows == [[9, 0]] and both.causes == ("x at or above 8 and gap over 2",)
    apart, rows = cut(LOAD, how, times, before=1)
    assert rows == [[0, 9, 6, 9], [0, 8, 9], [0, 0]]
    assert apart.causes == ("x at or above 8", "x at or above 8", "gap over 2")


def test_no_window_reaches_over_a_gap_that_is_a_cause():
    how = (Crossing("x", high=8), Gap(longer=5, lasts=2))
    _, rows = cut([0, 9, 9, 0, 0], how, [0.0, 1, 20, 21, 22], before=2, after=2, overlaps="keep")
    assert rows == [[0, 9], [9, 0, 0], [9, 0, 0]]  # by the gap, and by what is still high


def test_a_gap_is_five_usual_steps_where_nobody_says_otherwise():
    times = np.datetime64("2024-01-01", "s") + np.array([0, 10, 20, 60, 70, 200, 210])
    found, rows = cut(range(7), Gap(lasts=2), times)
    assert rows == [[5, 6]] and found.causes == ("gap over 50 s",)
    assert found.names == ("2024-01-01 00:03:20",)
    assert cut(range(7), Gap(longer=30, lasts=1), times)[1] == [[3], [5]]


def test_a_column_says_where():
    others = {"state": ["", "on", "on", None, "off", "off", "on", "", "", ""]}
    found, rows = cut(LOAD, Column("state"), others=others)
    assert rows == [[9, 6], [1, 0], [8]]
    assert found.causes == ("state: on", "state: off", "state: on")
    assert cut(LOAD, Column("state", "off"), others=others)[1] == [[1, 0]]


def test_known_kinds_are_those_of_most_rows_of_the_event():
    kinds = {"kind": ["", "a", "a", "b", "b", "b", "b", "", "", ""]}
    found, rows = cut(LOAD, Crossing("x", high=8, low=5), others=kinds, label="kind", after=2)
    assert rows == [[9, 6, 9, 1, 0], [8, 9, 0, 0]]  # the margin of the first holds two rows of b
    assert found.classes == ("a", "b") and found.labels.tolist() == [0, 1]


def test_windows_up_to_the_next_event_and_no_longer_than_said():
    found, rows = cut(LOAD, Crossing("x", high=8, low=5), after=None)
    assert rows == [[9, 6, 9, 1, 0], [8, 9, 0, 0]]
    short, rows = cut(LOAD, Crossing("x", high=8, low=5), after=None, most=4)
    assert rows == [[9, 6, 9, 1], [8, 9, 0, 0]]
    assert "1 window of more than 4 rows has lost its end." in short.notes


def test_change_points_are_found_where_they_were_put():
    rng = np.random.default_rng(0)
    level = np.repeat([0.0, 4.0, 4.0, 0.0], 50) + rng.normal(0, np.repeat([0.5, 0.5, 3, 0.5], 50))
    assert np.abs(change_points(level[:, None]) - [50, 100, 150]).max() <= 3
    assert not len(change_points(rng.normal(size=(2_000, 2))))
    assert not len(change_points(np.ones((50, 1)))) and not len(change_points(np.ones((3, 1))))
    long = np.repeat([0.0, 1.0], 6_000)[:, None] + rng.normal(0, 0.1, (12_000, 1))
    assert np.abs(change_points(long) - 6_000).max() <= 3
    found, _ = cut(level, Change("x", lasts=10))
    assert found.n == 3 and found.causes[0] == "change in x"


def test_change_points_are_the_best_of_all_cuttings():
    rng = np.random.default_rng(1)
    values = np.r_[rng.normal(0, 1, 12), rng.normal(6, 1, 11), rng.normal(0, 1, 9)][:, None]
    scaled = (values - values.mean()) / values.std()

    def cost(begin, end):
        return (end - begin) * np.log(max(scaled[begin:end].var(), 1e-4))

    m, penalty = len(values), 3 * np.log(len(values))
    best = {0: (-penalty, [])}
    for end in range(5, m + 1):
        ways = [
            (best[begin][0] + cost(begin, end) + penalty, [*best[begin][1], begin])
            for begin in best
            if end - begin >= 5
        ]
        best[end] = min(ways)
    assert change_points(values, penalty=1.0).tolist() == best[m][1][1:]


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (Crossing("x", high=50), "'x' never reaches 50, its highest value is 9. Choose another"),
        (
            Crossing("x", high=9, low=-1, direction="down"),
            "never falls to -1, its lowest value is 0",
        ),
        (Gap(longer=5), "no two rows are more than 5 apart, the longest gap is 1"),
        (Column("state", "red"), "the column 'state' never holds 'red'"),
        (Change(), "neither mean nor variance of the channels change clearly"),
        ((Gap(), Crossing("x", high=50)), "longest gap is 1; 'x' never reaches 50"),
        (Column("nothing"), "has no column 'nothing'"),
        (Crossing("y", high=1), "has no channel 'y'"),
    ],
)
def test_a_stream_without_an_event_says_why(how, sentence):
    with pytest.raises(DataError, match=sentence):
        cut(LOAD, how, others={"state": ["green"] * 10})


@pytest.mark.parametrize(
    "wrong", [{"how": ()}, {"how": Gap(), "before": -1}, {"how": Gap(), "most": 0}]
)
def test_margins_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ParameterError):
        events.cut(made.stream(LOAD), **wrong)
    with pytest.raises(ParameterError, match="stands above the upper one"):
        Crossing("x", high=1, low=2)


# ---- the machine's log --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log():
    how = (Gap(), Crossing("load", high=80, low=60))
    return events.cut(sample("machine-log"), how=how, before=3, after=3)


def test_the_machine_log_is_cut_into_its_events(log):
    kinds = dict(zip(log.classes, log.counts().tolist(), strict=True))
    assert kinds == {"start-up": 29, "jam": 30, "chatter": 30, "slipping belt": 1}
    by_gap = np.array(["gap" in cause for cause in log.causes])
    assert (by_gap == (log.labels == log.classes.index("start-up"))).all()
    assert len(set(log.lengths.tolist())) > 10  # of unequal length
    assert not any("overlapped" in note for note in log.notes)


def test_its_odd_event_is_late_and_like_none_of_the_others(log):
    train, test = split(log, share=0.7)
    odd = log.classes.index("slipping belt")
    assert odd not in train.labels and (test.labels == odd).sum() == 1
    fitted = preparation.fit(train, beside=test)
    known, new = fitted.apply(train), fitted.apply(test)
    apart = known.metric.between(new.points, known.points)
    nearest, usual = apart.min(axis=1), test.labels != odd
    assert (train.labels[apart.argmin(axis=1)] == test.labels)[usual].all()
    assert nearest[~usual].min() > 4 * nearest[usual].max()


def test_without_hysteresis_the_chatter_would_fall_apart():
    crude = events.cut(sample("machine-log"), how=Crossing("load", high=80))
    assert crude.n > 150


def test_what_is_suggested_finds_the_same_events(log):
    stream = sample("machine-log")
    gap, crossing = events.suggest(stream)
    assert isinstance(gap, Gap) and crossing.channel == "load"
    found = events.cut(stream, how=(gap, crossing), before=3, after=3)
    assert found.n == log.n and found.labels.tolist() == log.labels.tolist()
    assert isinstance(events.suggest(made.stream(np.arange(50.0)))[0], Crossing | Change)


def test_an_event_that_lasts_over_a_gap_is_two_and_loses_no_row():
    load = made.stream([0, 9, 9, 9, 9, 9, 0], times=[0, 1, 2, 100, 101, 102, 103])
    found = events.cut(load, how=[events.Gap(5.0, lasts=1), events.Crossing("x", 8.0)])
    assert [len(each) for each in found.series] == [2, 3]
    assert found.causes == ("x at or above 8", "gap over 5 and x at or above 8")
    # What a moment lasts is a choice: behind the next gap it is over.
    often = made.stream([0, 1, 2], times=[0, 10, 20])
    found = events.cut(often, how=events.Gap(5.0, lasts=9), overlaps="keep")
    assert [each.ravel().tolist() for each in found.series] == [[1], [2]]


def test_two_causes_at_one_row_both_reach_to_the_next_event():
    load = made.stream([0, 9, 9, 0, 0, 9, 0], times=[0, 100, 101, 102, 103, 104, 105])
    how = [events.Gap(5.0, lasts=1), events.Crossing("x", 8.0)]
    found = events.cut(load, how=how, after=None, overlaps="keep")
    assert [len(each) for each in found.series] == [4, 4, 2]


def test_a_column_of_flags_with_empty_cells_is_found_by_its_number():
    flags = pd.DataFrame({"flag": [0, 1, None, 1, 0]})
    stream = made.stream([1, 2, 3, 4, 5], others=flags)
    for value in ("1", "1.0"):
        found = events.cut(stream, how=events.Column("flag", value))
        assert found.causes == ("flag: 1", "flag: 1") and found.starts.tolist() == [1, 3]


def test_infinite_values_cross_nothing():
    load = made.stream([9, -np.inf, 9, np.inf, 1, np.inf])
    found = events.cut(load, how=events.Crossing("x", 8.0, 5.0))
    assert found.starts.tolist() == [0] and len(found.series[0]) == 4


def test_what_has_no_rows_is_refused():
    load = made.stream(range(20))
    with pytest.raises(ParameterError, match="no room for its event behind 10 rows"):
        events.cut(load, how=events.Crossing("x", 15.0), before=10, most=10)
    with pytest.raises(ParameterError, match="An event of 0 rows"):
        events.Gap(5.0, lasts=0)
    texts = made.stream([1, 2], others=pd.DataFrame({"kind": ["a", "b"]}))
    with pytest.raises(DataError, match="no channel 'kind'"):
        events.cut(texts, how=events.Change("kind"))


def test_change_points_are_the_best_of_all_ways_to_cut():
    # A candidate that loses now may win where what beat it is still too short to end.
    rng = np.random.default_rng(24)
    m = int(rng.integers(10, 80))
    values = rng.normal(size=(m, 1)) * np.repeat(rng.choice([0.1, 1, 5], 20), 5)[:m, None]
    values += np.repeat(rng.choice([0, 3, 9], 10), 9)[:m, None]
    assert change_points(values, penalty=1.0).tolist() == [5, 10, 15, 20, 25]


def test_a_stream_of_one_row_is_too_short_for_events():
    with pytest.raises(DataError, match="only one row"):
        cut([1], Gap(longer=1.0))
