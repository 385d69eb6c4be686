"""From a roadmap to a verified sequence: formulate in integers, generate, improve, bound, explain.

In: a `Roadmap` (`formulate` makes a `domain.problem.Problem` of it). Out: a `Solution` and the facts that
explain it. The way of a plan: `formulate` -> `solve`, which runs

1. `sgs` with every rule of `priorities`, serial and parallel: a first schedule within a second;
2. `improve`: other orders of the same list, waiting on purpose where a priced structure suggests it (`options`,
   checked by `local` changes of J), then neighbourhoods freed for CP-SAT, as long as the budget lasts;
3. `cpsat`: the whole problem where it is small enough, with a proof;
4. `bounds` and `lagrange`: what no schedule can undercut.

Before that, `formulate` has `choices` obey what people decided, and `pricing` add what a sequence can waste besides
time (`supersessions`, `risks`, `teamwork`, `debts`); `changes` makes the roadmap that a way out of a conflict would
leave, to be planned like any other.

`verify` re-checks every schedule and shares no code with these; `clash` finds the smallest set of facts that
cannot hold together; `explain` says what binds each start; `windows` holds the critical path method that they
share; `timing` turns starts into schedules. `budget` limits them all, by the clock or by work.

`anchors` keep a plan close to the one before, at a price per moved start that is no part of J, and `moves` says why
each task moved; `reserve` takes from shared teams what another roadmap's plan uses of them.

To add a priority rule, write one function in `priorities` and its line in `PRIORITY_RULES`: `latest_finish`
is four lines. A new kind of waste is a structure in `domain.problem`, a module like `debts`, its line in
`pricing.priced` and its term in `planner.objective`. A new constraint goes to `domain.problem`, then to `windows`
(the earliest and latest start that it leaves), `sgs`, `cpsat` and, written anew, to `verify`;
`tests/scheduling/instances.py` makes random problems with it, on which all of them have to agree.
"""
