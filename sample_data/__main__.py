"""Write the CSV files anew: ``python -m sample_data``.

Each sample is one function without arguments that gives its frame, or its bytes where
the file is meant to be hard to read; seeds are fixed, numbers are rounded, so the files
come out byte for byte the same.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from clustering.data import shapes
from clustering.dataset import Floats, Integers
from sample_data import FOLDER
from sample_data.buying import orders_february, orders_january, wholesale
from sample_data.messages import messages
from sample_data.mixed import clients, towns, unbalanced, wide
from sample_data.nuisances import nuisances
from sample_data.reviews import reviews, reviews_zh

__all__ = ["SAMPLES", "main", "write"]


def plane(points: Floats, groups: Integers, *, seed: int) -> pd.DataFrame:
    """Give points of the plane and the letter of their group, in shuffled order."""
    frame = pd.DataFrame(points.round(2), columns=["x", "y"])
    frame["group"] = [chr(ord("A") + g) if g >= 0 else "none" for g in groups]
    return frame.iloc[np.random.default_rng(seed).permutation(len(frame))]


def four_blobs() -> pd.DataFrame:
    """Four round groups, well apart."""
    centers = [[1.8, 2.0], [3.1, 5.4], [5.9, 2.1], [7.1, 5.7]]
    return plane(*shapes.blobs(centers, sizes=[50] * 4, spreads=[0.68] * 4, seed=4), seed=40)


def five_blobs() -> pd.DataFrame:
    """Five round groups and ten points that belong to none."""
    centers = [[1.6, 1.9], [3.4, 5.2], [5.9, 2.2], [7.5, 5.4], [-0.4, 4.3]]
    points, groups = shapes.blobs(centers, sizes=[48] * 5, spreads=[0.55] * 5, seed=5)
    around = shapes.uniform(10, low=[-2.5, -0.5], high=[9.5, 7.5], seed=51)
    everything = np.vstack([points, around])
    return plane(everything, np.append(groups, np.full(10, -1)), seed=50)


def thousand_blobs() -> pd.DataFrame:
    """Four round groups of 250, two of which come near to one another."""
    centers = [[-7.5, -4.0], [-1.5, 7.0], [3.2, -1.5], [5.6, 0.2]]
    return plane(*shapes.blobs(centers, sizes=[250] * 4, spreads=[0.6] * 4, seed=8), seed=80)


def densities() -> pd.DataFrame:
    """Two tight groups side by side, and a wide one."""
    centers = [[0.0, 0.0], [1.3, 0.8], [6.5, -1.2]]
    return plane(
        *shapes.blobs(centers, sizes=[130, 130, 140], spreads=[0.25, 0.25, 1.6], seed=3), seed=30
    )


def rings_moons() -> pd.DataFrame:
    """Two rings in one another beside two moons."""
    circles, circle = shapes.rings([0.55, 1.5], sizes=[90, 170], noise=0.07, seed=6)
    halves, half = shapes.moons((120, 120), noise=0.07, seed=61)
    points = np.vstack([circles, halves * 1.35 + [3.6, -0.3]])
    return plane(points, np.append(circle, half + 2), seed=60)


def odd_shapes() -> pd.DataFrame:
    """Six odd shapes in noise: a wave, a disc in a ring, two moons, a bent bar."""
    random = np.random.default_rng(11)
    along = random.uniform(30.0, 620.0, 1900)
    wave = np.column_stack([along, 285 + 22 * np.sin(along / 45) + random.uniform(-14, 14, 1900)])
    circle, _ = shapes.rings([66.0], sizes=[1300], noise=5.0, seed=12)
    disc, _ = shapes.blobs([[0.0, 0.0]], sizes=[900], spreads=[11.0], seed=13)
    halves, half = shapes.moons((1100, 1100), noise=0.07, seed=14)
    angle = random.uniform(0.0, np.pi / 2, 1000)
    far = random.uniform(75.0, 105.0, 1000)
    bent = np.column_stack([620 - far * np.cos(angle), 40 + far * np.sin(angle) * 1.8])
    middle = np.array([110.0, 120.0])
    parts = [wave, circle + middle, disc + middle, halves * 72 + [290.0, 89.0], bent]
    around = shapes.uniform(700, low=[0, 0], high=[650, 330], seed=15)
    groups = np.concatenate(
        [np.repeat([0, 1, 2], [1900, 1300, 900]), half + 3, np.full(1000, 5), np.full(700, -1)]
    )
    return plane(np.vstack([*parts, around]), groups, seed=16)


def elongated() -> pd.DataFrame:
    """Three parallel streaks."""
    centers = [[-1.6, 1.9], [0.0, 0.0], [1.6, -1.9]]
    return plane(
        *shapes.ellipses(centers, sizes=[150] * 3, long=2.4, short=0.3, angle=40.0, seed=7),
        seed=70,
    )


def uniform() -> pd.DataFrame:
    """Nothing to find."""
    return pd.DataFrame(
        shapes.uniform(300, low=[0, 0], high=[1, 1], seed=8).round(3), columns=["x", "y"]
    )


def customers() -> pd.DataFrame:
    """Two hundred invented customers: five groups in income against spending score."""
    centers = [[25, 20], [26, 79], [55, 50], [87, 17], [86, 82]]
    spreads = [[6.5, 9.0], [6.5, 9.0], [8.0, 6.5], [12.0, 8.5], [12.0, 8.5]]
    sizes = [23, 22, 80, 36, 39]
    middle_ages, age_spreads = [45, 25, 44, 41, 33], [11, 5, 15, 9, 4]
    random = np.random.default_rng(9)
    group = np.repeat(np.arange(5), sizes)
    middle, spread = np.array(centers)[group], np.array(spreads)[group]
    money = random.normal(middle, spread).round().astype(np.int64)
    age = random.normal(np.array(middle_ages)[group], np.array(age_spreads)[group])
    frame = pd.DataFrame(
        {
            "Gender": np.where(random.random(200) < 0.56, "Female", "Male"),
            "Age": age.round().astype(np.int64).clip(18, 70),
            "Annual Income (k$)": money[:, 0].clip(15, 137),
            "Spending Score (1-100)": money[:, 1].clip(1, 99),
        }
    ).sort_values(["Annual Income (k$)", "Spending Score (1-100)"], kind="stable")
    frame.insert(0, "CustomerID", [f"{i + 1:04d}" for i in range(200)])
    return frame


SAMPLES: Mapping[str, Callable[[], pd.DataFrame | bytes]] = {
    "four-blobs": four_blobs,
    "five-blobs": five_blobs,
    "thousand-blobs": thousand_blobs,
    "densities": densities,
    "rings-moons": rings_moons,
    "odd-shapes": odd_shapes,
    "elongated": elongated,
    "uniform": uniform,
    "customers": customers,
    "wholesale": wholesale,
    "orders-january": orders_january,
    "orders-february": orders_february,
    "clients": clients,
    "messages": messages,
    "towns": towns,
    "wide": wide,
    "unbalanced": unbalanced,
    "nuisances": nuisances,
    "reviews": reviews,
    "reviews-zh": reviews_zh,
}


def write(folder: Path) -> tuple[Path, ...]:
    """Write every sample into `folder` and give the paths."""
    paths = []
    for name, make in SAMPLES.items():
        path = folder / f"{name}.csv"
        made = make()
        if not isinstance(made, bytes):
            made = made.to_csv(index=False, lineterminator="\n").encode("utf-8")
        path.write_bytes(made)
        paths.append(path)
    return tuple(paths)


def main() -> None:
    """Write the files beside this module and say so."""
    for path in write(FOLDER):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
