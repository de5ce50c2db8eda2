"""Formats: where the cells of a file are, whatever it is and however it is packed.

`files` tells by the bytes what a file is and takes it out of its packing; a reader for
each format gives a `raw.Raw`: columns of text, or of values where the file has types of
its own, in the order of its rows.
"""
