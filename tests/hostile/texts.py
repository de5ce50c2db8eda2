"""Texts: delimited text as it comes out of broken programs, careless hands and bad luck."""

from tests.hostile.case import Case


def csv(rows: int = 3, *, head: str = "x,y", row: str = "{i},{j}") -> bytes:
    lines = [row.format(i=i, j=i * i) for i in range(rows)]
    return "\n".join([head, *lines, ""]).encode()


def wide(columns: int) -> bytes:
    head = ",".join(f"c{i}" for i in range(columns))
    row = ",".join(str(i % 7) for i in range(columns))
    return f"{head}\n{row}\n{row}\n".encode()


TEXTS = (
    Case("empty", "a.csv", lambda: b"", "empty"),
    Case("blanks alone", "a.csv", lambda: b" \t \n \r\n ", "empty"),
    Case("a byte order mark alone", "a.csv", lambda: b"\xef\xbb\xbf", "empty"),
    Case("zero bytes alone", "a.csv", lambda: bytes(4000), "empty"),
    Case("header only", "a.csv", lambda: b"a,b,c\n", "no rows"),
    Case("one word", "a.csv", lambda: b"hello", "no rows"),
    Case("one row", "a.csv", lambda: b"a,b\n1,2\n", (1, 2)),
    Case("one column", "a.csv", lambda: b"x\n1\n2\n3\n", (3, 1)),
    Case("one cell", "a.csv", lambda: b"7", (1, 1)),
    Case("no newline at the end", "a.csv", lambda: b"a,b\n1,2\n3,4", (2, 2)),
    Case("all text", "a.csv", lambda: csv(50, row="word{i},other{j}"), (50, 2)),
    Case("all missing", "a.csv", lambda: b"a,b\n" + b"NA,\n" * 30, (30, 2)),
    Case("all dashes", "a.csv", lambda: b"a,b\n" + b"-,-\n" * 30, (30, 2)),
    Case("infinities", "a.csv", lambda: b"a,b\ninf,1\n-inf,2\nInfinity,3\n4,5\n", (4, 2)),
    Case("all infinite", "a.csv", lambda: b"a,b\n" + b"inf,-inf\n" * 30, (30, 2)),
    Case("10,000 columns", "a.csv", lambda: wide(10_000), (2, 10_000)),
    Case("20,000 columns", "a.csv", lambda: wide(20_000), "20,000 columns"),
    Case(
        "a million commas", "a.csv", lambda: b"," * 1_000_000 + b"\n" + b"," * 1_000_000, "is empty"
    ),
    Case("a long row early", "a.csv", lambda: b"a,b\n1,2,3\n4,5\n6,7\n", "Line 2"),
    Case("a long row late", "a.csv", lambda: b"a,b\n" + b"1,2\n" * 3000 + b"1,2,3\n", "3002"),
    Case("short rows", "a.csv", lambda: b"a,b,c\n1,2,3\n4\n5,6\n7,8,9\n" * 1, (4, 3)),
    Case("a zero byte in a cell", "a.csv", lambda: b"a,b\n1,x\x00y\n2,z\n3,w\n", "zero byte"),
    Case("zero bytes everywhere", "a.csv", lambda: b"a,b\n" + b"\x001,\x002\n" * 300, "text"),
    Case("every byte", "a.csv", lambda: bytes(range(256)) * 50, "text"),
    Case(
        "random bytes", "a.csv", lambda: __import__("random").Random(1).randbytes(100_000), "text"
    ),
    Case("mixed line ends", "a.csv", lambda: b"a,b\r\n1,2\n3,4\r\n5,6\n", (3, 2)),
    Case("carriage returns alone", "a.csv", lambda: b"a,b\r1,2\r3,4\r", (2, 2)),
    Case("blank lines between", "a.csv", lambda: b"a,b\n\n1,2\n\n3,4\n\n", (2, 2)),
    Case("a cell of 2 MB", "a.csv", lambda: b"a,b\n1," + b"x" * 2_000_000 + b"\n2,y\n", (2, 2)),
    Case(
        "a quoted cell of 2 MB of lines",
        "a.csv",
        lambda: b'a,b\n1,"' + b"x\n" * 1_000_000 + b'"\n2,y\n3,z\n',
        (3, 2),
    ),
    Case("a name of 2 MB", "a.csv", lambda: b"x" * 2_000_000 + b",b\n1,2\n3,4\n", (2, 2)),
    Case(
        "2 MB of blanks in a cell",
        "a.csv",
        lambda: b"a,b\n1," + b" " * 2_000_000 + b"z\n2,3\n",
        (2, 2),
    ),
    Case("2 MB of digits", "a.csv", lambda: b"a,b\n1," + b"9" * 2_000_000 + b"\n2,3\n", (2, 2)),
    Case("an open quote", "a.csv", lambda: b'a,b\n"1,2\n3,4\n5,6\n', (3, 2)),
    Case(
        "an open quote in 5 MB",
        "a.csv",
        lambda: b'a,b\n"1,2\n' + b"3,4\n" * 1_200_000,
        (1_200_001, 2),
    ),
    Case("quotes alone", "a.csv", lambda: b'""""""""\n""\n"', "'a.csv'"),
    Case("quotes within quotes", "a.csv", lambda: b'a,b\n"say ""hi""",1\n"x,y",2\n', (2, 2)),
    Case("ends in a NUL and Ctrl-Z", "a.csv", lambda: b"a,b\n1,2\n3,4\n\x1a", (2, 2)),
    Case("a wrong byte order mark", "a.csv", lambda: b"\xff\xfe" + b"a,b\n1,2\n3,4\n", "'a.csv'"),
    Case("two byte order marks", "a.csv", lambda: b"\xef\xbb\xbf" * 2 + csv(), (3, 2)),
    Case("half a UTF-16", "a.csv", lambda: "a,b\n1,2\n3,4\n".encode("utf-16")[:-1], "'a.csv'"),
    Case("UTF-16 without a mark", "a.csv", lambda: "a,b\n1,2\n3,4\n".encode("utf-16-le"), (2, 2)),
    Case("UTF-32", "a.csv", lambda: "a,b\n1,2\n3,4\n".encode("utf-32"), (2, 2)),
    Case(
        "mixed encodings",
        "a.csv",
        lambda: "n,x\né,1\n".encode() + "ü,2\n".encode("latin-1") + "中,3\n".encode(),
        (3, 2),
    ),
    Case("overlong UTF-8", "a.csv", lambda: b"a,b\n\xc0\xaf,1\n\xe0\x80\xaf,2\n", (2, 2)),
    Case("surrogates in UTF-8", "a.csv", lambda: b"a,b\n\xed\xa0\x80,1\n\xed\xbf\xbf,2\n", (2, 2)),
    Case(
        "GBK with a broken byte",
        "a.csv",
        lambda: "省,数\n北京,1\n上海,2\n广州,3\n".encode("gbk")[:-7] + b"\xff\xff,3\n",
        (3, 2),
    ),
    Case(
        "huge whole numbers",
        "a.csv",
        lambda: b"a,b\n9223372036854775808,1\n-9223372036854775809,2\n3,3\n",
        (3, 2),
    ),
    Case(
        "numbers of 400 digits",
        "a.csv",
        lambda: b"a,b\n" + b"1" * 400 + b",1\n" + b"2" * 400 + b",2\n",
        (2, 2),
    ),
    Case(
        "numbers beyond float",
        "a.csv",
        lambda: b"a,b\n1e999,1\n-1e999,2\n1e308,3\n1e-400,4\n",
        (4, 2),
    ),
    Case(
        "numbers whose squares overflow",
        "a.csv",
        lambda: b"a,b\n1e300,1\n-1e300,2\n1e308,3\n" * 9,
        (30 + 5, 2),
    ),
    Case(
        "minus zero and denormals",
        "a.csv",
        lambda: b"a,b\n-0,5e-324\n0,1e-310\n-0.0,2e-308\n",
        (3, 2),
    ),
    Case(
        "hexadecimal, octal, underscores",
        "a.csv",
        lambda: b"a,b\n0x1F,0o17\n1_000,1_0\n12,13\n",
        (3, 2),
    ),
    Case("digits of other scripts", "a.csv", lambda: "a,b\n١٢,१२\n٣٤,३४\n".encode(), (2, 2)),
    Case("superscripts and fractions", "a.csv", lambda: "a,b\n²,½\n³,¼\n5,6\n".encode(), (3, 2)),
    Case(
        "the year 0000", "a.csv", lambda: b"d,x\n0000-01-01,1\n0000-12-31,2\n0000-06-01,3\n", (3, 2)
    ),
    Case(
        "dates out of range",
        "a.csv",
        lambda: b"d,x\n9999-12-31,1\n1677-01-01,2\n2262-04-12,3\n10000-01-01,4\n",
        (4, 2),
    ),
    Case(
        "days that are none",
        "a.csv",
        lambda: b"d,x\n2024-02-30,1\n2024-13-01,2\n2024-00-00,3\n",
        (3, 2),
    ),
    Case("times that are none", "a.csv", lambda: b"t,x\n25:61,1\n99:99:99,2\n-1:00,3\n", (3, 2)),
    Case("huge durations", "a.csv", lambda: b"t,x\n99999999999999:00,1\n1:00,2\n2:30,3\n", (3, 2)),
    Case("years alone far out", "a.csv", lambda: b"year,x\n99999,1\n-5000,2\n0,3\n", (3, 2)),
    Case("spreadsheet errors", "a.csv", lambda: b"a,b\n#DIV/0!,1\n#REF!,2\n3,#NAME?\n", (3, 2)),
    Case("every sign of money", "a.csv", lambda: "a,b\n$1,€2\n£3,¥4\n₹5,₽6\n".encode(), (3, 2)),
    Case(
        "every delimiter at once", "a.csv", lambda: b"a,b;c|d\te\n1,2;3|4\t5\n6,7;8|9\t0\n", (2, 2)
    ),
    Case("delimiters alone", "a.csv", lambda: b",,,\n,,,\n,,,\n", "is empty"),
    Case("semicolons alone", "a.csv", lambda: b";;\n;;\n", "is empty"),
    Case("comments alone", "a.csv", lambda: b"# one\n# two\n# three\n", (2, 1)),
    Case(
        "one million short rows", "a.csv", lambda: b"a,b\n" + b"1,2\n" * 1_000_000, (1_000_000, 2)
    ),
    Case("a line that names a wild delimiter", "a.csv", lambda: b'sep="\na,b\n1,2\n', "'a.csv'"),
    Case("backslashes", "a.csv", lambda: b"a,b\n\\,1\n\\\\,2\n\\n,3\n", (3, 2)),
    Case(
        "a log",
        "a.txt",
        lambda: b"2024-01-01 ERROR it broke: a, b\n2024-01-02 INFO fine\n" * 20,
        (39, 2),
    ),
    Case(
        "prose",
        "a.txt",
        lambda: b"It was a dark night.\nNobody, it seems, was there.\nThe end.\n" * 9,
        "Line 2",
    ),
    Case(
        "a program of Python",
        "a.csv",
        lambda: b"import os\n\ndef f(a, b):\n    return a + b\n" * 9,
        "Line 3",
    ),
)
