"""Predictors: they beat what is trivial, their lines stand right, and stopping changes nothing."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest

import sample_data
from clustering.data.sequences import sample
from clustering.data.sequences.kept import SequenceSet
from clustering.data.tables import read
from clustering.deep import (
    classifying,
    forecasting,
    imdb,
    keeping_predictors,
    labelled,
    labelled_series,
    sentiment,
    training,
)
from clustering.deep.labelled_stream import of_stream
from clustering.deep.predictor import Predictor
from clustering.errors import DataError, ParameterError, TrainingError
from clustering.supervised.reports import report

pytestmark = pytest.mark.neural

INDEX = forecasting.of_values(np.arange(160.0))
SEASONS = forecasting.prepared(sample("month-series"))
WAVES = forecasting.of_values(
    np.column_stack([np.sin(np.arange(90) / 3), np.cos(np.arange(90) / 3)]), window=5
)
EVENTS = sample("sensor-events")


@pytest.fixture(scope="module")
def index() -> Predictor:
    return forecasting.fit(INDEX, epochs=8, units=16, learning_rate=0.002)


@pytest.fixture(scope="module")
def waves() -> Predictor:
    return forecasting.fit(
        WAVES, epochs=6, units=16, dropout=0.05, learns="value", learning_rate=0.02
    )


@pytest.fixture(scope="module")
def events() -> tuple[labelled.LabelledWindows, Predictor]:
    ground = labelled_series.of_series(EVENTS)
    return ground, classifying.fit(ground, epochs=12, units=24, batch=16, learning_rate=0.01)


@pytest.fixture(scope="module")
def reviews() -> tuple[sentiment.LabelledTexts, Predictor]:
    table = read((sample_data.FOLDER / "reviews.csv").read_bytes(), "reviews.csv")
    found = sentiment.of_table(table, text="text", label="label")
    ground = sentiment.prepared(found)
    return ground, sentiment.fit(ground, epochs=3, learning_rate=0.005)


def naive(ground: forecasting.Forecasts) -> float:
    """RMSE on the test part of saying the last value again."""
    wrong = np.diff(ground.actual)[ground.seam - 1 :]
    return float(np.sqrt(np.mean(wrong**2)))


def test_a_series_that_is_its_own_index_is_forecast_at_its_own_places(index):
    found = forecasting.predicted(index, INDEX)
    assert found.train_places.tolist() == list(range(10, 128))
    assert found.test_places.tolist() == list(range(128, 160))
    assert np.abs(found.train - found.train_places).max() < 0.5
    assert np.abs(found.test - found.test_places).max() < 0.9
    wrong = found.test - found.test_places
    assert found.rmse_test == pytest.approx(np.sqrt((wrong**2).mean()))
    assert found.rmse_test < naive(INDEX)


def test_several_steps_ahead_go_on_from_the_end_with_a_band_of_the_training_part(index):
    found = forecasting.ahead(index, INDEX, steps=3)
    assert found.places.tolist() == found.times.tolist() == [160, 161, 162]
    assert np.abs(found.values - found.places).max() < 3
    assert (found.low < found.values).all() and (found.values < found.high).all()
    first = forecasting.predicted(index, INDEX)
    errors = np.abs(first.train - first.train_places)
    one = forecasting.ahead(index, INDEX, steps=1, origin=INDEX.seam, level=0.8)
    assert one.values[0] == pytest.approx(first.test[0])
    assert one.high[0] - one.values[0] == pytest.approx(np.quantile(errors, 0.8), rel=1e-6)
    assert "80% of the errors" in one.rule
    far = forecasting.ahead(index, INDEX, steps=110)
    assert np.isnan(far.low[-1]) and "too short to tell one" in far.rule


def test_a_season_is_forecast_better_than_by_its_last_value():
    found = forecasting.predicted(forecasting.fit(SEASONS, epochs=25), SEASONS)
    assert found.rmse_test < naive(SEASONS)


def test_several_channels_are_read_and_one_is_forecast(waves):
    predictor = waves
    assert predictor.predict(WAVES.before(5, 90)).shape == (85, 2)
    assert forecasting.predicted(predictor, WAVES).rmse_test < naive(WAVES)
    assert forecasting.ahead(predictor, WAVES, steps=4).values.shape == (4,)


def test_whole_series_of_unequal_length_are_told_apart(events):
    ground, predictor = events
    run = classifying.measured(predictor, ground, layers=2, share=0.8)
    assert run.accuracy > run.majority + 0.2
    told = classifying.answers(predictor, ground)
    assert np.allclose(told.test.sum(axis=1), 1.0, atol=1e-5)
    own = report(ground.test_labels, told.test_labels, ground.classes)
    assert own.accuracy == pytest.approx(run.accuracy)
    assert predictor.history["val_accuracy"][-1] == pytest.approx(run.accuracy)


def test_padding_changes_no_answer(events):
    """The same series by itself, and beside one that is twice as long."""
    ground, predictor = events
    short = ground.train.points[0]
    held = short[short > -(2.0**29)]
    again = np.full(ground.train.d, -(2.0**30))
    again[: len(held)] = held
    together = predictor.predict(ground.train.points[:2])
    assert np.allclose(predictor.predict(again[None]), together[:1], atol=1e-6)


def test_a_table_of_runs_has_a_row_for_each_number_of_layers_and_share():
    known = of_stream(sample("weather").part(0, 200), "weather")
    found = classifying.runs(known, layers=(1,), epochs=1, units=4, window=3)
    assert [(run.layers, run.share, run.n) for run in found] == [(1, 0.8, 158), (1, 0.9, 178)]
    assert all(0 <= run.f1 <= 1 and run.epochs == 1 for run in found)


def test_a_typed_sentence_has_a_probability(reviews):
    ground, predictor = reviews
    told = sentiment.answers(predictor, ground)
    usual = np.bincount(ground.train_labels).argmax()
    right = (told.test_labels == ground.test_labels).mean()
    assert right > (ground.test_labels == usual).mean() + 0.1
    positive = ground.classes.index("positive")
    good, bad = (
        sentiment.said(predictor, text, vocabulary=ground.vocabulary)
        for text in ("The room was wonderful, xyzzy!", "The room was awful.")
    )
    assert good.probabilities[positive] > bad.probabilities[positive]
    assert good.unknown == ("xyzzy",) and good.words[-1] == "xyzzy" and good.cut == 0
    with pytest.raises(DataError, match="no word in this"):
        sentiment.said(predictor, " ... ", vocabulary=ground.vocabulary)


def test_what_was_stopped_and_gone_on_with_is_what_would_have_come():
    """Dropout in space and in the cells; by what another process knows, the numbers alone."""
    rows = "".join(f"{'good' if i % 2 else 'bad'} {i},{i % 2}\n" for i in range(24))
    found = sentiment.of_table(read(f"t,l\n{rows}".encode(), "t.csv"), text="t", label="l")
    ground = sentiment.prepared(found)
    settings = {"units": 4, "embedding": 4, "epochs": 3}
    whole, part = sentiment.fit(ground, **settings), None
    for epoch in (1, 2, 3):
        part = sentiment.fit(ground, **settings, begin=part, within=0.0)
        assert part.epochs == epoch
        if epoch == 2:
            training.live("nothing", keep=object())
            part = pickle.loads(pickle.dumps(part))
    assert part.key == whole.key
    assert all(np.array_equal(part.history[name], whole.history[name]) for name in whole.history)
    assert set(whole.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert sentiment.fit(ground, **settings, begin=part) is part


def test_neither_the_test_part_nor_a_stop_changes_what_is_learned(waves):
    """With dropout; stopped after an epoch and gone on with by the numbers alone."""
    values = WAVES.values.copy()
    values[WAVES.seam :] = -500.0
    planted = forecasting.of_values(values, window=5)
    part = forecasting.fit(planted, **waves.settings, within=0.0)
    assert part.epochs == 1 and part.history["loss"][0] == waves.history["loss"][0]
    training.live("nothing", keep=object())
    again = forecasting.fit(planted, **waves.settings, begin=pickle.loads(pickle.dumps(part)))
    assert again.key == waves.key
    assert again.history["val_loss"][-1] > waves.history["val_loss"][-1]


def test_a_window_of_one_is_forecast_beyond_the_test_part():
    """Of 40 steps 32 are learned from, 31 of them are forecast: 20 errors up to 12 steps ahead."""
    ground = forecasting.of_values(np.arange(40.0), window=1)
    predictor = forecasting.fit(ground, epochs=1, units=2, layers=1, optimizer="sgd")
    found = forecasting.predicted(predictor, ground)
    assert found.train_places.tolist() == list(range(1, 32))
    assert found.test_places.tolist() == list(range(32, 40))
    over = forecasting.ahead(predictor, ground, steps=20, origin=ground.seam)
    assert over.places.tolist() == over.times.tolist() == list(range(32, 52))
    assert over.values[0] == pytest.approx(found.test[0])
    assert np.isfinite(over.low).tolist() == [True] * 12 + [False] * 8
    assert "Beyond 12 steps" in over.rule


def test_a_loss_that_runs_away_ends_with_what_to_change():
    with pytest.raises(TrainingError, match="choose a learning rate below"):
        forecasting.fit(WAVES, epochs=3, units=4, optimizer="sgd", learning_rate=1e30)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"layers": 9}, "layers = 9"),
        ({"dropout": 1.0}, "dropout = 1"),
        ({"epochs": 0}, "epochs = 0"),
        ({"learns": "all"}, "learns = 'all'"),
        ({"seed": -1}, "seed = -1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, words):
    with pytest.raises(ParameterError, match=words):
        forecasting.fit(WAVES, **settings)


def test_a_width_that_was_not_learned_is_refused(index):
    with pytest.raises(DataError, match="rows of 10 numbers; these have 3"):
        index.predict([[1.0, 2.0, 3.0]])
    with pytest.raises(ParameterError, match="steps = 0"):
        forecasting.ahead(index, INDEX, steps=0)
    assert "read_2" in index.summary()


def test_a_predictor_is_saved_with_how_it_was_trained(index):
    with zipfile.ZipFile(io.BytesIO(keeping_predictors.saved(index))) as archive:
        own = json.loads(archive.read("clusterloom.json"))
        assert "model.weights.h5" in archive.namelist()
    assert own["predicts"] == "forecast" and own["epochs"] == 8
    assert own["history"]["loss"] == index.history["loss"].tolist()


def test_imdb_without_a_network_ends_in_a_sentence(monkeypatch):
    """A place that does not answer stands for a machine without a network."""
    monkeypatch.setattr(imdb, "HOST", ("127.0.0.1", 9))
    monkeypatch.setattr(imdb, "at_hand", lambda: False)
    monkeypatch.setattr(imdb, "getproxies", dict)
    with pytest.raises(DataError, match="seems to have no network"):
        sentiment.imdb()


def test_one_class_of_series_is_refused():
    alone = SequenceSet(EVENTS.series[:9], EVENTS.channels, labels=[0] * 9, classes=("ramp",))
    with pytest.raises(DataError, match="single class, 'ramp'"):
        labelled_series.of_series(alone)
