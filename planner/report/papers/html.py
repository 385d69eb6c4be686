"""A paper as one HTML file that survives being pasted into Outlook and Word.

Both drop style sheets and flexible layouts: styles stand at every element, everything side by side is a table, and
pictures are PNG inside the file with their size in attributes.
"""

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from typing import assert_never

from planner.domain.paper import (
    Block,
    Bullets,
    Callout,
    Cite,
    Code,
    EvidenceList,
    Figures,
    Heading,
    Inline,
    Link,
    PageBreak,
    Paper,
    Paragraph,
    Pictures,
    Strong,
    Table,
    Text,
    parts,
)
from planner.report.papers.style import (
    FILL,
    FONT,
    INK,
    LINE,
    MARGIN_MM,
    MONO,
    QUIET,
    WARM,
    WARM_LINE,
    WIDTH_PX,
    Sizes,
    percentages,
    sizes,
)
from planner.report.picture import png, png_size
from planner.report.wording import plain, run, safe_url, stamp_line

GAP = 8
"""Pixels between pictures side by side."""


def paper_html(paper: Paper) -> str:
    """The whole paper; ends with a newline."""
    size = sizes(paper)
    title = escape(plain(paper.title))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>@page{{size:A4;margin:{MARGIN_MM}mm}}",
            "@media print{body{margin:0!important;padding:0!important;"
            "-webkit-print-color-adjust:exact;print-color-adjust:exact}}",
            "</style>",
            "</head>",
            f'<body style="margin:24px auto;padding:0 12px;max-width:{WIDTH_PX}px;font-family:{FONT},sans-serif;'
            f'font-size:{size.text}pt;line-height:1.3;color:{INK};background:#ffffff;overflow-wrap:anywhere">',
            f'<h1 style="margin:0;font-size:{size.title}pt;line-height:1.15;color:{LINE}">{title}</h1>',
            f'<p style="margin:2pt 0 {size.gap}pt;font-size:{size.small}pt;color:{QUIET}">'
            f"{escape(stamp_line(paper.stamp))}</p>",
            *(_block(block, size) for block in paper.blocks),
            "</body>",
            "</html>\n",
        ]
    )


def _block(block: Block, size: Sizes) -> str:
    match block:
        case Heading():
            level, type = block.level + 1, size.heading(block.level)
            return (
                f'<h{level} style="margin:{size.gap * 1.5}pt 0 {size.gap / 2}pt;font-size:{type}pt;'
                f'line-height:1.2;color:{LINE};break-after:avoid">{escape(plain(block.text))}</h{level}>'
            )
        case Paragraph():
            return f'<p style="margin:0 0 {size.gap}pt">{_text(block.text)}</p>'
        case Bullets():
            items = "".join(f'<li style="margin:0 0 {size.gap / 3:.1f}pt">{_text(item)}</li>' for item in block.items)
            return f'<ul style="margin:0 0 {size.gap}pt;padding-left:16pt">{items}</ul>'
        case Table():
            return _table(block, size)
        case Figures():
            return _figures(block, size)
        case Pictures():
            return _pictures(block, size)
        case Callout():
            style = f"border-left:4px solid {WARM_LINE};background:{WARM};padding:{size.gap}pt {size.gap * 1.5}pt"
            cell = f'<td bgcolor="{WARM}" style="{style}">{_text(block.text)}</td>'
            return _sheet([f"<tr>{cell}</tr>"], size, ' role="presentation"')
        case EvidenceList():
            items = "".join(
                f'<p id="{escape(plain(each.id))}" style="margin:0 0 2pt;font-size:{size.small}pt">'
                f"<b>{escape(plain(each.id))}</b> {_text(each.text)}</p>"
                for each in block.evidence
            )
            return f'<div style="margin:0 0 {size.gap}pt">{items}</div>'
        case PageBreak():
            return '<div style="break-before:page;page-break-before:always"></div>'
        case _:
            assert_never(block)


def _sheet(rows: Iterable[str], size: Sizes, role: str = "") -> str:
    """A table as wide as the text."""
    return (
        f'<table width="100%" border="0" cellpadding="0" cellspacing="0"{role} style="width:100%;table-layout:fixed;'
        f'border-collapse:collapse;margin:0 0 {size.gap}pt;font-size:{size.table}pt;line-height:1.25">'
        f"{''.join(rows)}</table>"
    )


def _table(table: Table, size: Sizes) -> str:
    pad = f"padding:{size.cell}pt 5pt;vertical-align:top"
    shares = percentages([column.width for column in table.columns])
    head = "".join(
        f'<th scope="col" width="{share}%" align="{column.align}" bgcolor="{FILL}" style="width:{share}%;{pad};'
        f'text-align:{column.align};border-bottom:1px solid {LINE};background:{FILL}">'
        f"{escape(plain(column.title))}</th>"
        for column, share in zip(table.columns, shares, strict=True)
    )
    body = (
        "<tr>"
        + "".join(
            f'<td align="{column.align}" style="{pad};text-align:{column.align};border-bottom:1px solid {FILL}">'
            f"{_text(cell)}</td>"
            for column, cell in zip(table.columns, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return _sheet([f"<thead><tr>{head}</tr></thead><tbody>", *body, "</tbody>"], size)


def _figures(block: Figures, size: Sizes) -> str:
    share = percentages([1.0] * len(block.figures))
    cells = "".join(
        f'<td width="{each}%" bgcolor="{FILL}" style="width:{each}%;padding:5pt 6pt;vertical-align:top;'
        f'background:{FILL};border-right:4px solid #ffffff">'
        f'<span style="font-size:{size.figure}pt;font-weight:bold;color:{LINE}">'
        f"{escape(plain(figure.value))}</span><br>"
        f"<b>{escape(plain(figure.label))}</b><br>"
        f'<span style="color:{QUIET};font-size:{size.small}pt">{escape(plain(figure.note))}</span></td>'
        for figure, each in zip(block.figures, share, strict=True)
    )
    return _sheet([f"<tr>{cells}</tr>"], size)


def _pictures(block: Pictures, size: Sizes) -> str:
    number = len(block.pictures)
    wide = (WIDTH_PX - GAP * (number - 1)) // number
    cells = []
    for picture in block.pictures:
        image = png(picture.svg)
        across, high = png_size(image)
        cells.append(
            '<td align="center" style="vertical-align:top">'
            f'<img src="data:image/png;base64,{b64encode(image).decode()}" '
            f'alt="{escape(plain(picture.alt))}" width="{wide}" height="{round(wide * high / across)}" '
            f'style="display:block;width:{100 if number == 1 else 98}%;height:auto"></td>'
        )
    return _sheet([f"<tr>{''.join(cells)}</tr>"], size, ' role="presentation"')


def _text(text: Text) -> str:
    return "".join(map(_inline, parts(text))).strip()


def _inline(part: Inline) -> str:
    match part:
        case str():
            return escape(run(part))
        case Strong():
            return f"<b>{escape(run(part.text))}</b>"
        case Code():
            return f'<code style="font-family:{MONO},monospace">{escape(plain(part.text))}</code>'
        case Link():
            url, text = safe_url(part.url), escape(plain(part.text))
            return f'<a href="{escape(url)}" style="color:{LINE}">{text}</a>' if url else text
        case Cite():
            name = escape(plain(part.evidence))
            return f'<a href="#{name}" style="color:{LINE}">[{name}]</a>'
        case _:
            assert_never(part)
