"""Pictures of few colours: how few are enough?

A palette of k colours is k-means in colour space: each pixel becomes the nearest of k colours,
and each colour is the mean of the pixels it stands for. What that costs is measured in decibels,
in similarity, and in bytes of the file that comes out.

====================  ===========================================================
`vectors`             the distinct grey levels, colours or blocks of a picture
`quantize`            one palette, by one of `METHODS`
`ladder`              1 to 8 bits, each measured
`fewest`              the fewest colours for a PSNR, the most for some bytes
`quantized`           the picture that an answer of a ladder draws
`dithered`            the same palette, errors handed on to the neighbours
`measured`            error, PSNR, SSIM and true bytes
`errors`              how far each pixel is off
`png`                 the file; `palette_gpl` and `palette_json` the palette alone
====================  ===========================================================
"""

from clustering.pictures.dithering import dithered
from clustering.pictures.encoding import indexed, palette_gpl, palette_json, png
from clustering.pictures.measuring import Measures, errors, measured
from clustering.pictures.methods import METHODS, methods_for, quantize
from clustering.pictures.over_k import Found, fewest, ladder
from clustering.pictures.quantized import Quantized, quantized
from clustering.pictures.vectors import KINDS, Vectors, vectors

__all__ = [
    "KINDS",
    "METHODS",
    "Found",
    "Measures",
    "Quantized",
    "Vectors",
    "dithered",
    "errors",
    "fewest",
    "indexed",
    "ladder",
    "measured",
    "methods_for",
    "palette_gpl",
    "palette_json",
    "png",
    "quantize",
    "quantized",
    "vectors",
]
