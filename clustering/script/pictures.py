"""Script, pictures: the way from a file to the picture of few colours, without this library."""

from clustering.pictures import Quantized

__all__ = ["picture_script"]


def picture_script(quantized: Quantized) -> str:
    """Write a Python program that gives the same indexed PNG without this library."""
    raise NotImplementedError
