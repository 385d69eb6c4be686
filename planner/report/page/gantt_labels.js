// The left side of the timeline: the name of each row, and what a screen reader says of it.
const GanttLabels = (() => {
  const { el, typed } = Dom;
  const { count, day } = Wording;

  function label(one, index, isActive, view, top) {
    const isGroup = one.kind === "group";
    const made = el("div", {
      class: `label ${one.kind}${isActive ? " active" : ""}${!isGroup && Selection.isSelected("task", one.task.id) ? " selected" : ""}`,
      id: `row-${index}`,
      role: "row",
      "aria-level": one.level,
      "aria-rowindex": index + 1,
      "data-row": index,
      "aria-expanded": isGroup ? String(one.open) : null,
      "aria-selected": isGroup ? null : String(Selection.isSelected("task", one.task.id)),
      "aria-label": isGroup ? saidGroup(one.group) : saidTask(one.task),
    });
    made.style.top = `${top}px`;
    if (isGroup) {
      const { group } = one;
      made.append(
        el("span", { class: "fold", "aria-hidden": "true" }, one.open ? "▾" : "▸"),
        el("span", { class: "name", role: "gridcell" }, typed(group.id, "b"), " ", typed(group.title)),
        el(
          "span",
          { class: `remark${group.late ? " alarm" : ""}`, "data-short": group.late ? `+${group.late} d` : null },
          group.remark,
        ),
      );
    } else {
      const { task } = one;
      const beside = view === "item" ? task.teams.join(", ") || "no team" : task.items.join(", ");
      made.append(
        el("code", {}, task.id),
        el("span", { class: "name", role: "gridcell" }, typed(task.title)),
        typed(beside, "span", { class: "remark" }),
      );
    }
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

  return { label };
})();
