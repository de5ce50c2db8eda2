"""Numbers and words as a sentence says them."""

import re

__all__ = ["amount", "apart", "change", "count", "plural"]


def amount(value: float, *, digits: int = 3) -> str:
    """Write a number with as many digits as a reader takes in.

    Parameters
    ----------
    value : float
        Any finite number.
    digits : int
        Significant digits; the whole part is never cut.

    Returns
    -------
    str
        Thousands are set off; an exponent stands only in very small or large numbers.

    Examples
    --------
    >>> amount(2.71828), amount(1234567.8), amount(12.0), amount(0.000012)
    ('2.72', '1,234,568', '12', '1.2e-05')
    """
    if 10**digits <= abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.{digits}g}"


def apart(first: float, second: float) -> tuple[str, str]:
    """Write two numbers with enough digits to see that they differ.

    Parameters
    ----------
    first, second : float
        Two finite numbers.

    Returns
    -------
    tuple of (str, str)
        Equal only where the numbers are, to twelve digits.

    Examples
    --------
    >>> apart(3.1415, 2.7182), apart(250.726, 250.722)
    (('3.14', '2.72'), ('250.73', '250.72'))
    """
    for digits in range(3, 13):
        written = amount(first, digits=digits), amount(second, digits=digits)
        if written[0] != written[1]:
            return written
    return amount(first), amount(second)


def change(before: float, after: float) -> str:
    """Say how a number changes.

    Parameters
    ----------
    before, after : float
        The number before and after.

    Returns
    -------
    str
        A verb and the numbers.

    Examples
    --------
    >>> change(310.24, 254.91), change(3.0, 3.0)
    ('falls from 310 to 255', 'stays at 3')
    """
    first, second = apart(before, after)
    if first == second:
        return f"stays at {second}"
    return f"{'falls' if after < before else 'rises'} from {first} to {second}"


def count(number: int, noun: str) -> str:
    """Write a number of things.

    Parameters
    ----------
    number : int
        How many.
    noun : str
        What, in the singular.

    Returns
    -------
    str
        Both.

    Examples
    --------
    >>> count(1, "turn"), count(1200, "point")
    ('1 turn', '1,200 points')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Write several of a thing.

    Examples
    --------
    >>> plural("row"), plural("company"), plural("day"), plural("series")
    ('rows', 'companies', 'days', 'series')
    """
    if noun.endswith("series"):
        return noun
    return f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
