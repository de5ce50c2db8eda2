r"""Lab: coordinates of colours in which equal distances look about equally far.

From sRGB, the gamma is taken off, the three primaries are mixed to the CIE's X, Y, Z, and with
the white of daylight (D65, as the 2 degree observer sees it)

.. math:: L = 116 f(Y/Y_n) - 16, \quad a = 500 (f(X/X_n) - f(Y/Y_n)),
          \quad b = 200 (f(Y/Y_n) - f(Z/Z_n)) ,

where f is the cube root, and a straight line near black.

References
----------
IEC 61966-2-1, Default RGB colour space sRGB, 1999. CIE 15, Colorimetry, 2004.
"""

import numpy as np

from clustering.dataset import Floats

__all__ = ["from_rgb", "to_rgb"]

TO_XYZ = np.array(
    [
        [0.412453, 0.357580, 0.180423],
        [0.212671, 0.715160, 0.072169],
        [0.019334, 0.119193, 0.950227],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
DARK, SLOPE, SHIFT = 0.008856, 7.787, 16.0 / 116.0


def from_rgb(colours: Floats) -> Floats:
    """Convert colours of sRGB to Lab.

    Parameters
    ----------
    colours : ndarray of shape (n, 3)
        Red, green and blue from 0 to 255.

    Returns
    -------
    ndarray of shape (n, 3), float64
        L from 0 to 100; a and b about from -110 to 110.

    Examples
    --------
    >>> from_rgb(np.array([[255.0, 0.0, 0.0]])).round(2).tolist()
    [[53.24, 80.09, 67.2]]
    """
    shares = np.asarray(colours, dtype=np.float64) / 255.0
    linear = np.where(shares > 0.04045, ((shares + 0.055) / 1.055) ** 2.4, shares / 12.92)
    mixed = linear @ TO_XYZ.T / WHITE
    bent = np.where(mixed > DARK, np.cbrt(mixed), SLOPE * mixed + SHIFT)
    x, y, z = bent.T
    return np.stack([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)], axis=1)


def to_rgb(points: Floats) -> Floats:
    """Convert colours of Lab to sRGB; what no screen can show is cut off.

    Parameters
    ----------
    points : ndarray of shape (n, 3)
        L, a and b.

    Returns
    -------
    ndarray of shape (n, 3), float64
        Red, green and blue from 0 to 255, not rounded.

    Examples
    --------
    >>> to_rgb(from_rgb(np.array([[12.0, 200.0, 77.0]]))).round(3).tolist()
    [[12.0, 200.0, 77.0]]
    """
    light, a, b = np.asarray(points, dtype=np.float64).T
    y = (light + 16.0) / 116.0
    bent = np.stack([y + a / 500.0, y, y - b / 200.0], axis=1)
    mixed = np.where(bent > np.cbrt(DARK), bent**3, (bent - SHIFT) / SLOPE)
    linear = (mixed * WHITE) @ np.linalg.inv(TO_XYZ).T
    safe = np.maximum(linear, 0.0)
    shares = np.where(safe > 0.0031308, 1.055 * safe ** (1 / 2.4) - 0.055, 12.92 * safe)
    colours: Floats = shares.clip(0.0, 1.0) * 255.0
    return colours
