"""What can be promised: many courses of events of one plan, simulated, and what they have in common.

In: a `Formulation` with the schedule of a plan. Out: a `domain.forecast.Forecast`. The way of a forecast:

    ranges      what is known of each estimate: three points as multiples of the planned one
    quantiles   how a multiple is drawn: PERT-beta, a common factor per team, numbers that depend on names only
    model       problem, plan and ranges as flat arrays
    events      one course of events, day by day, in machine code
    plainly     the same courses without machine code, all runs side by side
    simulate    runs in chunks on several threads; stops when asked
    summary     percentiles, chances, drivers: counts become dates

**The policy.** A team takes the next task of its queue when it is free; the queue is the plan's sequence. Where the
next task still waits for somebody, the first later one goes ahead whose planned day has come; where it lacks
engineers, the team keeps them for it. A task waits for the evidence that it waits for in the plan. So a course in
which everything takes as long as planned is the plan itself. With the policy "chain" every task waits instead for
those whose engineers it takes over in the plan: what the resource-critical chain is made of.

**A hypothesis fails** with probability 1 - p. When its test is done (and its readout day has come) what relies on
it stops: unbegun tasks are not done, running ones end, finished ones are thrown away; of the tasks that the plan
adds (`scheduling.experiments`) the ramp is not done and the roll-back takes all its time, else it is not done. Who
waited for any of them goes on without.

To simulate something new, add its arrays to `model`, its event to `events` and, written anew, to `plainly`:
`tests/forecast` makes random plans on which both have to agree run by run.
"""

from planner.forecast.forecasting import forecast

__all__ = ["forecast"]
