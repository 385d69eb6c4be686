from planner.graph.dsm import team_dsm

from .tables import roadmap


def test_providers_come_first_and_only_mutual_dependencies_stay_above_the_diagonal() -> None:
    dsm = team_dsm(
        roadmap("""
        WEB-1 | Web            | PAY-1, LED-1   |
        WEB-2 | Web            | WEB-1, PAY-2   |
        PAY-1 | Payments Web   | LED-1          |
        PAY-2 | Payments       | soft:LED-1     |
        LED-1 | Ledger         |                |
        LED-2 | Ledger         | PAY-2          |
        LED-3 | Ledger         | WEB-1          | status=dropped
        X-1   |                | WEB-1          |""")
    )
    assert dsm.teams == ("Ledger", "Payments", "Web")
    assert dsm.counts == (
        (0, 1, 0),
        (2, 0, 0),
        (1, 2, 1),
    )
