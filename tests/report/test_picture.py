import os
import sys
import tempfile

import graphviz
import pytest

from planner.domain.errors import UserError
from planner.report.dot import task_graph
from planner.report.picture import png, render

from .diagrams import five_teams

DOT = 'digraph { rankdir=LR; a [label="Zürich 😀"]; a -> b }'


def no_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def test_pictures_are_what_they_are_called() -> None:
    assert "Zürich 😀".encode() in render(DOT, "svg")
    assert render(DOT, "png").startswith(b"\x89PNG")


def test_without_a_dot_on_the_path_pygraphviz_draws_in_silence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    no_dot(monkeypatch)
    assert b"</svg>" in render(DOT, "svg")
    assert render(DOT, "png").startswith(b"\x89PNG")
    assert capfd.readouterr() == ("", "")
    os.write(2, b"still there")
    assert capfd.readouterr().err == "still there"


def test_a_dot_that_cannot_draw_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise graphviz.CalledProcessError(1, ["dot"], stderr=b"no plugin")

    monkeypatch.setattr(graphviz.Source, "pipe", broken)
    assert render(DOT, "png").startswith(b"\x89PNG")


def test_without_either_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    no_dot(monkeypatch)
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(UserError, match=r"install its `dot`.*pygraphviz"):
        render(DOT, "svg")


def test_the_same_plan_is_the_same_picture_and_names_no_path_of_this_machine() -> None:
    picture = render(task_graph(five_teams()), "svg")
    assert picture == render(task_graph(five_teams()), "svg")
    places = (os.getcwd(), os.path.expanduser("~"), sys.prefix, tempfile.gettempdir())
    assert [place for place in places if os.fsencode(place) in picture] == []


def test_our_svg_becomes_png_with_the_fonts_of_the_package() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{}</svg>'
    said = png(svg.format('<text x="5" y="25">Grüße 😀 مرحبا</text>'))
    assert said.startswith(b"\x89PNG")
    assert len(said) > 2 * len(png(svg.format("")))
