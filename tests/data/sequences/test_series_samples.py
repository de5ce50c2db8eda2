"""Samples hold what their titles say: kinds that can be told apart, and are known."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

from clustering.data import samples
from clustering.data.sequences import SAMPLES, SequenceSet, Stream, preparation, sample, windows
from clustering.errors import DataError
from sample_data.machine import HIGH, machine_log


@pytest.mark.parametrize("id", SAMPLES)
def test_a_sample_is_the_same_at_every_call(id):
    found = sample(id)
    assert isinstance(found, SequenceSet | Stream) and found.name and found.notes
    assert sample(id).key == found.key and found.n > 100 - 21


def test_a_sample_that_is_none_is_refused():
    with pytest.raises(DataError, match="no sample series called 'x'"):
        sample("x")


@pytest.mark.parametrize("id", ["sensor-events", "load-curves"])
def test_the_nearest_series_is_of_the_same_kind(id):
    whole = sample(id)
    data = preparation.fit(whole).apply(whole)
    apart = data.metric.between(data.points, data.points)
    np.fill_diagonal(apart, np.inf)
    assert (whole.labels[apart.argmin(axis=1)] == whole.labels).mean() > 0.98
    assert len(set(whole.counts().tolist())) == 1
    assert data.metric.is_euclidean == (id == "load-curves")


def test_the_machine_writes_overload_where_the_load_is_high():
    log = machine_log()
    assert ((log["state"] == "overload") == (log["load"] >= HIGH)).all()
    assert log["time"].is_monotonic_increasing and log["time"].is_unique


def test_sales_have_a_trend_and_a_season():
    sales = np.log(sample("month-series").values.ravel())
    assert sales[-12:].mean() > sales[:12].mean() + 0.9
    moves = sales - np.polyval(np.polyfit(range(144), sales, 1), range(144))
    assert np.corrcoef(moves[12:], moves[:-12])[0, 1] > 0.9


def test_weather_can_be_told_from_the_days_before_but_not_by_the_most_frequent_kind():
    held = windows(sample("weather"), window=3)
    points = np.array([each.ravel() for each in held.series])
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    score = cross_val_score(LogisticRegression(max_iter=2_000), points, held.labels, cv=3).mean()
    most = held.counts().max() / held.n
    assert score > most + 0.15


@pytest.mark.parametrize(("id", "by"), [("reviews", "word"), ("reviews-zh", "char")])
def test_reviews_can_be_told_apart_by_their_words_but_not_all(id, by):
    table = samples.load(id).frame
    model = make_pipeline(TfidfVectorizer(analyzer=by), LogisticRegression())
    score = cross_val_score(model, table["text"], table["label"], cv=3).mean()
    assert 0.85 < score < 0.99
