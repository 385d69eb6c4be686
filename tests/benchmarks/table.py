"""Results as lines of a table that can be printed one by one."""

NAME, CELL = 36, 12


def row(name: str, *cells: str) -> str:
    """A line: the name to the left, the cells to the right."""
    return f"{name:<{NAME}}" + "".join(f"{cell:>{CELL}}" for cell in cells)
