"""The list of content types: looked up, added to, taken from."""

from planner.sheets.guard import part_name
from planner.sheets.ooxml.elements import parse
from planner.sheets.ooxml.markup import Splice, escape, spliced, with_child
from planner.sheets.ooxml.package import Package

NAME = "[Content_Types].xml"


def content_type(package: Package, part: str) -> str:
    """The type of a part by its own entry, else by its ending; empty where neither says one."""
    part = part_name(part)
    root = parse(package.read(_name(package)))
    for entry in root.all("Override"):
        if (entry.get("PartName") or "").lstrip("/").casefold() == part.casefold():
            return entry.get("ContentType") or ""
    ending = part.rpartition(".")[2].casefold()
    defaults = (entry for entry in root.all("Default") if (entry.get("Extension") or "").casefold() == ending)
    return next((entry.get("ContentType") or "" for entry in defaults), "")


def add_content_type(package: Package, part: str, kind: str) -> None:
    """Name the type of a new part."""
    name = _name(package)
    text = package.read(name)
    root = parse(text)
    entry = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (root.prefix, escape(part), escape(kind))
    package.write(name, with_child(text, root, entry))


def remove_content_type(package: Package, part: str) -> None:
    """Forget the entry of a part that goes."""
    name = _name(package)
    text = package.read(name)
    gone = [
        Splice(entry.start, entry.end, b"")
        for entry in parse(text).all("Override")
        if (entry.get("PartName") or "").lstrip("/").casefold() == part_name(part).casefold()
    ]
    package.write(name, spliced(text, gone))


def _name(package: Package) -> str:
    return package.find(NAME) or NAME
