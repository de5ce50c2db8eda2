"""Names: columns and cells that mean something else to whoever shows or stores them."""

from tests.hostile.case import Case

ROWS = "1,2\n3,4\n5,7\n"


def named(*names: str) -> bytes:
    quoted = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    width = len(names)
    rows = "\n".join(",".join(str(i * j + i) for i in range(width)) for j in range(1, 6))
    return f"{quoted}\n{rows}\n".encode("utf-8", "surrogatepass")


def celled(*cells: str) -> bytes:
    lines = [f'"{cell.replace(chr(34), chr(34) * 2)}",{i}' for i, cell in enumerate(cells)]
    return "\n".join(["word,x", *lines, ""]).encode()


MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "</div></body>",
    "&lt;&amp;&#0;",
    "<!-- ",
    "]]>",
    "%3Cscript%3E",
)
MARKDOWN = ("# head", "**bold**", "[a](javascript:alert(1))", "![x](http://x.invalid/y.png)",
            "`code`", "| a | b |", ":material/home:", ":red[x]", "- [ ] do")  # fmt: skip
LATEX = ("$x^2$", "$$\\frac{1}{0}$$", "\\input{/etc/passwd}", "\\(", "$", "$$$", "{{{", "%")
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)")
PYTHON = ("cluster", "index", "None", "__proto__", "constructor", "nan", "True", "rows", "points",
          "__class__", "{0.__class__}", "%s%s%n", "'; DROP TABLE x;--", "../../etc/passwd",
          "a\\b", "\"", "'''", "$(reboot)", "level_0", "weight", "membership")  # fmt: skip
SIGNS = ("مرحبا", "\u202eevil\u202c", "\u200b", "\u200bx", "x\u200b", "\ufeff", "e\u0301", "é",
         "\U0001f600", "a\u0300" * 50, "\u2028", "x\x1by", "x\x07", "\x7f")  # fmt: skip

NAMES = (
    Case("repeated names", "a.csv", lambda: named("a", "a", "a", "a.1", "a.2", "a"), (5, 6)),
    Case("empty names", "a.csv", lambda: named("", "x", " ", "\t"), (5, 4)),
    Case("names of 5,000 characters", "a.csv", lambda: named("x" * 5000, "x" * 4999 + "y"), (5, 2)),
    Case("names that differ by case", "a.csv", lambda: named("a", "A", "ä", "Ä"), (5, 4)),
    Case("names that differ by blanks", "a.csv", lambda: named("a", " a", "a ", "a  "), (5, 4)),
    Case("names of markup", "a.csv", lambda: named(*MARKUP), (5, len(MARKUP))),
    Case("names of Markdown", "a.csv", lambda: named(*MARKDOWN), (5, len(MARKDOWN))),
    Case("names of LaTeX", "a.csv", lambda: named(*LATEX), (5, len(LATEX))),
    Case("names of formulas", "a.csv", lambda: named(*FORMULAS), (5, len(FORMULAS))),
    Case("names of Python and the shell", "a.csv", lambda: named(*PYTHON), (5, len(PYTHON))),
    Case("names of odd signs", "a.csv", lambda: named(*SIGNS), (5, len(SIGNS))),
    Case("names with line ends", "a.csv", lambda: named("a\nb", "c\r\nd", "e\rf"), (5, 3)),
    Case("names of numbers", "a.csv", lambda: named("1", "2.5", "x"), (5, 3)),
    Case("names of missing", "a.csv", lambda: named("NA", "null", "?", "x"), (5, 4)),
    Case(
        "names that a table makes up",
        "a.csv",
        lambda: named("column 2", "", "column 3", ""),
        (5, 4),
    ),
    Case("1,000 times one name", "a.csv", lambda: named(*["a"] * 1000), (5, 1000)),
    Case("names of dates", "a.csv", lambda: named("town", "2024-01-01", "2024-02-01"), (5, 3)),
    Case("cells of markup", "a.csv", lambda: celled(*MARKUP), (len(MARKUP), 2)),
    Case("cells of Markdown", "a.csv", lambda: celled(*MARKDOWN), (len(MARKDOWN), 2)),
    Case("cells of LaTeX", "a.csv", lambda: celled(*LATEX), (len(LATEX), 2)),
    Case("cells of formulas", "a.csv", lambda: celled(*FORMULAS), (len(FORMULAS), 2)),
    Case("cells of Python and the shell", "a.csv", lambda: celled(*PYTHON), (len(PYTHON), 2)),
    Case("cells of odd signs", "a.csv", lambda: celled(*SIGNS), (len(SIGNS), 2)),
    Case(
        "a file called by markup", "<script>alert(1)</script>.csv", lambda: named("a", "b"), (5, 2)
    ),
    Case("a file called by 5,000 characters", "x" * 5000 + ".csv", lambda: named("a", "b"), (5, 2)),
    Case("a file called by a path", "../../../etc/passwd", lambda: named("a", "b"), (5, 2)),
    Case("a file without a name", "", lambda: named("a", "b"), (5, 2)),
    Case("a file called by line ends", "a\nb\r\n.csv", lambda: b"", "empty"),
    Case("a file called by half a character", "\ud800.csv", lambda: b"", "empty"),
)
