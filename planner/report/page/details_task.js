// A task: why it is there, from whom it waits, who waits for it, its float and effort, where it was typed.
const TaskDetails = (() => {
  const { el, typed } = Dom;
  const { plan } = Model;
  const { cells, conflictList, days, facts, forecast, joined, link, part, reasoned } = Parts;
  const { day, fullDay, number, weeks } = Wording;
  const LONGEST_CHAIN = 12;

  // From a task back to what begins by itself: what binds it, what binds that, and so on.
  function chain(task) {
    const made = [];
    const seen = new Set([task.id]);
    let at = task;
    for (;;) {
      const next = at.reason.tasks.map((id) => Model.tasks.get(id)).find((one) => one && !seen.has(one.id));
      if (!next) return made;
      if (made.length === LONGEST_CHAIN) return [...made, el("li", {}, link("task", next.id), " and so on")];
      seen.add(next.id);
      made.push(el("li", {}, link("task", next.id), " ", ...reasoned(next.reason)));
      at = next;
    }
  }

  function neighbours(links, when) {
    if (!links.length) return el("p", { class: "quiet" }, when === "finish" ? "Nothing." : "Nobody.");
    return el(
      "ul",
      { class: "lines" },
      links.map((one) => {
        const other = Model.tasks.get(one.task);
        return el(
          "li",
          {},
          link("task", one.task),
          " ",
          typed(other?.title || ""),
          el(
            "span",
            { class: "quiet" },
            ` ${[one.cross_team ? one.team : "same team", one.relation, other ? `${when === "finish" ? "done" : "starts"} ${day(other[when])}` : ""].filter(Boolean).join(" · ")}`,
          ),
        );
      }),
    );
  }

  function effortOf(task) {
    const typedTask = plan.typed_tasks[task.id];
    const range = typedTask?.estimate ? ` as ${typedTask.estimate.map(number).join("-")} engineer-days` : "";
    const engineers = Model.assumptionsOf.get(task.id)?.some((one) => one.column === "Engineers")
      ? ", a number that is assumed"
      : "";
    return `${weeks(task.effort)} (${typedTask?.effort || "stated"}${range}); ${number(task.engineers)} at once${engineers}`;
  }

  function view(task) {
    const typedTask = plan.typed_tasks[task.id];
    const binding = chain(task);
    return [
      typedTask?.description ? el("p", { class: "description", dir: "auto" }, typedTask.description) : null,
      part(
        "Why it is there",
        el("p", { class: "reason" }, ...reasoned(task.reason)),
        binding.length
          ? [
              el("p", { class: "quiet" }, "What binds it, back to the first day:"),
              el("ol", { class: "chain" }, binding),
            ]
          : null,
      ),
      facts(
        ["When", `${fullDay(task.start)} – ${fullDay(task.finish)}, ${days(task.working_days)}`],
        ["Launches", task.launch ? fullDay(task.launch) : ""],
        ["Team", joined(task.teams.map((team) => link("team", team)))],
        ["Item", joined(task.items.map((id) => link("item", id, `${id} ${Model.titleOf(id)}`)))],
        ["Place", task.sequence ? `${task.sequence} in the plan, ${task.queue} in its team's queue` : task.status],
        ["Status", task.status],
        ["Effort", effortOf(task)],
        [
          "Float",
          task.sequence
            ? `${days(task.total_float)} until the plan ends later, ${number(task.free_float)} until another task moves${task.on_chain ? "; on the critical chain" : ""}`
            : "",
        ],
        [
          "Due",
          task.due ? `${fullDay(task.due)}${task.days_late ? `, ${days(task.days_late)} late` : ", in time"}` : "",
        ],
        ["Forecast", forecast(Model.forecasts.task.get(task.id))],
        ["Touches", (typedTask?.touches || []).join(", ")],
        [
          "Decisions",
          joined(
            (Model.decisionsOf.get(task.id) || []).map((decision) => [
              link("decision", decision.id, `${decision.id} ${decision.question}`),
              `, by ${day(decision.due)}`,
            ]),
          ),
        ],
        ["Cycle", task.in_cycle ? "in a circle of dependencies, of which one is ignored" : ""],
      ),
      part("Waits for", neighbours(task.waits_for, "finish")),
      part("Who waits for it", neighbours(task.waited_by, "start")),
      conflictList(Model.conflictsOf.get(task.id)),
      Model.assumptionsOf.has(task.id)
        ? part(
            "Assumed",
            el(
              "ul",
              { class: "lines" },
              Model.assumptionsOf
                .get(task.id)
                .map((one) =>
                  el(
                    "li",
                    {},
                    `${one.column}: `,
                    typed(one.value),
                    one.cell ? [" ", el("code", {}, typed(one.cell))] : null,
                  ),
                ),
            ),
          )
        : null,
      cells(task.cells),
    ];
  }

  return { view };
})();
