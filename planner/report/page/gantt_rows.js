// The rows of the timeline: a group for each item or team, below it its tasks in the order of the plan.
const GanttRows = (() => {
  const { plan } = Model;
  const { count, count_day, day, target } = Wording;

  const bySequence = (a, b) => (a.sequence || Infinity) - (b.sequence || Infinity) || a.first - b.first;

  function itemGroup(item) {
    const lands = item.lands ? `lands ${day(item.lands)}` : "nobody has taken it";
    return {
      key: `item:${item.id}`,
      kind: "item",
      id: item.id,
      title: item.title,
      tasks: [],
      remark: item.days_late ? `${count(item.days_late, "day")} late` : lands,
      end: count_day(item.lands),
      target: count_day(item.target?.last),
      late: item.days_late,
      forecast: Model.forecasts.item.get(item.id),
      said: `${lands}${item.target ? `, target ${target(item.target)}` : ""}${item.days_late ? `, ${count(item.days_late, "day")} late` : ""}`,
    };
  }

  function teamGroup(team) {
    const load = team.is_external ? "vendor" : `${Wording.percent(team.busy)} busy`;
    return { key: `team:${team.name}`, kind: "team", id: team.name, title: "", tasks: [], remark: load, said: load };
  }

  const rest = (title) => ({ key: "rest", kind: "rest", id: "", title, tasks: [], remark: "", said: "" });

  function groups(view) {
    const made = view === "item" ? plan.items.map(itemGroup) : plan.teams.map(teamGroup);
    const known = new Map(made.map((group) => [group.id, group]));
    const others = rest(view === "item" ? "Tasks without an item" : "Nobody has taken these");
    for (const task of [...plan.tasks].sort(bySequence)) {
      if (!Filter.hasTask(task.id)) continue;
      const homes = (view === "item" ? task.items : task.teams.slice(0, 1))
        .map((id) => known.get(id))
        .filter(Boolean);
      for (const home of homes.length ? homes : [others]) home.tasks.push(task);
    }
    const empty = (group) => !group.tasks.length && (Filter.isActive() || view === "team");
    return [...made, others]
      .filter((group) => group !== others || others.tasks.length)
      .filter((group) => !empty(group));
  }

  // Groups that are shut show no tasks; what a row opens is a kind and an id.
  function rows(view, shut) {
    const made = [];
    const all = groups(view);
    for (const group of all) {
      const open = !shut.has(group.key);
      made.push({ kind: "group", group, open, level: 1, opens: [group.kind, group.id] });
      if (open)
        for (const task of group.tasks) made.push({ kind: "task", task, group, level: 2, opens: ["task", task.id] });
    }
    return { rows: made, groups: all };
  }

  // The day a group's line begins and ends.
  const extent = (group) => ({
    first: group.tasks.reduce((least, task) => Math.min(least, task.first), Infinity),
    last: group.tasks.reduce((most, task) => Math.max(most, task.out ?? task.last), group.end ?? -Infinity),
  });

  return { rows, extent };
})();
