"""Changes of the workbook part: names, and the wish to be calculated when it is opened."""

from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.content_types import remove_content_type
from planner.sheets.ooxml.markup import Splice, with_attribute
from planner.sheets.ooxml.relationships import remove_relationship

_BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")


def calculate_on_load(book: Book) -> None:
    """Cached values were dropped: programs calculate all formulas when they open the file."""
    given = book.root.child("calcPr")
    if given:
        tag = with_attribute(book.text[given.start : given.inner], "fullCalcOnLoad", "1")
        book.splices.append(Splice(given.start, given.inner, tag))
        return
    place = book.place_behind(*_BEFORE)
    book.splices.append(Splice(place, place, b'<%scalcPr fullCalcOnLoad="1"/>' % book.root.prefix))


def forget_calculation_chain(book: Book) -> None:
    """Formulas are gone: the list of them would name cells without one, which Excel takes for damage."""
    lead = book.lead("calcChain")
    if lead and lead.part and book.package.find(lead.part):
        remove_content_type(book.package, lead.part)
        remove_relationship(book.package, book.part, lead.part)
        book.package.remove(lead.part)
