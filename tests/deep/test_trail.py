"""The trail of a training: bounded, the same wherever it was stopped, and seen from one place."""

import numpy as np
import pytest

from clustering.deep.trail import KEPT, SHOWN, Trail, looks


def gone(epochs, trail):
    for epoch in epochs:
        trail = trail.longer(epoch, np.full((3, 1), epoch), np.full(3, epoch))
    return trail


@pytest.mark.parametrize("stop", [24, 25, 51, 97])
def test_a_long_trail_is_thinned_the_same_way_wherever_it_was_stopped(stop):
    empty = Trail.of(3)
    whole = gone(range(101), empty)
    some = gone([each for each in range(stop + 1) if looks(each) or each == stop], empty)
    rest = gone([each for each in range(stop + 1, 101) if looks(each) or each == 100], some)
    assert rest.epochs == whole.epochs
    assert whole.epochs[0] == 0 and whole.epochs[-1] == 100 and len(whole.epochs) <= KEPT + 2
    for each in (whole, rest):
        assert [codes[0, 0] for codes in each.codes] == list(each.epochs)
        assert [labels[0] for labels in each.labels] == list(each.epochs)


def test_it_follows_some_of_many_points_from_the_first_to_the_last():
    places = Trail.of(70_000).places
    assert len(places) == SHOWN and places[0] == 0 and places[-1] == 69_999
    assert Trail.of(2).places.tolist() == [0, 1]


def test_all_epochs_are_seen_from_where_the_last_is_widest():
    codes = np.array([[0.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 2.0, 1.0]])
    trail = Trail.of(3).longer(1, codes / 2).longer(2, codes)
    first, last = trail.plane()
    assert np.allclose(last - last.mean(axis=0), last)
    assert np.allclose(last[1] - last[0], [4.0, 0.0])
    assert np.allclose(first[1] - first[0], [2.0, 0.0])
    flat = Trail.of(3).longer(1, codes[:, 1:2]).plane()[0]
    assert flat.shape == (3, 2) and not flat[:, 1].any()


def test_clusters_of_now_colour_every_epoch():
    trail = Trail.of(3).longer(1, np.zeros((3, 1))).longer(2, np.ones((3, 1)))
    assert trail.labels == ()
    assert [each.tolist() for each in trail.clustered(np.array([2, 0, 1])).labels] == [
        [2, 0, 1]
    ] * 2
