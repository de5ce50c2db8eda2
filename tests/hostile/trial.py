"""Trial: what became of one hostile file, how long it took and how much memory."""

import resource
import sys
import time
from dataclasses import dataclass

from clustering.data.passport import inspect
from clustering.data.preparation import fit, suggest
from clustering.data.tables import read
from clustering.errors import ClusterloomError
from tests.hostile.case import Case


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a file.

    Attributes
    ----------
    id : str
        Of the case.
    fits : bool
        True where it is what the case expects.
    said : str
        The sentence, or the shape of the table.
    then : str
        What preparing the table as suggested came to.
    seconds : float
        For reading, inspecting, suggesting and preparing.
    memory : float
        Highest memory of the process so far, in MB.
    """

    id: str
    fits: bool
    said: str
    then: str
    seconds: float
    memory: float


def trial(case: Case) -> Trial:
    """Read a file, look at it and prepare it, as a page does.

    Whatever is no `ClusterloomError` is not caught: nothing else may come.
    """
    content = case.make()
    began = time.process_time()
    then = ""
    try:
        table = read(content, case.name)
    except ClusterloomError as problem:
        said = str(problem)
        fits = not isinstance(case.expect, tuple) and case.expect in said
        fits = fits and is_sentence(said)
    else:
        rows, columns = table.frame.shape
        said = f"{rows:,} rows, {columns:,} columns"
        fits = case.expect == (rows, columns) and list(table.frame.index[-1:]) == [rows - 1]
        try:
            passport = inspect(table)
            choices = suggest(table, passport=passport)
            points = fit(table, choices, passport=passport).apply(table)
            then = f"{points.n:,} points of {points.d} features"
        except ClusterloomError as problem:
            then = str(problem)
            fits = fits and is_sentence(then)
    seconds = time.process_time() - began
    return Trial(case.id, fits, said, then, seconds, peak())


def is_sentence(text: str) -> bool:
    """Tell a sentence for a reader from the words of a parser."""
    odd = ("Traceback", "Error", "Exception", "0x", "<class", "None", "\n")
    return text.endswith(".") and len(text) < 400 and not any(word in text for word in odd)


def peak() -> float:
    """Highest memory of this process so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
