"""Relationships of a part: read, resolved to part names, and one added."""

from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from planner.sheets.guard import part_name
from planner.sheets.ooxml.elements import Element, parse
from planner.sheets.ooxml.markup import Splice, escape, spliced, with_child
from planner.sheets.ooxml.package import Package

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_NAMESPACE}"/>'.encode()


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow: id, type (its last word, `worksheet`; the whole in `full_type`) and the part it leads to, if any."""

    id: str
    type: str
    full_type: str
    part: str | None


def rels_name(part: str) -> str:
    """The part that holds the relationships of a part; "" is the package.

    >>> rels_name("xl/workbook.xml"), rels_name("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    part = part_name(part)
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def relationships(package: Package, part: str) -> list[Relationship]:
    """Where a part leads; what stands outside of the package has no part."""
    name = package.find(rels_name(part))
    if name is None:
        return []
    return [_relationship(package, part, element) for element in parse(package.read(name)).all("Relationship")]


def _relationship(package: Package, part: str, element: Element) -> Relationship:
    target, kind = element.get("Target") or "", element.get("Type") or ""
    found = None
    if element.get("TargetMode") != "External":
        path = target if target.startswith("/") else join(dirname(part_name(part)), target)
        path = normpath(path).lstrip("/")
        found = package.find(path) or package.find(unquote(path))
    return Relationship(element.get("Id") or "", kind.rpartition("/")[2], kind, found)


def parts_of(package: Package, part: str, kind: str) -> list[str]:
    """The parts of one type that a part leads to."""
    return [found.part for found in relationships(package, part) if found.type == kind and found.part]


def add_relationship(package: Package, part: str, full_type: str, target: str) -> str:
    """Lead from a part to another, which is named absolutely; the id of the new relationship."""
    name = package.find(rels_name(part)) or rels_name(part)
    text = package.read(name) if package.find(name) else _EMPTY
    root = parse(text)
    used = {element.get("Id") for element in root.children}
    number = next(n for n in range(1, len(used) + 2) if f"rId{n}" not in used)
    entry = b'<%sRelationship Id="rId%d" Type="%s" Target="/%s"/>' % (
        root.prefix,
        number,
        escape(full_type),
        escape(target),
    )
    package.write(name, with_child(text, root, entry))
    return f"rId{number}"


def remove_relationship(package: Package, part: str, target: str) -> None:
    """Forget the arrows from a part to another."""
    name = package.find(rels_name(part))
    if name is None:
        return
    text = package.read(name)
    gone = [
        Splice(element.start, element.end, b"")
        for element in parse(text).all("Relationship")
        if _relationship(package, part, element).part == target
    ]
    package.write(name, spliced(text, gone))
