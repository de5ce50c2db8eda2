"""Profiles: means by hand, and the way back from every preparation that has one."""

import pytest

from clustering import mean_shift
from clustering.data import preparation, samples
from clustering.data.choices import Choices
from sample_data.buying import SPENDINGS


@pytest.mark.parametrize("scaling", ["none", "standard", "min-max", "robust"])
@pytest.mark.parametrize("skew", ["none", "log"])
def test_modes_come_back_to_the_units_of_the_file(skew: str, scaling: str) -> None:
    choices = Choices(tuple(SPENDINGS), skew=skew, scaling=scaling)  # type: ignore[arg-type]
    data = preparation.fit(samples.load("wholesale"), choices).apply(samples.load("wholesale"))
    cells = data.features[SPENDINGS].to_numpy(float)
    back = mean_shift.in_units(data, cells, data.points[:20])
    assert back == pytest.approx(cells[:20], rel=1e-9)


@pytest.mark.parametrize("more", [{"components": 2}, {"skew": "yeo-johnson"}, {"outliers": "clip"}])
def test_where_there_is_no_way_back_means_speak(more: dict) -> None:
    table = samples.load("wholesale")
    data = preparation.fit(table, Choices(tuple(SPENDINGS), **more)).apply(table)
    answer = mean_shift.fit(data, quantile=0.3, bin_seeding=True)
    told = mean_shift.profiles(data, partition=answer)
    assert told.modes is None and told.centers is told.means
    own = data.features[SPENDINGS][answer.labels == 0]
    assert told.means[0] == pytest.approx(own.mean().to_numpy())
    assert told.shares.sum() == pytest.approx(1)


def test_the_widest_columns_are_those_that_part_the_clusters() -> None:
    table = samples.load("iris")
    data = preparation.fit(table, preparation.suggest(table)).apply(table)
    told = mean_shift.profiles(data, partition=mean_shift.fit(data, quantile=0.3))
    assert {told.names[j] for j in mean_shift.widest(told)} <= set(told.names[2:])
