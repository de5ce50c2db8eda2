"""Lessons: the steps that a method recorded, told in sentences.

Each module is named after its method and has one function, ``tell(dataset, steps)``,
which gives one text for each recorded moment, in plain words and with the numbers
of the data at hand, which `clustering.words` writes.
"""
