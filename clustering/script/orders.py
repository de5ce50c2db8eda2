"""Script, orders: the way from a log of orders to a row a customer, as plain lines."""

from clustering.data.choices import Choices
from clustering.data.order_columns import order_of
from clustering.data.orders import named, one_row_each
from clustering.data.tables import Table
from clustering.script.cells import Values
from clustering.snippets import block, carried, listing

__all__ = ["order_blocks"]


def order_blocks(table: Table) -> list[str]:
    """Write how a table of customers is made of the log; nothing where rows are taken as they are.

    Parameters
    ----------
    table : Table
        As the library read it.

    Returns
    -------
    list of str
        Code that puts the customers into `table`, which held the orders.
    """
    log = table.log
    if log is None:
        return []
    who, when, paid = table.reading.orders
    values = Values(log, Choices(), {}, None)
    cells = {each: values.cells(each) for each in (who, when, paid)}
    functions = dict.fromkeys(each for _, calls in cells.values() for each in calls)
    order = order_of(log.frame, (who, when, paid))
    kept = list(table.frame.columns)[5:]
    items = [
        f"'customer': named({cells[who][0]})",
        f"'date': {cells[when][0]}",
        f"'amount': {cells[paid][0]}",
        f"'order': {f'table[{order!r}]' if order else 'np.arange(len(table))'}",
        *(f"{f'kept {name}'!r}: table[{name!r}]" for name in kept),
    ]
    return [
        *carried(*functions, named, one_row_each),
        block(
            "One row a customer: days since the last order, orders, what was spent, mean order; "
            "refunds are no orders.",
            "log = pd.DataFrame(",
            "    {",
            *(f"        {item}," for item in items),
            "    }",
            ")",
            "table = one_row_each(log)",
            f"table.columns = {listing(table.frame.columns)}",
        ),
    ]
