"""Forms: what a column holds and how its cells are written, as one small value."""

from dataclasses import dataclass

from clustering.data.reading import Kind

__all__ = ["Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """What a column holds, and how its cells are written.

    Attributes
    ----------
    kind : Kind
        What the cells are.
    native : bool
        True where the file itself holds values of a type, so nothing is converted.
    decimal, thousands : str
        Signs in numbers.
    unit : str
        What stands at every number and is taken off: ``"%"``, ``"€"``.
    formats : tuple of str
        Formats of dates as `datetime.strptime` knows them, tried in this order.
    words : tuple of str
        The words for no and for yes.
    odd : int
        Cells that are not of the form of nearly all others. Where the kind was told
        they count as missing; where it was found out they are why it is text.
    odd_example : str
        The first of them, cut to 20 characters.
    doubt : str
        Empty, or in a sentence how else the column could be read.
    """

    kind: Kind
    native: bool = False
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    formats: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    odd: int = 0
    odd_example: str = ""
    doubt: str = ""
