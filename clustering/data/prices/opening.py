"""Opening: prices out of a file, whatever its layout."""

from clustering.data.prices.kept import Named, Prices
from clustering.data.tables import ENDINGS
from clustering.errors import ReadError

__all__ = ["ENDINGS", "read"]


def read(content: bytes, name: str, *, names: Named | None = None) -> Prices:
    """Read prices of a file."""
    raise ReadError(f"'{name}' cannot be read yet.")
