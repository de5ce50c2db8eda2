"""What the bottleneck keeps: every sentence says the numbers that were measured."""

import numpy as np
import pytest

from clustering.deep.keeping import Kept
from clustering.errors import DataError
from clustering.lessons.bottleneck import told


def kept(own, errors, pca, *, mean=0.1, own_mean=0.2, sizes=(2, 4)):
    s = len(sizes)
    return Kept(
        sizes=sizes, places=np.array([5]), originals=np.zeros((1, 64)),
        networks=np.zeros((s, 1, 64)), components=np.zeros((s, 1, 64)), mean=np.zeros(64),
        own=np.array(own)[:, None], own_pca=np.full((s, 1), 0.15), own_mean=np.array([own_mean]),
        errors=np.array(errors), pca_errors=np.array(pca), mean_error=mean, epochs=7,
    )  # fmt: skip


def words(found):
    return [moment.words for moment in told(found, name="digit 6", member="digit")]


def test_each_size_says_the_own_error_the_gain_and_the_components():
    moments = told(kept([0.1, 0.05], [0.08, 0.02], [0.09, 0.01]), name="digit 6", member="digit")
    assert [moment.size for moment in moments] == [0, 2, 4]
    assert [moment.error for moment in moments] == [0.2, 0.1, 0.05]
    assert [moment.pca_error for moment in moments] == [0.2, 0.15, 0.15]
    assert moments[0].words == (
        "Digit 6 is 64 numbers. Where none of them passes, the mean of all digits is the best "
        "guess: it is off by 0.2 here (squared, for each number), and by 0.1 over all digits."
    )
    assert moments[1].words == (
        "Where 2 numbers of 64 pass, it comes back with an error of 0.1, 50 % less than the mean's "
        "0.2. Over all digits it falls by 20 % from the mean, from 0.1 to 0.08. As many principal "
        "components lose 0.09, more than the network."
    )
    assert moments[2].words == (
        "Where 4 numbers of 64 pass, it comes back with an error of 0.05, 75 % less than the "
        "mean's 0.2. Over all digits it falls by 75 % from 2 numbers, from 0.08 to 0.02. As many "
        "principal components lose 0.01, less than the network after 7 epochs. The least is lost "
        "with 4 numbers. The network loses less than PCA with 2 numbers, and not otherwise."
    )


def test_what_went_wrong_is_said_as_well():
    found = words(kept([0.3, 0.2], [0.12, 0.12], [0.12, 0.01]))
    assert "an error of 0.3, more than the mean's 0.2, so that for this one" in found[1]
    assert "Over all digits it rises by 20 % from the mean" in found[1]
    assert "lose as much." in found[1]
    assert "an error of 0.2, as much as the mean's." in found[2]
    assert "Over all digits the error stays at 0.12." in found[2]
    assert found[2].endswith(
        "No size was better than the mean: train longer, or choose another optimizer."
    )


def test_the_size_from_which_little_is_left_is_nine_tenths_of_the_best():
    sizes = (1, 2, 4, 64)
    found = words(kept([0.1] * 4, [0.08, 0.02, 0.019, 0.011], [0.09] * 4, sizes=sizes))
    assert found[1].startswith("Where 1 number of 64 passes, it")
    assert "One principal component loses 0.09, more" in found[1]
    assert found[4].startswith("Where all 64 numbers pass, it")
    # The best takes away 0.089, nine tenths of it are 0.0801, and 2 numbers take away 0.08.
    assert "with 64 numbers, and 4 already take away nine tenths" in found[4]
    assert found[4].endswith("At every size the network loses less than PCA.")
    none = words(kept([0.1] * 4, [0.08, 0.02, 0.019, 0.011], [0.001] * 4, sizes=sizes))
    assert none[4].endswith("At no size does the network lose less than PCA.")
    some = words(kept([0.1] * 4, [0.08, 0.02, 0.019, 0.011], [0.09, 0.09, 0.09, 0.0], sizes=sizes))
    assert "less than PCA with 1, 2 and 4 numbers, and not otherwise" in some[4]


def test_a_point_that_did_not_go_through_is_refused():
    for place in (1, -1):
        with pytest.raises(DataError, match="1 digit went through"):
            told(kept([0.1, 0.1], [0.1, 0.1], [0.1, 0.1]), place=place, name="x", member="digit")


def test_components_that_lose_only_last_digits_lose_nothing():
    found = words(kept([0.1, 0.05], [0.08, 0.02], [0.09, 1e-31]))
    assert "As many principal components lose nothing." in found[2]
