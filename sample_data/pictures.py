"""Pictures drawn by code: smooth, flat, rough, and see-through.

Each asks something else of a palette. A gradient has a colour for every place, and few of
them leave stripes; a poster has eight and needs no more; a texture hides what is wrong in
its own noise; the balloon has a border that is neither there nor not there. Each is one
function without arguments, and gives the same bytes every time.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["flat_colours", "gradient", "texture", "transparent"]

HEIGHT, WIDTH = 384, 512

Channel = NDArray[np.float64]
Pixels = NDArray[np.uint8]


def plane() -> tuple[Channel, Channel]:
    """Give x and y of every pixel, from 0 to the width and from 0 to 1."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return (x + 0.5) / HEIGHT, (y + 0.5) / HEIGHT


def rgb(text: str) -> Channel:
    """Give the three numbers of ``#rrggbb``."""
    return np.array([int(text[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)


def ramp(share: Channel, *shades: str) -> Channel:
    """Blend from the first to the last of some shades where `share` goes from 0 to 1."""
    stops = np.linspace(0.0, 1.0, len(shades))
    colours = np.stack([rgb(shade) for shade in shades])
    return np.stack([np.interp(share, stops, colours[:, c]) for c in range(3)], axis=-1)


def rounded(picture: Channel) -> Pixels:
    """Give whole numbers from 0 to 255."""
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def gradient() -> Pixels:
    """Draw an evening sky over the sea: sixteen thousand colours, and hardly an edge."""
    x, y = plane()
    sky = ramp(y / 0.68, "#1b2a5c", "#5b4a8f", "#d9728a", "#f8b26a", "#fde3a0")
    away = np.hypot(x - 0.86, y - 0.54)
    glow = np.exp(-((away / 0.26) ** 2))[..., None]
    sky += glow * (rgb("#fff3c9") - sky) * 0.8
    sky[away < 0.065] = rgb("#fff7dc")
    sea = ramp((y - 0.68) / 0.32, "#e8a878", "#7a5a86", "#202a55")
    path = np.exp(-(((x - 0.86) / (0.05 + 0.35 * (y - 0.68).clip(0))) ** 2))
    ripple = 0.5 + 0.5 * np.sin(90.0 * np.sqrt((y - 0.66).clip(0)) + 6.0 * np.sin(9.0 * x))
    sea += (path * ripple)[..., None] * (rgb("#fde3a0") - sea) * 0.75
    return rounded(np.where((y < 0.68)[..., None], sky, sea))


def flat_colours() -> Pixels:
    """Draw a poster of hills and a house in eight flat colours with hard edges."""
    x, y = plane()
    poster = np.empty((HEIGHT, WIDTH, 3))
    poster[:] = rgb("#f2e8cf")
    poster[np.hypot(x - 1.02, y - 0.26) < 0.14] = rgb("#e76f51")
    hills = (
        ("#a7c4a0", 0.46 + 0.10 * np.sin(3.1 * x + 0.4) + 0.03 * np.sin(9.0 * x)),
        ("#6a994e", 0.62 + 0.08 * np.sin(2.6 * x + 2.3)),
        ("#386641", 0.78 + 0.07 * np.sin(4.3 * x + 4.4)),
    )
    for shade, top in hills[:2]:
        poster[y > top] = rgb(shade)
    wall = (abs(x - 0.46) < 0.12) & (y > 0.52) & (y < 0.74)
    roof = (y > 0.38) & (y <= 0.52) & (abs(x - 0.46) < (y - 0.38) * 1.15)
    poster[wall], poster[roof] = rgb("#ffffff"), rgb("#bc4749")
    panes = (abs(abs(x - 0.46) - 0.06) < 0.025) & (y > 0.57) & (y < 0.63)
    poster[panes | ((abs(x - 0.46) < 0.025) & (y > 0.64) & (y < 0.74))] = rgb("#2f3e46")
    poster[y > hills[2][1]] = rgb(hills[2][0])
    return rounded(poster)


def texture() -> Pixels:
    """Draw lichen on a stone: noise on every scale, in which errors hide."""
    random = np.random.default_rng(7)
    rough, patches = noise(random, 1.1), noise(random, 1.7)
    stone = ramp(share(rough), "#3d3f45", "#6f7077", "#a09c96", "#c9c2b4")
    growth = np.clip((share(patches) - 0.52) * 5.0, 0.0, 1.0)[..., None]
    lichen = ramp(share(noise(random, 0.9)), "#6f7d2e", "#b5a642", "#e3c567", "#d98841")
    grain = 9.0 * random.standard_normal((HEIGHT, WIDTH, 1))
    return rounded(stone + growth * (lichen - stone) + grain)


def noise(random: np.random.Generator, slope: float) -> Channel:
    """Draw noise whose amplitude falls with the frequency to the power of `slope`."""
    up, across = np.fft.fftfreq(HEIGHT)[:, None], np.fft.rfftfreq(WIDTH)[None]
    frequency = np.hypot(up, across)
    frequency[0, 0] = np.inf
    phases = np.exp(2j * np.pi * random.random(frequency.shape))
    drawn: Channel = np.fft.irfft2(phases / frequency**slope, s=(HEIGHT, WIDTH))
    return drawn


def share(values: Channel) -> Channel:
    """Give the rank of each value, from 0 to 1."""
    ranks = np.empty(values.size)
    ranks[np.argsort(values, axis=None, kind="stable")] = np.linspace(0.0, 1.0, values.size)
    return ranks.reshape(values.shape)


def transparent() -> Pixels:
    """Draw a hot-air balloon with soft edges on nothing, and its faint shadow."""
    x, y = plane()
    across, up = (x - 0.67) / 0.31, (y - 0.36) / 0.31
    away = np.hypot(across, up * np.where(up > 0, 0.78, 1.0))
    turned = np.arcsin(np.clip(across / np.sqrt(np.clip(1 - up**2 * 0.6, 0.05, 1)), -1, 1))
    stripe = np.floor((turned / np.pi + 0.5) * 7).clip(0, 6).astype(int)
    shades = ("#d1495b", "#edae49", "#00798c", "#f4f1de", "#d1495b", "#edae49", "#00798c")
    skin = np.stack([rgb(shade) for shade in shades])[stripe]
    light = 0.62 + 0.5 * np.exp(-((across + 0.35) ** 2 + (up + 0.35) ** 2) / 0.35)
    picture, alpha = skin * light[..., None], np.clip((1.0 - away) * 45.0, 0.0, 1.0)
    basket = (abs(x - 0.67) < 0.055) & (y > 0.84) & (y < 0.92)
    ropes = (abs(abs(x - 0.67) - (0.05 + (0.84 - y) * 0.35)) < 0.004) & (y > 0.70) & (y <= 0.84)
    outside = alpha < 0.5
    weave = 0.85 + 0.15 * np.sin(240 * x) * np.sin(240 * y)
    for part, shade in ((basket, rgb("#8a5a33")), (ropes & outside, rgb("#5c4a3a"))):
        picture[part] = shade * weave[part][:, None]
        alpha[part] = 1.0
    shadow = 0.35 * np.exp(-(((x - 0.67) / 0.2) ** 2 + ((y - 0.965) / 0.014) ** 2))
    bare = alpha == 0.0
    picture[bare], alpha[bare] = rgb("#1a2230"), shadow[bare]
    return rounded(np.dstack([picture, 255.0 * alpha]))
