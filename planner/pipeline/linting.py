"""The story of `roadmap lint`: documents are read and their prose is checked."""

from collections.abc import Sequence
from pathlib import Path

from planner.decisions.lint import lint as check_prose
from planner.decisions.reading_markdown import read_markdown
from planner.decisions.reading_word import read_word
from planner.decisions.text import Document
from planner.domain.errors import UserError
from planner.domain.prose import ProseCheck

MARKDOWN, WORD = (".md", ".markdown", ".txt"), ".docx"


def lint(paths: Sequence[Path]) -> tuple[ProseCheck, ...]:
    """Check Markdown and Word files, in the order given.

    Raises
    ------
    UserError
        If one of them cannot be read, or is of another kind.
    """
    return tuple(check_prose(_document(path), str(path)) for path in paths)


def _document(path: Path) -> Document:
    suffix = path.suffix.lower()
    if suffix not in (*MARKDOWN, WORD):
        raise UserError(f"{path}: only Markdown (.md) and Word (.docx) files are read")
    try:
        content = path.read_bytes()
        return read_word(content) if suffix == WORD else read_markdown(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
