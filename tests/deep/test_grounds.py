"""What networks learn from: split in time, scaled on the training part, cut after."""

import pickle

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.data.tables import read
from clustering.dataset import Dataset
from clustering.deep import forecasts, labelled, labelled_series, texts, vocabulary
from clustering.deep.labelled_stream import of_stream, windowed
from clustering.deep.steady import steady
from clustering.errors import DataError, ParameterError

COUNT = np.arange(20.0)
KINDS = np.repeat(["off", "on", "off", "on"], 5)


def stream(values=COUNT, **others):
    columns = np.asarray(values, dtype=float).reshape(len(values), -1)
    names = tuple("abc"[: columns.shape[1]])
    return Stream(np.arange(float(len(columns))), columns, names, pd.DataFrame(others))


def test_a_series_that_is_its_own_index_says_where_every_window_ends():
    ground = forecasts.prepared(stream(), window=4, share=0.8)
    assert (ground.seam, ground.n, ground.shape) == (16, 12, (4, 1))
    back = ground.before(4, 20) * ground.scale + ground.middle
    assert np.allclose(back, np.arange(16)[:, None] + np.arange(4))
    assert np.allclose(back[16 - 4], [12, 13, 14, 15])  # before the first value of the test part


def test_nothing_of_the_test_part_is_known_to_scaling_windows_or_labels():
    """Another test part is planted: all that is learned from stays as it was, to the last bit."""
    other = np.where(np.arange(20) < 16, COUNT, 1e6)
    kinds = np.where(np.arange(20) < 16, KINDS, "on")
    for planted in (other, np.where(np.arange(20) < 16, COUNT, np.nan)):
        one, two = (forecasts.prepared(stream(each), window=4) for each in (COUNT, planted))
        assert np.array_equal(one.middle, two.middle) and np.array_equal(one.scale, two.scale)
        assert np.array_equal(one.before(4, 16), two.before(4, 16))
        assert one.key != two.key
    grounds = [
        windowed(of_stream(stream(values, kind=names), "kind"), window=3)
        for values, names in ((COUNT, KINDS), (other, kinds))
    ]
    assert grounds[0].train.key == grounds[1].train.key
    assert np.array_equal(grounds[0].train_labels, grounds[1].train_labels)
    assert grounds[0].key != grounds[1].key
    assert np.allclose(grounds[0].middle, COUNT[:16].mean())


def test_windows_are_cut_in_each_part_and_labelled_as_told():
    known = of_stream(stream(kind=KINDS), "kind")
    assert known.classes == ("off", "on")
    found = windowed(known, window=3, stride=2, share=0.75)
    assert found.train.rows.tolist() == [2, 4, 6, 8, 10, 12, 14]  # the last steps of windows
    assert found.test.rows.tolist() == [17, 19]
    assert found.train_labels.tolist() == [0, 0, 1, 1, 0, 0, 0]
    first = windowed(known, window=3, stride=2, share=0.75, label="first")
    most = windowed(known, window=3, stride=2, share=0.75, label="most")
    assert first.train_labels.tolist() == [0, 0, 0, 1, 1, 0, 0]
    assert most.train_labels.tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert "its last step" in " ".join(found.changes)
    assert pickle.loads(pickle.dumps(found)).key == found.key


def test_gaps_are_filled_from_the_past_alone():
    data = Stream(
        [0.0, 1.0, 1.0, 2.0, 3.0], [[np.nan], [1.0], [3.0], [np.nan], [9.0]], ("load",),
        pd.DataFrame({"kind": ["a", "a", "b", None, "a"]}),
    )  # fmt: skip
    found = steady(data)
    assert found.values.ravel().tolist() == [2.0, 2.0, 9.0]
    assert found.times.tolist() == [1.0, 2.0, 3.0] and found.rows.tolist() == [2, 3, 4]
    assert len(found.changes) == 3
    assert of_stream(data, "kind").codes.tolist() == [1, -1, 0]


def test_months_stay_months_beyond_the_end():
    for rhythm, meant in (
        ("MS", ["2024-06-01", "2024-07-01", "2024-08-01"]),
        ("ME", ["2024-06-30", "2024-07-31", "2024-08-31"]),
        ("D", ["2024-01-06", "2024-01-07", "2024-01-08"]),
    ):
        times = pd.date_range("2024-01-01", periods=5, freq=rhythm).to_numpy().astype("M8[us]")
        later = forecasts.times_ahead(times, 3).astype("M8[D]").astype(str).tolist()
        assert later == meant


RAGGED = SequenceSet(
    tuple(np.arange(2.0 + i % 3)[:, None] + 10 * (i % 2) for i in range(12)), ("x",),
    labels=np.arange(12) % 2, classes=("low", "high"), test=np.arange(12) >= 8,
)  # fmt: skip


def test_whole_series_are_split_by_class_and_padded():
    ground = labelled_series.of_series(RAGGED, share=0.5)
    assert ground.shape == (4, 1) and ground.n == 6
    assert np.bincount(ground.train_labels).tolist() == [3, 3]
    assert not set(ground.train.rows) & set(ground.test.rows)
    own = labelled_series.of_series(RAGGED, by="own")
    assert own.test.rows.tolist() == [8, 9, 10, 11]
    assert np.allclose(own.middle, np.concatenate(RAGGED.series[:8]).mean())


