"""Make the sample workbooks beside this script; the same bytes every time. Run by `make sample`."""

from pathlib import Path

from commerce import commerce_workbook
from intake import intake_workbook
from quillon import read_story

FOLDER = Path(__file__).parent


def main() -> None:
    story = read_story()
    (FOLDER / "commerce-platform.xlsx").write_bytes(commerce_workbook(story))
    (FOLDER / "intake-messy.xlsx").write_bytes(intake_workbook(story))


if __name__ == "__main__":
    main()
