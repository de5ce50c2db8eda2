"""Script: the way from the file to the labels, as a program without this library.

A script is put together from blocks, each a comment and the few lines that do what
it says: the table is read, made ready choice by choice, clustered, and the labels
are carried home. A method
writes its own block, as `in_python(parameters, *, weights, distances)` beside its `fit`.

Names of files and columns are the user's, and a file may call its column anything,
also ``"); import os  #``. They enter a script as Python literals (`repr`) and in no
other way, never in a comment.
"""

from clustering.script.program import FORMULA, assembled, free_name, script

__all__ = ["FORMULA", "assembled", "free_name", "script"]
