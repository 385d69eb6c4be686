"""Changes of the workbook part: names, and the wish to be calculated when it is opened."""

from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.markup import Splice, with_attribute

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_BEFORE_CALCULATION = (*_BEFORE_NAMES, "definedNames")


def calculate_on_load(book: Book) -> None:
    """Cached values were dropped: programs calculate all formulas when they open the file."""
    given = book.root.child("calcPr")
    if given:
        tag = with_attribute(book.text[given.start : given.inner], "fullCalcOnLoad", "1")
        book.splices.append(Splice(given.start, given.inner, tag))
        return
    place = behind(book, _BEFORE_CALCULATION)
    book.splices.append(Splice(place, place, b'<%scalcPr fullCalcOnLoad="1"/>' % book.root.prefix))


def behind(book: Book, names: tuple[str, ...]) -> int:
    """Where an element goes that follows these, if they are there."""
    return max(element.end for element in book.root.children if element.name in names)
