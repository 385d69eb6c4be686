"""What the texts of an SVG cover, by the width table, and which of them meet or leave the canvas."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from planner.report.svg import Box, text_box

SVG = "{http://www.w3.org/2000/svg}"
TURNED = re.compile(r"rotate\(-90 ([\d.]+) ([\d.]+)\)")


def texts(svg: str) -> list[str]:
    """Everything that is written, line by line."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[str, Box]]:
    """Each text and what it covers."""
    return [(element.text or "", _box(element)) for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def _box(element: ElementTree.Element) -> Box:
    look = element.attrib
    x, y = float(look["x"]), float(look["y"])
    box = text_box(
        x,
        y,
        element.text or "",
        float(look["font-size"]),
        look.get("text-anchor", "start"),
        look.get("font-weight") == "bold",
    )
    if "transform" not in look:
        return box
    turned = TURNED.fullmatch(look["transform"])
    assert turned
    assert (float(turned[1]), float(turned[2])) == (x, y)
    return Box(x + box.top - y, y - (box.right - x), x + box.bottom - y, y - (box.left - x))


def faults(svg: str) -> list[str]:
    """Texts that leave the canvas and pairs that meet; half a unit is forgiven, for coordinates are rounded."""
    root = ElementTree.fromstring(svg)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    found = boxes(svg)
    outside = [
        f"{text!r} leaves the canvas"
        for text, box in found
        if box.left < -0.5 or box.top < -0.5 or box.right > wide + 0.5 or box.bottom > high + 0.5
    ]
    return [*outside, *_meetings(found)]


def _meetings(found: list[tuple[str, Box]]) -> Iterator[str]:
    """Sweep from left to right."""
    open_boxes: list[tuple[str, Box]] = []
    for text, box in sorted(found, key=lambda pair: pair[1].left):
        open_boxes = [(other, place) for other, place in open_boxes if place.right > box.left + 0.5]
        for other, place in open_boxes:
            if place.top + 0.5 < box.bottom and box.top + 0.5 < place.bottom:
                yield f"{text!r} meets {other!r}"
        open_boxes.append((text, box))