def test_what_was_prepared_elsewhere_leaves_out_what_has_no_label():
    data = Dataset.from_points([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    ground = labelled.prepared(data, [0, -1, 1], data, [1, 0, -1], classes="ab", shape=(2, 1))
    assert ground.train.rows.tolist() == [0, 2] and ground.test_labels.tolist() == [1, 0]


SAID = "said,good\n" + "".join(
    f"{'nice' if i % 2 else 'awful'} thing number{i},{i % 2}\n" for i in range(20)
)


def of_table(content, text="said", label="good"):
    return texts.of_table(read(content.encode(), "said.csv"), text=text, label=label)


def test_the_vocabulary_is_that_of_the_training_part():
    found = of_table(SAID + "nice thing number1,0\n ,1\nno label,\n")
    assert found.n == 20 and found.classes == ("0", "1")
    assert len(found.changes) == 3 and "1 row with a text that stands above" in found.changes[2]
    ground = texts.prepared(found, share=0.75, length=2)
    assert ground.n == 16  # eight of each ten
    test_only = {f"number{i}" for i in found.rows[ground.test_places]}
    assert not test_only & set(ground.vocabulary.words)
    assert ground.vocabulary.words[0] == "thing"
    assert (ground.test <= ground.vocabulary.size).all() and ground.train.shape[1] == 2
    assert "100.0% of the training part's texts are longer than 2" in ground.changes[-1]
    assert np.array_equal(ground.train_places, texts.prepared(found, share=0.75).train_places)


def test_classes_that_are_numbers_stand_by_their_size_and_two_spellings_are_said():
    rows = "".join(f"so {i},{i % 11},{('Good', 'bad', 'good')[i % 3]}\n" for i in range(33))
    table = read(f"t,stars,l\n{rows}".encode(), "t.csv")
    found = texts.of_table(table, text="t", label="stars")
    assert found.classes == tuple(map(str, range(11)))
    assert found.labels.tolist() == [i % 11 for i in range(33)] and not found.changes
    [said] = texts.of_table(table, text="t", label="l").changes
    assert said.startswith("'Good' and 'good' differ in capitals")
    marks = of_stream(stream(mark=[10.0, 9.0, np.nan, 10.0] * 5), "mark")
    assert marks.classes == ("9", "10") and marks.codes[:4].tolist() == [1, 0, -1, 1]


def test_chinese_is_cut_into_characters_or_words():
    told = ["味道很好吃", "太慢了，难吃"]
    assert vocabulary.suggested(told) == "characters"
    assert vocabulary.pieces(told[0], "characters") == list(told[0])
    assert "".join(vocabulary.pieces(told[0], "jieba")) == told[0]
    assert len(vocabulary.pieces(told[0], "jieba")) < 5
    known = vocabulary.fit(told, by="characters", length=4)
    assert known.words[0] == "吃" and known.unknown("好吃吗吗") == ("吗",)
    assert known.codes(["吃吗", ""]).tolist() == [[2, 1, 0, 0], [0, 0, 0, 0]]


MANY = stream(np.arange(5_000.0), kind=[f"k{i}" for i in range(5_000)])


@pytest.mark.parametrize(
    ("work", "kind", "words"),
    [
        (lambda: forecasts.prepared(stream(), window=30), DataError, "30 steps is longer than"),
        (lambda: forecasts.prepared(stream([5.0])), DataError, "longer than the training part"),
        (lambda: forecasts.prepared(stream(), share=1.5), ParameterError, "share = 1.5"),
        (lambda: forecasts.prepared(stream([np.nan] * 9)), DataError, "'a' holds no number"),
        (lambda: forecasts.prepared(stream([1e30] * 9)), DataError, "too large for a network"),
        (lambda: forecasts.prepared(stream(), target="zz"), DataError, "no column 'zz'"),
        (lambda: of_stream(MANY, "kind"), DataError, "5,000 different values"),
        (
            lambda: of_stream(MANY, "a"),
            DataError,
            "no column of numbers to learn from",
        ),
        (
            lambda: of_stream(stream(k=["x"] * 20), "k"),
            DataError,
            "single class, 'x'",
        ),
        (lambda: of_stream(stream(k=[None] * 20), "k"), DataError, "'k' is empty"),
        (
            lambda: windowed(of_stream(stream(k=KINDS), "k"), window=5),
            DataError,
            "5 steps is longer than the test part, which has 4",
        ),
        (
            lambda: windowed(of_stream(stream(k=["x"] * 18 + ["y"] * 2), "k"), window=2),
            DataError,
            "training part has a single class, 'x'",
        ),
        (
            lambda: labelled_series.of_series(SequenceSet(RAGGED.series, ("x",))),
            DataError,
            "have no labels",
        ),
        (
            lambda: labelled_series.of_series(RAGGED.part(range(8)), by="own"),
            DataError,
            "names no test part",
        ),
        (lambda: of_table(SAID, label="zz"), DataError, "no column 'zz'"),
        (lambda: of_table("said,good\n" + " ,1\n" * 12), DataError, "'said' holds no text"),
        (lambda: of_table("said,good\na b,1\nb c,0\n"), DataError, "Only 2 texts"),
        (lambda: of_table(SAID.replace(",0", ",1")), DataError, "single class, '1'"),
        (
            lambda: texts.prepared(of_table(SAID), by="sounds"),
            ParameterError,
            "not cut into 'sounds'",
        ),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_a_sentence(work, kind, words):
    with pytest.raises(kind, match=words):
        work()
