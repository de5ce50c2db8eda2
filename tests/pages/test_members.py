"""What is said about a selection is what lies in it."""

import numpy as np

from clustering.dataset import Dataset
from clustering.geometry import projection
from clustering.geometry.selection import Region, Window
from clustering.partition import Partition
from dashboard.ui import members


def data() -> tuple[Dataset, Partition]:
    points = [[0, 0], [1, 0], [2, 0], [8, 8], [9, 9], [30, 30]]
    labels = np.array([0, 0, 1, 2, 2, -1])
    return Dataset.from_points(points), Partition(labels, np.arange(6), "by hand")


def test_members_are_counted_by_cluster_the_largest_first():
    dataset, answer = data()
    everything = Region.box(Window(-1, 40, -1, 40))
    found = members.within(dataset, view=projection.view(dataset), region=everything)
    assert found.tolist() == [0, 1, 2, 3, 4, 5]
    words = members._summary(dataset, answer, found)
    assert words.startswith(
        "Selected: 6 rows of 6: 33 % cluster 1, 33 % cluster 3, 17 % noise, 17 % cluster 2."
    )
    part = members.within(
        dataset, view=projection.view(dataset), region=Region.box(Window(7, 10, 7, 10))
    )
    assert members._summary(dataset, answer, part).startswith(
        "Selected: 2 rows of 6: 100 % cluster 3."
    )


def test_an_empty_selection_says_what_to_do():
    dataset, answer = data()
    words = members._summary(dataset, answer, np.empty(0, dtype=np.int64))
    assert "No row lies in the selected region." in words
    assert "clear" in words


def test_many_clusters_are_not_all_named():
    dataset = Dataset.from_points(np.arange(6.0)[:, None])
    answer = Partition(np.arange(6), np.arange(6), "by hand")
    assert "and 2 more clusters." in members._summary(dataset, answer, np.arange(6))
