"""A paper as JSON for programs: its blocks with their bare words."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, assert_never

from planner.domain.paper import (
    Block,
    Bullets,
    Callout,
    EvidenceList,
    Figures,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Pictures,
    Table,
    words,
)


def paper_json(paper: Paper, files: Sequence[str]) -> str:
    """Title, stamp, blocks and the files that were written; ends with a newline."""
    stamp = {**asdict(paper.stamp), "as_of": paper.stamp.as_of.isoformat()}
    content = {
        "title": paper.title,
        "stamp": stamp,
        "blocks": [_object(block) for block in paper.blocks],
        "files": list(files),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _object(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "text": words(block.text)}
        case Callout():
            return {"kind": "callout", "text": words(block.text)}
        case Bullets():
            return {"kind": "bullets", "items": [words(item) for item in block.items]}
        case Table():
            titles = [column.title for column in block.columns]
            return {
                "kind": "table",
                "rows": [dict(zip(titles, map(words, row), strict=True)) for row in block.rows],
            }
        case Figures():
            return {"kind": "figures", "figures": [asdict(figure) for figure in block.figures]}
        case Pictures():
            return {"kind": "pictures", "pictures": [{"name": p.name, "alt": p.alt} for p in block.pictures]}
        case EvidenceList():
            return {"kind": "evidence", "evidence": {each.id: words(each.text) for each in block.evidence}}
        case PageBreak():
            return {"kind": "page break"}
        case _:
            assert_never(block)
