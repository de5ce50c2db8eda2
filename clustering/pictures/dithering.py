"""Dithering: errors handed on to the neighbours, so that a mean colour comes out right."""

from clustering.pictures.quantized import Quantized

__all__ = ["dithered"]


def dithered(quantized: Quantized, *, strength: float = 1.0) -> Quantized:
    """Draw a picture with the same palette, handing on what each pixel is off.

    Parameters
    ----------
    quantized : Quantized
        A picture of single pixels.
    strength : float
        Part of the error that is handed on, from 0 to 1.

    Returns
    -------
    Quantized
        Exactly that palette.
    """
    raise NotImplementedError
