"""What can go wrong, as sentences fit for the reader.

Every error that the library raises on purpose is one of these::

    ClusterloomError
     +-- DataError            the file or the table cannot be used as it is
     |    +-- ReadError       the bytes cannot be read as a table
     |    +-- PreparationError  the choices leave nothing to cluster
     +-- ParameterError       a parameter has a value that makes no sense here
     +-- UnsupportedError     the method cannot do this for this kind of data
     +-- TrainingError        a network cannot be trained like this
     +-- EngineError          the process that did the work ended before it was done

The message is one or two plain sentences: what is wrong, with the number, and
what to do. It is shown to the user as it stands, so it never carries markup or
the name of a Python object.

>>> raise ParameterError("k = 9 is more than the 4 distinct points; choose k <= 4.")
Traceback (most recent call last):
...
clustering.errors.ParameterError: k = 9 is more than the 4 distinct points; choose k <= 4.
"""

__all__ = [
    "ClusterloomError",
    "DataError",
    "EngineError",
    "ParameterError",
    "PreparationError",
    "ReadError",
    "TrainingError",
    "UnsupportedError",
]


class ClusterloomError(Exception):
    """The root: anything the user can mend."""


class DataError(ClusterloomError):
    """The data cannot be used as they are."""


class ReadError(DataError):
    """The bytes cannot be read as a table."""


class PreparationError(DataError):
    """The choices of preparation leave nothing to cluster."""


class ParameterError(ClusterloomError, ValueError):
    """A parameter has a value that makes no sense for these data."""


class UnsupportedError(ClusterloomError):
    """The method cannot do this for this kind of data; the sentence says why."""


class TrainingError(ClusterloomError):
    """A network cannot be trained like this; the sentence says what to change."""


class EngineError(ClusterloomError):
    """The process that did the work ended, or could not be reached."""
