"""Cells that hold `name=value` pairs or `name:mode` entries."""

import re

from planner.domain.roadmap import Setting, Touch, TouchMode
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.numbers import not_a_number, number_of, parse_probability, to_days, to_number
from planner.sheets.values.parsed import NOTHING, Conventions, Parsed, Problem, fold, text_of
from planner.sheets.values.words import parse_choice, split_list

Shares = tuple[tuple[str, float], ...]
"""(name as typed, amount) pairs."""

TOLERANCE = 0.01
"""Options whose probabilities add up to 1 within this are fine: people round."""


def split_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """(name, value) of each entry, `=` or else the last colon between them; the value is empty where there is none.

    Entries are separated by semicolons or lines; by commas only where a name follows, so that 0,5 stays whole.

    >>> split_pairs("A=0,5; B=1"), split_pairs("A=1, B=2")
    ((('A', '0,5'), ('B', '1')), (('A', '1'), ('B', '2')))
    """
    parts = re.split(r"[;\n]", text)
    if len(parts) == 1:
        parts = re.split(r",\s*(?=[^\d\s])", text)
    pairs = []
    for part in parts:
        name, _, value = part.partition("=") if "=" in part else part.rpartition(":")
        if not name:
            name, value = value, ""
        if name.strip() or value.strip():
            pairs.append((name.strip(), value.strip(" =")))
    return tuple(pairs)


def parse_settings(value: Value, conventions: Conventions) -> Parsed[tuple[Setting, ...]]:
    """`ledger.storage=Aurora; invoice-api.version=2`."""
    settings: list[Setting] = []
    problems: list[Problem] = []
    for name, typed in split_pairs(text_of(value)):
        if name and typed:
            settings.append(Setting(name, typed))
        elif fold(name) not in NOTHING:
            problems.append(
                Problem(rules.UNREADABLE_VALUE, f'has "{name or typed}" without key=value; it is ignored.')
            )
    return Parsed(tuple(settings), tuple(problems))


_parse_mode = parse_choice(TouchMode)


def parse_touches(value: Value, conventions: Conventions) -> Parsed[tuple[Touch, ...]]:
    """`ledger:replace; invoice-api` or `ledger (replace)`; without a mode it is a change."""
    touches: list[Touch] = []
    problems: list[Problem] = []
    bare: list[str] = []
    for entry in split_list(text_of(value)):
        match = re.fullmatch(
            r"(?P<name>.+?)\s*(?::\s*(?P<mode>[^:]*)|\((?P<bracket>[^()]*)\)|=\s*(?P<set>.*))", entry
        )
        typed = (match["mode"] or match["bracket"] or match["set"] or "").strip() if match else ""
        name = match["name"].strip() if match else entry
        mode = _parse_mode(typed, conventions) if typed else None
        if mode is None:
            bare.append(name)
        elif mode.value is None:
            hint = "".join(problem.suggestion for problem in mode.problems)
            text = f'has the mode "{typed}", which is none of {", ".join(TouchMode)}; taken as change.'
            problems.append(Problem(rules.UNKNOWN_CHOICE, text, hint))
        touches.append(Touch(name, mode.value if mode and mode.value else TouchMode.CHANGE))
    assumed = f"{', '.join(bare)}: change" if bare else ""
    return Parsed(tuple(dict.fromkeys(touches)), tuple(problems), assumed)


def parse_options(value: Value, conventions: Conventions) -> Parsed[tuple[tuple[str, float | None], ...]]:
    """`Aurora=0.7; DynamoDB=30 %`: options with their probabilities, which add up to 1 when all are given."""
    options: list[tuple[str, float | None]] = []
    problems: list[Problem] = []
    for name, typed in _option_pairs(text_of(value)):
        probability = parse_probability(typed, conventions)
        problems.extend(
            Problem(problem.rule, f'has "{typed}" for "{name}", which {problem.text}', problem.suggestion)
            for problem in probability.problems
        )
        options.append((name, probability.value))
    given = [share for _, share in options if share is not None]
    total = sum(given)
    if given and (total > 1 + TOLERANCE or (len(given) == len(options) and total < 1 - TOLERANCE)):
        problems.append(Problem(rules.OPTIONS_SUM, f"adds up to {total:g}, not 1; used as typed."))
    return Parsed(tuple(options), tuple(problems))


