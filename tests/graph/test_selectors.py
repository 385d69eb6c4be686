import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cells import Source
from planner.domain.roadmap import Roadmap, Task, id_key
from planner.graph.selectors import SelectionError, quote, select

from .tables import roadmap

CHAIN = roadmap("""
    PAY-1  | Payments          |        | item=ASK-1 status=done
    PAY-12 | Payments Ledger   | PAY-1  | item=ASK-3 touches=ledger
    LED-1  | Ledger            | PAY-12 | item=ASK-3,ASK-4 touches=ledger
    LED-2  | Ledger            | LED-1  | item=ASK-4 status=in_progress
    WEB-7  | external:Acme     | LED-2  |
""")


@pytest.mark.parametrize(
    ("expression", "tasks"),
    [
        ("PAY-12", "PAY-12"),
        ("pay-12", "PAY-12"),
        ('"PAY-12"', "PAY-12"),
        ("+PAY-12", "PAY-1 PAY-12"),
        ("PAY-12+2", "PAY-12 LED-1 LED-2"),
        ("PAY-12+", "PAY-12 LED-1 LED-2 WEB-7"),
        ("1+LED-1+", "PAY-12 LED-1 LED-2 WEB-7"),
        ("+LED-1+1", "PAY-1 PAY-12 LED-1 LED-2"),
        ("0+LED-1", "LED-1"),
        ("team:ledger", "PAY-12 LED-1 LED-2"),
        ("Team:Ledger,item:ASK-3", "PAY-12 LED-1"),
        ("team:Ledger , item:ASK-3", "PAY-12 LED-1"),
        ("WEB-7 PAY-1", "PAY-1 WEB-7"),
        ("item:ASK-3,status:planned PAY-1", "PAY-1 PAY-12 LED-1"),
        ("component:ledger+1", "PAY-12 LED-1 LED-2"),
        ('status:"in progress"', "LED-2"),
        ("team:external:Acme", "WEB-7"),
        ("status:dropped", ""),
    ],
)
def test_expressions(expression: str, tasks: str) -> None:
    assert select(expression, CHAIN) == tuple(tasks.split())


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("PAY-13", 'There is no task "PAY-13". Did you mean PAY-1 or PAY-12?'),
        ("Payment", "Did you mean team:Payments"),
        ("team:Leger", 'There is no team "Leger". Did you mean team:Ledger?'),
        ("team:Acme", 'There is no team "Acme". Did you mean team:"external:Acme"?'),
        ("squad:Ledger", '"squad:" is not a selector (must be one of team, item, component, status)'),
        ("status:open", 'There is no status "open".'),
        ("PAY-1,", "at its end"),
        ('"PAY-1', "double quotes"),
        ("", "Cannot read the selection"),
        ("PAY-1++LED-1", "at 'PAY-1++LED-1'"),
    ],
)
def test_what_cannot_be_selected_says_how_it_could(expression: str, message: str) -> None:
    with pytest.raises(SelectionError) as error:
        select(expression, CHAIN)
    assert message in str(error.value)


names = st.text(min_size=1, max_size=8).filter(id_key) | st.text('+,:" ab1', min_size=1).filter(id_key)


@given(st.lists(names, min_size=1, max_size=5, unique_by=id_key), st.data())
def test_a_quoted_id_selects_exactly_that_task(ids: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(ids))
    tasks = Roadmap(tasks=tuple(Task(name, Source("q3.xlsx", "Tasks", 2)) for name in ids))
    assert select(quote(wanted), tasks) == (wanted,)
