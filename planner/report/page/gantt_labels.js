// The left side of the timeline: the name of each row, and what a screen reader says of it.
const GanttLabels = (() => {
  const { el, typed } = Dom;
  const { count, day } = Wording;
  const LONG_ID = 12;

  // What stands in a row's label, on the screen and on paper.
  function content({ kind, group, task }, view) {
    if (kind === "group") {
      const short = group.late ? `+${group.late} d` : null;
      return [
        el("span", { class: "name", role: "gridcell" }, typed(group.id, "b"), " ", typed(group.title)),
        el("span", { class: `remark${group.late ? " alarm" : ""}`, "data-short": short }, group.remark),
      ];
    }
    const beside = view === "item" ? task.teams.join(", ") || "no team" : task.items.join(", ");
    return [
      typed(shortened(task.id, group), "code"),
      el("span", { class: "name", role: "gridcell" }, typed(task.title)),
      typed(beside, "span", { class: "remark" }),
    ];
  }

  // A long id that begins with its group's id is told by its end.
  const shortened = (id, group) =>
    id.length > LONG_ID && group.id && id.startsWith(group.id) && id !== group.id
      ? `…${id.slice(group.id.length)}`
      : id;

  function label(one, index, isActive, view, top) {
    const isGroup = one.kind === "group";
    const isSelected = Selection.isSelected(...one.opens);
    const made = el("div", {
      class: `label ${one.kind}${isActive ? " active" : ""}${isSelected ? " selected" : ""}`,
      id: `row-${index}`,
      role: "row",
      "aria-level": one.level,
      "aria-rowindex": index + 1,
      "data-row": index,
      "aria-expanded": isGroup ? String(one.open) : null,
      "aria-selected": String(isSelected),
      "aria-label": isGroup ? saidGroup(one.group) : saidTask(one.task),
    });
    made.style.top = `${top}px`;
    made.append(...(isGroup ? [el("span", { class: "fold", "aria-hidden": "true" }, one.open ? "▾" : "▸")] : []));
    made.append(...content(one, view));
    return made;
  }

  const saidGroup = (group) =>
    [group.id, group.title, count(group.tasks.length, "task"), group.said].filter(Boolean).join(", ");
  const saidTask = (task) =>
    [
      `${task.id} ${task.title}`,
      task.teams.join(" and ") || "no team",
      `${day(task.start)} to ${day(task.finish)}`,
      task.out > task.last ? `launches ${day(task.launch)}` : "",
      task.status,
      task.on_chain ? "on the critical chain" : "",
      task.sequence ? `float ${count(task.total_float, "day")}` : "",
    ]
      .filter(Boolean)
      .join(", ");

  return { content, label };
})();