def _option_pairs(text: str) -> list[tuple[str, str]]:
    """As `split_pairs`, also `Aurora 70 %` and `Aurora (70 %)`; commas and slashes separate bare names."""
    pairs: list[tuple[str, str]] = []
    for name, typed in split_pairs(text):
        match = None if typed else re.fullmatch(r"(.+?)\s*\(?\s*([\d.,]{1,12}\s*%)\s*\)?", name)
        pairs.append((match[1], match[2]) if match else (name, typed))
    return [(name, typed) for name, typed in pairs if name and fold(name) not in NOTHING]


def parse_shares(value: Value, conventions: Conventions) -> Parsed[Shares]:
    """`TeamA=2; TeamB=5`: an amount in ED per name; a name alone gets 0."""
    shares: list[tuple[str, float]] = []
    problems: list[Problem] = []
    for name, typed in split_pairs(text_of(value)):
        if not name or fold(name) in NOTHING:
            continue
        number = to_number(typed) if typed else 0.0
        number = to_days(typed) if number is None else number
        if number is None or number < 0:
            problems.append(Problem(rules.UNREADABLE_VALUE, f'has "{typed}" for "{name}", no amount; taken as 0.'))
        shares.append((name, number if number is not None and number >= 0 else 0.0))
    return Parsed(tuple(shares), tuple(problems))


def _split_general(text: str) -> tuple[str, Shares, tuple[str, ...]]:
    """A bare number and (name, number) pairs of one cell, and the entries that are neither."""
    general, shares, odd = "", [], []
    for name, typed in split_pairs(text):
        number = to_number(typed.rstrip("% "))
        if name and number is not None:
            shares.append((name, number / 100 if typed.endswith("%") else number))
        elif not typed and to_number(name.rstrip("% ")) is not None:
            general = name
        elif fold(name) not in NOTHING:
            odd.append(f"{name}={typed}" if typed else name)
    return general, tuple(shares), tuple(odd)


def parse_friction(value: Value, conventions: Conventions) -> Parsed[tuple[float | None, Shares]]:
    """A number 0..1 that holds with every team, and `Ledger=0.4` for one of them."""
    if not isinstance(value, str):
        single = parse_probability(value, conventions)
        return Parsed((single.value, ()), single.problems)
    general, shares, odd = _split_general(text_of(value))
    single = parse_probability(general, conventions)
    problems = [*single.problems]
    problems.extend(Problem(rules.UNREADABLE_VALUE, f'has "{entry}", no friction; it is ignored.') for entry in odd)
    wrong = [name for name, share in shares if not 0 <= share <= 1]
    problems.extend(Problem(rules.OUT_OF_RANGE, f'is outside 0..1 for "{name}"; it is ignored.') for name in wrong)
    return Parsed((single.value, tuple(s for s in shares if s[0] not in wrong)), tuple(problems))


def parse_engineers(value: Value, conventions: Conventions) -> Parsed[tuple[float | None, Shares]]:
    """A number of engineers at once, or `PAY=2; LED=1`."""
    number = number_of(value)
    if number is None:
        typed = re.sub(r"^~\s*|\s*(?:engineers?|people|persons?|fte|devs?)$", "", text_of(value), flags=re.I)
        general, shares, odd = _split_general(typed)
        number = to_number(general) if general else None
        if odd or (number is None and not shares):
            return Parsed((None, ()), not_a_number(value, "a number of engineers"))
    else:
        shares = ()
    if (number is not None and number <= 0) or any(share <= 0 for _, share in shares):
        return Parsed((None, ()), (Problem(rules.OUT_OF_RANGE, "is not more than 0; treated as blank."),))
    return Parsed((number, shares))
