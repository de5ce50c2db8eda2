"""Script, reading: the way from a file to its cells, as plain lines of public packages.

Every cell of a text is read as it stands in the file, so that what a script writes out
looks as what it was given; only the columns that are used become numbers or dates. What a
reader does beyond pandas is a function that stands alone, and the script carries it along.
"""

from collections.abc import Callable

from clustering.data.formats.lines import needs_lines, table_lines
from clustering.data.reading import Format
from clustering.data.tables import Table
from clustering.errors import UnsupportedError
from clustering.script.formats import FORMATS, content_of, opening
from clustering.snippets import block, call, carried, listing
from sample_data.large import large

__all__ = ["BLOCKS", "reading_blocks"]


def reading_blocks(table: Table) -> list[str]:
    """Write how a table is read.

    Parameters
    ----------
    table : Table
        As the library read it.

    Returns
    -------
    list of str
        Code that sets `table`, its columns labelled as the library labels them, and
        `labels_path`, where the labels go.

    Raises
    ------
    UnsupportedError
        Where no script can be written for this format.
    """
    reading = table.reading
    if reading.format not in BLOCKS:
        raise UnsupportedError(f"There is no script for files of format {reading.format} yet.")
    if reading.format == "sample":
        return BLOCKS["sample"](table)
    paths = block(
        "Where the table is, and where its labels go.",
        f"table_path = sys.argv[1] if len(sys.argv) > 1 else {table.name!r}",
        "labels_path = sys.argv[2] if len(sys.argv) > 2 else 'labels.csv'",
    )
    return [paths, *BLOCKS[reading.format](table)]


def text_blocks(table: Table) -> list[str]:
    """Write how delimited text is read."""
    reading, width = table.reading, table.frame.shape[1]
    blocks, why = list[str](), "The table as it stands in the file."
    imports: tuple[str, ...] = ()
    where = "table_path"
    if reading.unpack:
        imports = (*opening(table), "from io import BytesIO")
        where = f"BytesIO({content_of(table)})"
    encoding = {"encoding": repr(reading.encoding)}
    if needs_lines(reading) or reading.skip:
        signs = {
            "skip": reading.skip,
            "footer": reading.footer,
            "comment": reading.comment,
            "enclosed": reading.enclosed,
        }
        told = {name: repr(value) for name, value in signs.items() if value}
        if reading.quote != '"':
            told["quote"] = repr(reading.quote)
        blocks += carried(table_lines)
        blocks.append(
            block(
                "The lines that are the table, without what stands around them.",
                *opening(table),
                f"text = {content_of(table)}.decode({reading.encoding!r})",
                f"text = {call('table_lines', 'text', **told)}",
            )
        )
        where, encoding, imports = "StringIO(text)", {}, ("from io import StringIO",)
    arguments = {
        "sep": repr(reading.delimiter),
        **encoding,
        "header": "None",
        "names": f"range({width + reading.trailing})",
        "skiprows": repr(int(reading.header)),
        "dtype": "str",
        "keep_default_na": "False",
        "na_values": repr(list(reading.missing)),
    }
    if not reading.quote:
        arguments["quoting"] = "3"
    elif reading.quote != '"':
        arguments["quotechar"] = repr(reading.quote)
    if reading.escape:
        arguments |= {"escapechar": repr(reading.escape), "doublequote": "False"}
    if reading.padded:
        arguments["skipinitialspace"] = "True"
    if width + reading.trailing == 1:
        arguments["skip_blank_lines"] = "False"
    lines = [f"table = {call('pd.read_csv', where, **arguments)}"]
    if reading.trailing:
        lines.append(f"table = table.drop(columns={width})")
    if reading.padded:
        lines.append("table = table.apply(lambda cells: cells.str.strip(' \\t'))")
        lines.append(f"table = table.mask(table.isin({list(reading.missing)!r}))")
    lines.append(f"table.columns = {listing(table.frame.columns)}")
    return [*blocks, block(why, *imports, *lines)]


def sample_blocks(table: Table) -> list[str]:
    """Write where a sample comes from that is no file."""
    path = "labels_path = sys.argv[1] if len(sys.argv) > 1 else 'labels.csv'"
    if table.reading.loader == "large":
        return [
            block("The sample as it is drawn, and where its labels go.", path),
            *carried(large),
            "table = large()",
        ]
    return [
        block(
            "A sample that scikit-learn brings along, and where its labels go.",
            path,
            f"from sklearn.datasets import load_{table.reading.loader}",
            f"sample = load_{table.reading.loader}(as_frame=True)",
            "table = sample.data.assign(group=sample.target_names[sample.target])",
        )
    ]


BLOCKS: dict[Format, Callable[[Table], list[str]]] = {
    "text": text_blocks,
    "sample": sample_blocks,
    **FORMATS,
}
"""For each format, the blocks between the paths and `table`."""
