"""What a text file does not say about itself is found out."""

import csv
import io

import charset_normalizer
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.formats.detection import (
    BLANKS,
    decimal_of,
    delimiter_of,
    is_text,
    records,
)
from clustering.data.formats.encoding import encoding_of
from clustering.data.formats.names import has_header
from clustering.data.tables import read

CHINESE = "姓名,城市,年龄\n张三,北京,20\n李四,上海市浦东新区,35\n王五,广州,41\n"
FRENCH = "prénom;ville;âge\nRené;Orléans;20\nZoé;Besançon;35\nAndré;Nîmes;41\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-32"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (FRENCH, "utf-8"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "latin-1"),
        ("Straße,Maß\nMüllerstraße,3\nGrünweg,4\n", "latin-1"),
        ("año,niño\n1,2\n3,4\n", "latin-1"),
        ("price €,naïve\n1,2\n", "cp1252"),
        ("plain,ascii\n1,2\n", "ascii"),
        ("氏名,都市,年齢\n田中,東京,20\n鈴木さん,大阪,35\n", "cp932"),
        ("氏名,都市,年齢\n田中さん,東京,20\n鈴木さん,大阪,35\n", "euc_jp"),
        ("姓名,城市,年齡\n陳先生,臺北市,20\n林小姐,高雄市,35\n", "big5"),
        ("이름,도시,나이\n김철수,서울,20\n이영희,부산광역시,35\n", "cp949"),
        ("Имя;Город;Возраст\nИван;Москва;20\nМария;Казань;35\n", "cp1251"),
        ("Имя;Город;Возраст\nИван;Москва;20\nМария;Казань;35\n", "koi8-r"),
        ("imię;miasto\nŁukasz;Łódź\nWęgrzyn;Kraków\nŻółć;Gdańsk\n", "cp1250"),
        ("jméno;město\nDvořák;Plzeň\nČapek;Třebíč\nNěmcová;Děčín\n", "cp1250"),
        ("ad;şehir\nAyşe;İstanbul\nÇağrı;Muğla\n", "cp1254"),
        ("όνομα;πόλη\nΓιώργος;Αθήνα\n", "cp1253"),
        (FRENCH, "mac_roman"),
        (FRENCH, "cp850"),
        (FRENCH, "utf-32-le"),
    ],
)
def test_text_is_decoded_as_it_was_encoded(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert content.decode(encoding_of(content)).removeprefix("\ufeff") == text


@given(st.binary(max_size=300))
def test_the_encoding_found_always_decodes(content: bytes) -> None:
    content.decode(encoding_of(content))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    content = text.encode()
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert content.decode(encoding_of(content)).removeprefix("\ufeff") == text.removeprefix(
            "\ufeff"
        )


@given(
    st.sampled_from([",", ";", "\t", "|"]),
    st.integers(2, 6),
    st.lists(st.integers(-1000, 1000), min_size=12, max_size=60),
)
def test_numbers_between_delimiters_find_the_delimiter(
    delimiter: str, width: int, values: list[int]
) -> None:
    rows = [values[i : i + width] for i in range(0, len(values) - width + 1, width)]
    text = "\n".join(delimiter.join(map(str, row)) for row in rows)
    assert delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("a;b\n1,5;2,25\n3,0;4,5\n", ";", ","),
        ("a\tb\n1,5\t2\n", "\t", ","),
        ("a;b\n1.5;2.25\n", ";", "."),
        ("name;note\nx;one, two\ny;three, four, five\n", ";", "."),
        ('"a,b",c\n"1,2",3\n', ",", "."),
        ("  1.0   2.0\n 3.0  4.0\n", BLANKS, "."),
        ("one column\n1\n2\n", ",", "."),
        ("a sentence of words\nanother sentence of words\n", ",", "."),
    ],
)
def test_delimiter_and_decimal_sign(text: str, delimiter: str, decimal: str) -> None:
    assert delimiter_of(text) == delimiter
    assert decimal_of(records(text, delimiter), delimiter) == decimal


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        ("1.96,-0.09\n2.84,3.16", False),
        ("x,y\n2.84,3.16", True),
        ("Adelie,39.1\nGentoo,46.0", False),
        ("species,length\nGentoo,46.0", True),
        ("country,1990,2000\nPeru,21.8,26.0", True),
        (",0,1,2\n0,5,6,7\n1,8,9,3", True),
        ("city,state\nRome,Lazio", True),
        ("1e5,-inf\n3,4", False),
        ("NA,1.5\n3,4", False),
        ("5", False),
        ("x", True),
    ],
)
def test_a_header_differs_from_what_stands_below(lines: str, header: bool) -> None:
    assert has_header(records(lines, ",")) is header


