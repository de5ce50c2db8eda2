"""What a text file does not say about itself is found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.detection import (
    BLANKS,
    decimal_of,
    delimiter_of,
    encoding_of,
    has_header,
    is_text,
    records,
)

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
