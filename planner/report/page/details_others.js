// An item, a team or a decision in full.
const OtherDetails = (() => {
  const { el, typed } = Dom;
  const { plan } = Model;
  const { cells, conflictList, days, facts, forecast, joined, link, part, reasoned, taskLines } = Parts;
  const { count_day, day, fullDay, number, percent, span, target, weeks, DAYS_PER_WEEK } = Wording;

  function item(item) {
    const typedItem = plan.typed_items[item.id];
    return [
      typedItem?.description ? el("p", { class: "description", dir: "auto" }, typedItem.description) : null,
      item.reason ? part("Why then", el("p", { class: "reason" }, ...reasoned(item.reason))) : null,
      facts(
        ["Lands", item.lands ? fullDay(item.lands) : "nobody has taken it"],
        [
          "Target",
          item.target
            ? `${target(item.target)}${item.lands ? (item.days_late ? `, ${days(item.days_late)} late` : ", in time") : ""}`
            : "none",
        ],
        ["Forecast", forecast(Model.forecasts.item.get(item.id))],
        ["Asked by", [item.customer, item.origin].filter(Boolean).join(", ")],
        ["PM", item.pm],
        ["Priority", [item.priority, item.commitment].filter(Boolean).join(", ")],
        ["Evidence", typedItem?.evidence],
        [
          "Effort",
          `${weeks(item.effort)}${item.assumed_effort ? `, ${weeks(item.assumed_effort)} of it assumed` : ", stated"}`,
        ],
        ["Teams", joined(item.teams.map((team) => link("team", team)))],
      ),
      item.tasks.length ? part("Tasks in order", taskLines(item.tasks)) : null,
      conflictList(Model.open.filter((conflict) => conflict.items.includes(item.id) && conflict.cost)),
      cells(item.cells),
    ];
  }

  // Where a team's time goes until the end of the plan.
  function time({ gross, leave, on_call, operations, net, planned }) {
    const inWeeks = (amount) => number(amount / DAYS_PER_WEEK);
    const taken = [
      ["leave", leave],
      ["on call", on_call],
      ["operations", operations],
    ].filter(([, amount]) => amount);
    return `${weeks(gross)}${taken.map(([name, amount]) => ` − ${inWeeks(amount)} ${name}`).join("")} = ${inWeeks(net)}, of which ${inWeeks(planned)} planned`;
  }

  function team(team, week) {
    const monday = week && count_day(week);
    const busy = week
      ? plan.tasks.filter((task) => task.teams.includes(team.name) && task.first <= monday + 6 && task.last >= monday)
      : [];
    const load = team.weeks.findIndex((one) => one.week === week);
    const filtered = Filter.wanted.team === team.name;
    return [
      el(
        "p",
        {},
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              Filter.set({ team: filtered ? "" : team.name });
              Details.show(Selection.current);
            },
          },
          filtered ? "Show all teams" : "Show only this team",
        ),
      ),
      week
        ? part(
            `Week of ${day(week)}`,
            load >= 0
              ? el(
                  "p",
                  {},
                  `${number(team.weeks[load].planned / DAYS_PER_WEEK)} of ${weeks(team.weeks[load].capacity)} planned: ${percent(plan.shares[team.name][load])}`,
                )
              : null,
            busy.length
              ? taskLines(
                  busy.map((task) => task.id),
                  team.name,
                )
              : el("p", { class: "quiet" }, "No task."),
          )
        : null,
      facts(
        ["Organisation", team.org],
        ["Engineers", team.is_external ? "a vendor" : `${number(team.engineers)}${team.assumed ? " (assumed)" : ""}`],
        ["Work", weeks(team.demand)],
        ["Time", team.is_external ? "" : time(team.waterfall)],
        ["Busy", team.is_external ? "" : percent(team.busy)],
        ["Free from", team.free_from ? fullDay(team.free_from) : ""],
        [
          "Promised",
          team.overload_first
            ? `${percent(team.overload)}: ${weeks(team.overload_due)} due ${span(team.overload_first, team.overload_last)}, ${number(team.overload_has / DAYS_PER_WEEK)} there`
            : "",
        ],
        [
          "Waiting",
          team.waiting_days ? `its tasks wait ${days(team.waiting_days)} for its own capacity, summed` : "",
        ],
      ),
      part("Queue", team.queue.length ? taskLines(team.queue, team.name) : el("p", { class: "quiet" }, "Nothing.")),
    ];
  }

  function decision(decision) {
    return [
      facts(
        ["Due", `${fullDay(decision.due)}${decision.due_is_assumed ? " (assumed: nobody typed a day)" : ""}`],
        ["Driver", decision.driver || "nobody drives it"],
      ),
      part(
        "Hangs on it",
        decision.tasks.length ? taskLines(decision.tasks) : el("p", { class: "quiet" }, "No task."),
      ),
      conflictList(Model.open.filter((conflict) => conflict.decisions.includes(decision.id))),
      cells(decision.cells),
    ];
  }

  return { decision, item, team };
})();
