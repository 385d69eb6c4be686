"""`roadmap export --msproject`, `--mermaid`, `--ics`: every date of the plan, nothing that is reserved."""

import json
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree

from tests.exports import SECRETS, master
from tests.report.test_outgoing import SCHEMA, Read
from tests.round_trip import AS_OF, run

SAMPLE = Path(__file__).parent.parent / "data" / "commerce-platform.xlsx"
FILES = {"msproject": "project.xml", "mermaid": "gantt.mmd", "ics": "calendar.ics"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_task_of_the_sample_has_its_dates_and_they_follow_from_start_and_duration() -> None:
    code, said = run("export", str(SAMPLE), "--msproject", *AS_OF, "--out", "out", "--json")
    assert code == 0, said
    sent = json.loads(said)
    content = Path("out/project.xml").read_bytes()
    assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log
    found = Read(content)
    assert sent["tasks"] == 213 + 9  # ramps, clean-ups and roll-backs are ours
    assert sum(found.text(task, "OutlineLevel") == "2" for task in found.all("Tasks/Task")) == 213 + 9 + 44
    for name in ("LED-3", "INV-2", "SAN-5", "PAY-3", "MET-3"):
        assert found.finish(name).isoformat() == found.of(name, "Finish")[0][:10]


@pytest.mark.parametrize("form", FILES)
def test_what_has_an_audience_is_reserved_everywhere(form: str) -> None:
    master(Path())
    code, said = run("export", "master.xlsx", f"--{form}", *AS_OF)
    assert code == 0, said
    text = Path("exports/master", FILES[form]).read_text(encoding="utf-8")
    assert not [word for word in SECRETS if word in text]
    assert "Reserved" in text
    first = Path("exports/master", FILES[form]).read_bytes()
    run("export", "master.xlsx", f"--{form}", *AS_OF)
    assert Path("exports/master", FILES[form]).read_bytes() == first


def test_one_of_them_and_a_file_by_its_name() -> None:
    master(Path())
    code, said = run("export", "master.xlsx", "--msproject", "--ics")
    assert code == 2
    assert "say for whom" in said
    assert run("export", "master.xlsx", "--ics", *AS_OF, "--out", "launches.ics")[0] == 0
    assert Path("launches.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_calendar_has_launches_blocks_and_the_days_to_decide_by() -> None:
    run("plan", str(SAMPLE), *AS_OF, "--work", "0")
    assert run("export", "--ics", "--out", "days.ics")[0] == 0
    events = Calendar.from_ical(Path("days.ics").read_bytes()).walk("VEVENT")
    days = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert days["No launches: Commerce freeze"] == date(2026, 11, 20)
    assert days["Decide DEC-1: Which storage does the ledger use?"] == date(2026, 9, 25)
    plan = json.loads(Path("reports/commerce-platform/plan.json").read_text(encoding="utf-8"))
    due = [(c["message"], c["decide_by"]) for c in plan["conflicts"] if c["decide_by"] and not c["dismissed"]]
    assert due
    assert all(days[f"Decide by today: {message}"].isoformat() == day for message, day in due)
