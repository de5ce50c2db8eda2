"""Curves lie where their formulas say, and the published example's points are these."""

import numpy as np
import pytest

from clustering.data import samples
from clustering.data.curves import KINDS, Curve
from clustering.errors import ParameterError


def test_the_spiral_of_the_published_example():
    """Its code, in the order in which it draws its numbers."""
    random = np.random.RandomState(2)
    t = 2.5 * np.pi * (1 + 2 * random.rand(1, 500))
    x = np.concatenate((t * np.cos(t), t * np.sin(t)))
    x += 0.5 * random.randn(2, 500)
    assert np.array_equal(Curve().frame()[["x", "y"]].to_numpy(), x.T)
    table = samples.load(Curve().id)
    assert np.array_equal(table.frame[["x", "y"]].to_numpy(), x.T)
    assert table.truth == "group"


def test_points_without_noise_lie_on_their_line():
    spiral = Curve(noise=0.0).frame()[["x", "y"]].to_numpy().T
    radius = np.hypot(*spiral)
    assert np.cos(radius) == pytest.approx(spiral[0] / radius)
    rose = Curve("rose", noise=0.0, petals=3).frame()
    angle = np.arctan2(rose.y, rose.x)
    assert np.abs(np.cos(3 * angle.to_numpy())) == pytest.approx(
        np.hypot(rose.x, rose.y).to_numpy(), abs=1e-9
    )
    loops = Curve("hypotrochoid", noise=0.0).frame()
    radius = np.hypot(loops.x, loops.y)
    assert radius.min() >= 4 - 1e-9 and radius.max() <= 12 + 1e-9


@pytest.mark.parametrize(
    ("curve", "groups"),
    [
        (Curve(), 3),
        (Curve("rose", petals=5, noise=0.0), 5),
        (Curve("rose", petals=4, noise=0.0), 8),
        (Curve("hypotrochoid", noise=0.0), 5),
    ],
)
def test_groups_are_what_one_sees(curve, groups):
    """Turns, petals and loops; those around the middle each point one way."""
    frame = curve.frame()
    assert frame["group"].nunique() == groups
    if curve.kind != "spiral":
        for _, part in frame.groupby("group"):
            towards = np.exp(1j * np.arctan2(part.y, part.x)).mean()
            assert abs(towards) > 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_says_all(kind):
    curve = Curve(kind, 40, 0.25, 7, **({"petals": 3} if kind == "rose" else {}))
    assert Curve.from_id(curve.id) == curve
    assert samples.content(curve.id) == curve.content()
    again = samples.load(curve.id).frame
    assert np.array_equal(again[["x", "y"]].to_numpy(), curve.frame()[["x", "y"]].to_numpy())


@pytest.mark.parametrize(
    "id",
    [
        "curve/", "curve/spiral", "curve/helix/500/0.5/2", "curve/spiral/9/0.5/2",
        "curve/spiral/1e9/0.5/2", "curve/spiral/100000000/0.5/2", "curve/spiral/500/nan/2",
        "curve/spiral/500/-1/2", "curve/spiral/500/0.5/-2", "curve/rose/500/0.5/2/99",
        "curve/spiral/500/0.5/2/3/4", "curve/../../etc/passwd",
    ],
)  # fmt: skip
def test_any_other_id_is_refused_in_a_sentence(id):
    with pytest.raises(ParameterError, match=r"\.$"):
        samples.load(id)
