// The plan and the front as they stand in the page, indexed for looking things up; no figure is changed here.
const Model = (() => {
  const plan = JSON.parse(Dom.byId("plan-data").textContent);
  Wording.setYear(plan.as_of);
  const { count_day } = Wording;

  const indexed = (list, key) => new Map(list.map((one) => [one[key], one]));
  const tasks = indexed(plan.tasks, "id");
  const items = indexed(plan.items, "id");
  const teams = indexed(plan.teams, "name");
  const conflicts = indexed(plan.conflicts, "id");
  const decisions = indexed(plan.decisions, "id");
  const forecast = plan.forecast || { items: [], tasks: [], finish: null };
  const forecasts = { task: indexed(forecast.tasks, "id"), item: indexed(forecast.items, "id") };

  for (const task of plan.tasks) {
    task.first = count_day(task.start);
    task.last = count_day(task.finish);
    task.out = count_day(task.launch);
  }

  function grouped(pairs) {
    const found = new Map();
    for (const [key, value] of pairs) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(value);
    }
    return found;
  }
  const open = plan.conflicts.filter((conflict) => !conflict.dismissed);
  const conflictsOf = grouped(open.flatMap((conflict) => conflict.tasks.map((task) => [task, conflict])));
  const assumptionsOf = grouped(plan.assumptions.map((assumption) => [assumption.subject, assumption]));
  const decisionsOf = grouped(plan.decisions.flatMap((decision) => decision.tasks.map((task) => [task, decision])));

  const pmsOf = (task) => [...new Set(task.items.map((id) => items.get(id)?.pm).filter(Boolean))];
  const titleOf = (id) => items.get(id)?.title || plan.typed_items[id]?.title || "";

  // "q3.xlsx!Tasks!F12" and "q3.xlsx!Tasks!A12" are of one row.
  const rowOf = (cell) => cell.replace(/[A-Z]+(\d+)$/, "$1").replace(/row (\d+)$/, "$1");

  // First and last day that is drawn: whole weeks around the work, the as-of day included.
  function horizon() {
    let first = count_day(plan.as_of),
      last = first + 28;
    for (const task of plan.tasks) {
      first = Math.min(first, task.first);
      last = Math.max(last, task.last, task.out ?? 0);
    }
    for (const one of [...forecast.tasks, ...forecast.items]) last = Math.max(last, count_day(one.p90));
    const monday = first - ((Wording.weekday(first) + 6) % 7);
    return { first: Math.max(monday, count_day(plan.as_of) - 120), last: last + 10 };
  }

  return {
    plan,
    tasks,
    items,
    teams,
    conflicts,
    decisions,
    open,
    forecasts,
    conflictsOf,
    assumptionsOf,
    decisionsOf,
    asOf: count_day(plan.as_of),
    horizon: horizon(),
    pmsOf,
    titleOf,
    rowOf,
    front: JSON.parse(Dom.byId("front-data").textContent),
  };
})();
