"""A network for each latent size, measured by hand; what each keeps; the way between two codes."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from clustering import validity
from clustering.data import image_sets
from clustering.dataset import Dataset
from clustering.deep import autoencoder, keeping, latent_sizes, traverse
from clustering.errors import DataError, ParameterError, UnsupportedError

pytestmark = pytest.mark.neural

IMAGES = image_sets.sample("digits")
TRAIN, TEST = IMAGES.dataset("train", most=300), IMAGES.dataset("test", most=100)
HOW = {"network": "deep", "shape": IMAGES.shape, "epochs": 4, "batch": 16}


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def sizes(steps):
    return latent_sizes.train(
        TRAIN, k=10, sizes=(16, 2, 100, 2), truth=IMAGES.truth(TRAIN), validation=TEST,
        report=steps.append, **HOW,
    )  # fmt: skip


def squared(a, b):
    return ((a - b) ** 2).mean()


def test_the_errors_are_those_of_images_that_were_never_seen(sizes):
    curves = sizes.axis.curves
    assert sizes.axis.parameter == "latent" and sizes.axis.values.tolist() == [2, 16]
    for place, size in enumerate((2, 16)):
        back = sizes.model(size).reconstruct(TEST.points)
        assert curves["error"][place] == pytest.approx(squared(TEST.points, back))
        pca = PCA(size, svd_solver="full").fit(TRAIN.points)
        flat = pca.inverse_transform(pca.transform(TEST.points))
        assert curves["pca_error"][place] == pytest.approx(squared(TEST.points, flat))
    assert sizes.mean_error == pytest.approx(squared(TEST.points, TRAIN.points.mean(axis=0)))
    assert "100 digits that were never trained on, after 4 epochs" in sizes.axis.notes["error"]
    assert sizes.axis.notes["latent"] == "Left out, for a point has only 64 numbers: 100."


def test_more_numbers_lose_less_and_all_lose_less_than_the_mean_image(sizes):
    two, sixteen = sizes.axis.curves["error"]
    assert sixteen < two < sizes.mean_error


def test_clusters_are_those_of_the_latent_space_and_judged_by_the_classes(sizes):
    curves, truth = sizes.axis.curves, IMAGES.truth(TRAIN)
    for place, size in enumerate((2, 16)):
        answer = sizes.axis.at(size)
        assert np.array_equal(answer.assign(TRAIN.points), answer.labels)
        assert answer.centers.shape == (10, 64) and answer.parameters["latent"] == size
        score = validity.matched_accuracy(truth, answer.labels).value
        assert curves["accuracy"][place] == pytest.approx(score)
        assert curves["ari"][place] == validity.adjusted_rand(truth, answer.labels).value
    assert curves["clusters"].tolist() == [10, 10]
    with pytest.raises(ParameterError, match="was not computed"):
        sizes.axis.at(7)
    with pytest.raises(ParameterError, match="latent = 7 was not trained; choose one of 2, 16"):
        sizes.model(7)


def test_a_size_is_trained_as_it_would_be_alone(sizes):
    alone = autoencoder.fit(TRAIN, latent=16, **HOW)
    assert alone.key == sizes.model(16).key


def test_it_tells_how_far_it_is(sizes, steps):
    done = [step.done / step.total for step in steps]
    assert done == sorted(done) and done[-1] == 1.0
    assert {step.message.partition(":")[0] for step in steps} >= {"latent size 2", "latent size 16"}


def test_fewer_places_than_clusters_are_said():
    # A rectified number is 0 for one of each pair, so that four points have three codes.
    data = Dataset.from_points([[1.0, 2.0], [-1.0, -2.0], [3.0, -1.0], [-3.0, 1.0]])
    found = latent_sizes.train(
        data, k=4, network="recipe", sizes=(1,), epochs=1, optimizer="sgd", learning_rate=1e-9
    )
    assert found.axis.curves["clusters"].tolist() == [3]
    assert "At latent size 1 the network leads the points to fewer" in found.axis.notes["clusters"]
    assert np.isnan(found.axis.curves["accuracy"]).all()
    assert "the 4 rows that were trained on" in found.axis.notes["error"]


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"sizes": ()}, ParameterError, "0 latent sizes"),
        ({"sizes": range(1, 22)}, ParameterError, "21 latent sizes; choose from 1 to 20"),
        ({"sizes": (0, 2)}, ParameterError, "latent = 0"),
        ({"sizes": (65, 70)}, ParameterError, "65, is larger than the 64 numbers that go in"),
        ({"k": 301}, ParameterError, "k = 301 is more than the"),
        ({"truth": np.zeros(5, int)}, DataError, "5 known classes for 300 points"),
        ({"network": "convolutional", "shape": (64,)}, UnsupportedError, "needs images"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_trained(wrong, error, said):
    def never(step):
        raise AssertionError(step)

    with pytest.raises(error, match=said):
        latent_sizes.train(TRAIN, **{"k": 10, "report": never, **HOW, **wrong})


def test_the_same_digits_come_back_through_each_size_with_their_own_errors(sizes):
    kept = keeping.kept(TEST, sizes=sizes, places=(3, 0))
    assert kept.sizes == (2, 16) and np.array_equal(kept.originals, TEST.points[[3, 0]])
    for place, size in enumerate(kept.sizes):
        assert np.array_equal(kept.networks[place], sizes.model(size).reconstruct(kept.originals))
        assert np.array_equal(
            kept.components[place], sizes.plain.reconstruct(kept.originals, count=size)
        )
    for m in range(2):
        assert kept.own[1, m] == pytest.approx(squared(kept.originals[m], kept.networks[1, m]))
        assert kept.own_pca[1, m] == pytest.approx(
            squared(kept.originals[m], kept.components[1, m])
        )
        assert kept.own_mean[m] == pytest.approx(squared(kept.originals[m], kept.mean))
    assert kept.mean == pytest.approx(TRAIN.points.mean(axis=0))
    assert kept.errors is sizes.axis.curves["error"] and kept.epochs == 4
    for wrong in ((), (100,), (-1,), (0,) * 101):
        with pytest.raises(ParameterError, match="[Cc]hoose"):
            keeping.kept(TEST, sizes=sizes, places=wrong)


def test_the_way_between_two_digits_begins_and_ends_with_their_reconstructions(sizes):
    model, a, b = sizes.model(16), TEST.points[0], TEST.points[1]
    way = traverse.between(model, a, b, steps=5)
    assert way[[0, -1]] == pytest.approx(model.reconstruct([a, b]), abs=1e-6)
    middle = model.decode(model.encode([a, b]).mean(axis=0))
    assert way[2] == pytest.approx(middle[0], abs=1e-6)
    assert traverse.between(model, a, b).shape == (11, 64)
    for wrong in (1, 202):
        with pytest.raises(ParameterError, match="from 2 to 201"):
            traverse.between(model, a, b, steps=wrong)
    with pytest.raises(DataError):
        traverse.between(model, a[:5], b[:5])