def test_control_characters_are_no_text() -> None:
    assert is_text("a,b\r\n1,2\x00\n" + "3,4\n" * 20)
    assert not is_text("".join(map(chr, range(32))))


@given(st.text(max_size=300), st.sampled_from([",", ";", BLANKS]))
def test_records_of_any_text_end(text: str, delimiter: str) -> None:
    assert len(records(text, delimiter, limit=5)) <= 5


def by_libraries(text: str, encoding: str) -> tuple[bool, bool, bool]:
    """Whether charset_normalizer, csv.Sniffer and pandas alone get a file right."""
    content = text.encode(encoding)
    best = charset_normalizer.from_bytes(content).best()
    letters = best is not None and str(best).removeprefix("\ufeff") == text
    rows = [line.split(";") for line in text.splitlines() if ";" in line]
    try:
        sniffed = csv.Sniffer().sniff(text).delimiter == ";"
    except csv.Error:
        sniffed = False
    try:
        frame = pd.read_csv(io.StringIO(text), sep=None, engine="python")
        parsed = list(frame.columns) == rows[0] and len(frame) == len(rows) - 1
    except (ValueError, csv.Error):
        parsed = False
    return letters, sniffed, parsed


NEEDED = {
    "Latin-1, short words": (FRENCH, "latin-1"),
    "GBK": (CHINESE.replace(",", ";"), "gbk"),
    "old Mac": (FRENCH, "mac_roman"),
    "a title above": ("Sales in 2024\n\ntown;sum\nOslo;5,5\nRome;7,5\nBern;8,5\n", "utf-8"),
    "a source below": ("town;sum\nOslo;5,5\nRome;7,5\nBern;8,5\n\nSource: a, b\n", "utf-8"),
    "decimal commas": ("a;b\n1,5;2,5\n2,5;3,5\n4,5;5,5\n", "utf-8"),
    "comments between": ("a;b\n1;2\n# off, twice, today\n3;4\n5;6\n", "utf-8"),
}


@pytest.mark.parametrize("name", NEEDED)
def test_what_needs_sniffing_of_our_own(name: str) -> None:
    text, encoding = NEEDED[name]
    table = read(text.encode(encoding), "mine.csv")
    assert text.encode(encoding).decode(table.reading.encoding) == text
    width = max(line.count(";") for line in text.splitlines()) + 1
    assert (table.reading.delimiter, table.frame.shape[1]) == (";", width)
    assert not any("#" in str(cell) or "Source" in str(cell) for cell in table.frame.iloc[:, 0])


def test_the_libraries_alone_get_some_of_these_wrong() -> None:
    right = {name: by_libraries(*case) for name, case in NEEDED.items()}
    for place, library in enumerate(("charset_normalizer", "csv.Sniffer", "pandas")):
        wrong = [name for name, got in right.items() if not got[place]]
        print(f"{library} alone fails on: {', '.join(wrong)}")
        assert wrong, f"{library} reads all of these; ask it first."


@pytest.mark.parametrize(
    "day", ["{:02d}/02/2024", "{}/2/24", "2024/02/{:02d}", "{:02d}/02/2024 10:30"]
)
@pytest.mark.parametrize("head", ["", "when\n"])
def test_a_column_of_days_is_not_cut_at_its_slashes(day: str, head: str) -> None:
    lines = "".join(day.format(1 + i % 12) + "\n" for i in range(40))
    assert delimiter_of(head + lines) == ","
