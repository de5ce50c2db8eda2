"""Colours: told apart by everybody, visible on both pages, kept along an axis."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from clustering.figures import colors
from clustering.partition import Partition

# Machado, Oliveira, Fernandes 2009, severity 1.0, in linear RGB.
SEEN = {
    "all colours": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
DARK = "#11151c"


def linear(text: str) -> np.ndarray:
    parts = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson's perceptual space, in which distance is difference."""
    cones = rgb @ np.transpose(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    return np.cbrt(cones) @ np.transpose(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )


def contrast(one: str, other: str) -> float:
    low, high = sorted((colors.luminance(one), colors.luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", SEEN)
def test_chosen_colours_and_noise_are_told_apart(vision):
    shades = [*colors.CHOSEN, colors.NOISE]
    seen = [oklab(np.clip(linear(shade) @ np.transpose(SEEN[vision]), 0, 1)) for shade in shades]
    nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert nearest > 0.1


@pytest.mark.parametrize("shade", [*colors.CHOSEN, colors.NOISE])
def test_chosen_colours_are_seen_on_both_pages(shade):
    assert contrast(shade, "#ffffff") > 1.9
    assert contrast(shade, DARK) > 3.7


def test_a_hundred_clusters_have_a_hundred_colours():
    assert len({colors.color(i) for i in range(100)}) == 100
    assert colors.color(-1) == colors.NOISE


def answer(labels) -> Partition:
    return Partition(labels=labels, rows=np.arange(len(labels)), method="by hand")


@given(
    hnp.arrays(np.int32, st.tuples(st.integers(2, 6), st.just(30)), elements=st.integers(-1, 5)),
    st.data(),
)
def test_every_cluster_of_an_answer_has_a_colour_of_its_own(labelings, data):
    anchor = data.draw(st.integers(0, len(labelings) - 1))
    answers = [answer(labels) for labels in labelings]
    for known, numbers in zip(answers, colors.along(answers, anchor=anchor), strict=True):
        assert len(numbers) == known.k
        assert len(set(numbers.tolist())) == len(numbers)
        assert (numbers >= 0).all()


def test_a_cluster_that_stays_keeps_its_colour_whatever_its_number():
    two = np.repeat([0, 1], 20)
    three = np.repeat([2, 1, 0], [20, 10, 10])
    numbers_two, numbers_three = colors.along([answer(two), answer(three)], anchor=0)
    assert numbers_two.tolist() == [0, 1]
    assert numbers_three[2] == 0
    assert set(numbers_three[:2].tolist()) == {1, 2}


def test_colours_do_not_depend_on_the_way_there():
    random = np.random.default_rng(0)
    answers = [answer(random.integers(0, k, 50)) for k in range(1, 8)]
    once = colors.along(answers, anchor=3)
    assert all(map(np.array_equal, once, colors.along(answers, anchor=3)))


def test_beyond_eight_every_colour_still_stands_out_from_both_backgrounds():
    light = np.array([colors.luminance(shade) for shade in colors.palette()[8:]])
    dark_page = colors.luminance("#0e1117")
    assert (1.05 / (light + 0.05)).min() > 2.0
    assert ((light + 0.05) / (dark_page + 0.05)).min() > 3.0
