"""Print what became of every hostile file: ``python -m tests.hostile``.

With ``--lines`` each is a line of JSON, for the test that reads them all in one process.
A word behind it chooses the cases whose id holds it.
"""

import json
import sys
import traceback
from dataclasses import asdict

from tests.hostile.corpus import CASES
from tests.hostile.trial import Trial, peak, trial


def main() -> None:
    """Try every case."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    before = peak()
    for case in CASES:
        if words and not any(word in case.id for word in words):
            continue
        try:
            found = trial(case)
        except Exception as problem:  # to be told, with the rest of the table
            where = traceback.extract_tb(problem.__traceback__)[-1]
            said = f"RAISED {type(problem).__name__}: {problem}"[:200]
            found = Trial(case.id, False, said, f"{where.filename}:{where.lineno}", 0.0, peak())
        if "--lines" in sys.argv:
            print(json.dumps(asdict(found)), flush=True)
            continue
        mark = " " if found.fits else "!"
        line = (
            f"{mark} {found.id[:44]:44} {found.seconds:6.2f} s {found.memory:6.0f} MB  {found.said}"
        )
        print(line if not found.then else f"{line} -> {found.then}", flush=True)
    if "--lines" not in sys.argv:
        print(f"{len(CASES)} files; {before:.0f} MB before the first.")


if __name__ == "__main__":
    main()
