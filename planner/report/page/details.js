// Everything about what is selected: why it is there, from whom it waits, who waits for it, where it was typed.
const Details = (() => {
  const { byId, el, typed } = Dom;
  const { plan } = Model;
  const { count, count_day, day, fullDay, iso, number, percent, span, weeks, DAYS_PER_WEEK } = Wording;
  const LONGEST_CHAIN = 12;
  let opener = null;

  const link = (kind, id, text = id) => (Selection.exists(kind, id)
    ? el("button", { type: "button", class: "link", onclick: () => Selection.select(kind, id) }, typed(text)) : typed(text));
  const joined = (nodes) => nodes.flatMap((node, k) => (k ? [", ", node] : [node]));
  const facts = (...list) => el("dl", { class: "facts" }, list.filter(([, value]) => value && value.length !== 0).map(([name, value]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value))));
  const part = (title, ...children) => el("section", {}, el("h3", {}, title), children);
  const days = (amount) => count(amount, "working day");

  // The text of a reason with the tasks that it names as links.
  function reasoned(reason) {
    const ids = reason.tasks.filter((id) => Model.tasks.has(id)).sort((a, b) => b.length - a.length);
    let pieces = [reason.text];
    for (const id of ids) pieces = pieces.flatMap((piece) => (typeof piece === "string" ? cut(piece, id) : [piece]));
    return pieces;
  }

  function cut(text, id) {
    const at = text.indexOf(id);
    const after = text[at + id.length] || "";
    if (at < 0 || /[\w-]/.test(after)) return [text];
    return [text.slice(0, at), link("task", id), text.slice(at + id.length)].filter((piece) => piece !== "");
  }

  // From a task back to what begins by itself: what binds it, what binds that, and so on.
  function chain(task) {
    const made = [], seen = new Set([task.id]);
    let at = task;
    while (made.length < LONGEST_CHAIN) {
      const next = at.reason.tasks.map((id) => Model.tasks.get(id)).find((one) => one && !seen.has(one.id));
      if (!next) break;
      seen.add(next.id);
      made.push(el("li", {}, link("task", next.id), " ", ...reasoned(next.reason)));
      at = next;
    }
    return made;
  }

  function neighbours(links, when) {
    if (!links.length) return el("p", { class: "quiet" }, when === "finish" ? "Nothing." : "Nobody.");
    return el("ul", { class: "lines" }, links.map((one) => {
      const other = Model.tasks.get(one.task);
      return el("li", {}, link("task", one.task), " ", typed(other?.title || ""), el("span", { class: "quiet" },
        ` ${[one.cross_team ? one.team : "same team", one.relation, other ? `${when === "finish" ? "done" : "starts"} ${day(other[when])}` : ""].filter(Boolean).join(" · ")}`));
    }));
  }

  function conflictList(found) {
    if (!found?.length) return null;
    return part("Conflicts", el("ul", { class: "lines" }, found.map((conflict) => el("li", {},
      el("button", { type: "button", class: "link", onclick: () => Selection.select("conflict", conflict.id) }, plan.kinds[conflict.type]),
      el("span", { class: "quiet" }, ` ${conflict.cost ? weeks(conflict.cost) : ""}${conflict.decide_by ? ` · by ${day(conflict.decide_by)}` : ""}`),
      el("br", {}), typed(conflict.message)))));
  }

  function forecast(found) {
    if (!found) return null;
    return `50 % by ${day(found.p50)}, 80 % by ${day(found.p80)}, 90 % by ${day(found.p90)}` +
      (found.planned ? `; the planned day is met with ${percent(found.planned_chance)}` : "") +
      (found.on_target === null ? "" : `; the target with ${percent(found.on_target)}`);
  }

  const cells = (list) => (list.length ? part("Cells", el("ul", { class: "lines" }, list.map((cell) => el("li", {}, el("code", {}, typed(cell)))))) : null);

  function effortOf(task) {
    const typedTask = plan.typed_tasks[task.id];
    const range = typedTask?.estimate ? ` from ${typedTask.estimate.map(number).join("-")}` : "";
    const engineers = Model.assumptionsOf.get(task.id)?.some((one) => one.column === "Engineers") ? ", a number that is assumed" : "";
    return `${weeks(task.effort)} (${typedTask?.effort || "stated"}${range}); ${number(task.engineers)} at once${engineers}`;
  }

  function taskView(task) {
    const typedTask = plan.typed_tasks[task.id];
    const binding = chain(task);
    return [
      typedTask?.description ? typed(typedTask.description, "p", { class: "description" }) : null,
      part("Why it is there", el("p", { class: "reason" }, ...reasoned(task.reason)),
        binding.length ? [el("p", { class: "quiet" }, "What binds it, back to the first day:"), el("ol", { class: "chain" }, binding)] : null),
      facts(
        ["When", `${fullDay(task.start)} – ${fullDay(task.finish)}, ${days(task.working_days)}`],
        ["Launches", task.launch ? fullDay(task.launch) : ""],
        ["Team", joined(task.teams.map((team) => link("team", team)))],
        ["Item", joined(task.items.map((id) => link("item", id, `${id} ${Model.titleOf(id)}`)))],
        ["Place", task.sequence ? `${task.sequence} in the plan, ${task.queue} in its team's queue` : task.status],
        ["Status", task.status],
        ["Effort", effortOf(task)],
        ["Float", task.sequence ? `${days(task.total_float)} until the plan ends later, ${number(task.free_float)} until another task moves${task.on_chain ? "; on the critical chain" : ""}` : ""],
        ["Due", task.due ? `${fullDay(task.due)}${task.days_late ? `, ${days(task.days_late)} late` : ", in time"}` : ""],
        ["Forecast", forecast(Model.forecasts.task.get(task.id))],
        ["Touches", (typedTask?.touches || []).join(", ")],
        ["Decisions", (Model.decisionsOf.get(task.id) || []).map((decision) => `${decision.id}: ${decision.question} (by ${day(decision.due)}, ${decision.driver || "nobody drives it"})`).join("; ")],
        ["Cycle", task.in_cycle ? "in a circle of dependencies, of which one is ignored" : ""]),
      part("Waits for", neighbours(task.waits_for, "finish")),
      part("Who waits for it", neighbours(task.waited_by, "start")),
      conflictList(Model.conflictsOf.get(task.id)),
      Model.assumptionsOf.has(task.id) ? part("Assumed", el("ul", { class: "lines" }, Model.assumptionsOf.get(task.id).map((one) =>
        el("li", {}, `${one.column}: `, typed(one.value), one.cell ? [" ", el("code", {}, typed(one.cell))] : null)))) : null,
      cells(task.cells),
    ];
  }

  const taskLines = (ids) => el("ul", { class: "lines" }, ids.map((id) => Model.tasks.get(id)).filter(Boolean).map((task) => el("li", {},
    link("task", task.id), " ", typed(task.title), el("span", { class: "quiet" }, ` ${span(task.start, task.finish)} · ${task.teams.join(", ") || "no team"}`))));

  function itemView(item) {
    const typedItem = plan.typed_items[item.id];
    return [
      typedItem?.description ? typed(typedItem.description, "p", { class: "description" }) : null,
      item.reason ? part("Why then", el("p", { class: "reason" }, ...reasoned(item.reason))) : null,
      facts(
        ["Lands", item.lands ? fullDay(item.lands) : "nobody has taken it"],
        ["Target", item.target ? `${item.target.text}${item.lands ? (item.days_late ? `, ${days(item.days_late)} late` : ", in time") : ""}` : "none"],
        ["Forecast", forecast(Model.forecasts.item.get(item.id))],
        ["Asked by", [item.customer, item.origin].filter(Boolean).join(", ")],
        ["PM", item.pm],
        ["Priority", [item.priority, item.commitment].filter(Boolean).join(", ")],
        ["Evidence", typedItem?.evidence],
        ["Effort", `${weeks(item.effort)}${item.assumed_effort ? `, ${weeks(item.assumed_effort)} of it assumed` : ", stated"}`],
        ["Teams", joined(item.teams.map((team) => link("team", team)))]),
      item.tasks.length ? part("Tasks in order", taskLines(item.tasks)) : null,
      conflictList(Model.open.filter((conflict) => conflict.items.includes(item.id) && conflict.cost)),
      cells(item.cells),
    ];
  }

  function teamView(team, week) {
    const monday = week && count_day(week);
    const busy = week ? plan.tasks.filter((task) => task.teams.includes(team.name) && task.first <= monday + 6 && task.last >= monday) : [];
    const load = team.weeks.findIndex((one) => one.week === week);
    const filtered = Filter.wanted.team === team.name;
    return [
      el("p", {}, el("button", { type: "button", onclick: () => { Filter.set({ team: filtered ? "" : team.name }); Details.show(Selection.current); } }, filtered ? "Show all teams" : "Show only this team")),
      week ? part(`Week of ${day(week)}`,
        load >= 0 ? el("p", {}, `${number(team.weeks[load].planned / DAYS_PER_WEEK)} of ${weeks(team.weeks[load].capacity)} planned: ${percent(plan.shares[team.name][load])}`) : null,
        busy.length ? taskLines(busy.map((task) => task.id)) : el("p", { class: "quiet" }, "No task.")) : null,
      facts(
        ["Organisation", team.org],
        ["Engineers", team.is_external ? "a vendor" : `${number(team.engineers)}${team.assumed ? " (assumed)" : ""}`],
        ["Work", weeks(team.demand)],
        ["Busy", team.is_external ? "" : percent(team.busy)],
        ["Free from", team.free_from ? fullDay(team.free_from) : ""],
        ["Promised", team.overload_first ? `${percent(team.overload)}: ${weeks(team.overload_due)} due ${span(team.overload_first, team.overload_last)}, ${number(team.overload_has / DAYS_PER_WEEK)} there` : ""],
        ["Waits for itself", team.waiting_days ? `${days(team.waiting_days)}, summed over its tasks` : ""]),
      part("Queue", team.queue.length ? taskLines(team.queue) : el("p", { class: "quiet" }, "Nothing.")),
    ];
  }

  const VIEWS = {
    task: ({ id }) => [Model.tasks.get(id).title, taskView(Model.tasks.get(id))],
    item: ({ id }) => [Model.items.get(id).title, itemView(Model.items.get(id))],
    team: ({ id, week }) => ["", teamView(Model.teams.get(id), week)],
    conflict: ({ id }) => [plan.kinds[Model.conflicts.get(id).type], [el("p", { class: "story" }, Conflicts.heading(Model.conflicts.get(id))), Conflicts.body(Model.conflicts.get(id))]],
  };

  function show(current) {
    const panel = byId("details");
    document.body.classList.toggle("has-details", Boolean(current));
    panel.hidden = !current;
    if (!current) {
      panel.replaceChildren();
      opener?.focus({ preventScroll: true });
      opener = null;
      return;
    }
    if (!panel.contains(document.activeElement)) opener = document.activeElement;
    const [title, body] = VIEWS[current.kind](current);
    panel.replaceChildren(
      el("header", {},
        Selection.hasBefore ? el("button", { type: "button", onclick: Selection.back, "aria-label": "Back" }, "←") : null,
        el("span", { class: "kicker" }, current.kind),
        el("button", { type: "button", class: "close", onclick: Selection.close, "aria-label": "Close (Escape)" }, "×")),
      el("h2", { id: "details-title", tabindex: "-1" }, typed(current.kind === "conflict" ? title : current.id, "span", { class: "id" }),
        current.kind !== "conflict" && title ? [" ", typed(title)] : null),
      ...body.filter(Boolean));
    panel.scrollTop = 0;
  }

  function mount() {
    Selection.onChange(show);
  }

  return { mount, show };
})();
