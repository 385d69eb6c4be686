// The dependencies of the selected task, drawn over the rows of the timeline.
const GanttArrows = (() => {
  const { svg } = Dom;

  // From whom the selected task waits, and who waits for it; rows out of view are pointed at.
  function drawing(rows, scale, from, height) {
    const made = svg("g", { class: "arrows" });
    const selected = Selection.current?.kind === "task" && Model.tasks.get(Selection.current.id);
    if (!selected) return made;
    const place = new Map();
    rows.forEach((one, index) => {
      if (one.kind === "task" && !place.has(one.task.id)) place.set(one.task.id, index);
    });
    const own = place.get(selected.id);
    if (own === undefined) return made;
    const y = (index) => (index - from + 0.5) * height;
    const link = (earlier, later, kind) => {
      const one = place.get(earlier.id);
      const other = place.get(later.id);
      if (one === undefined || other === undefined) return;
      const x1 = scale.x(earlier.last + 1);
      const x2 = scale.x(later.first);
      const y1 = y(one);
      const y2 = y(other);
      const bend = Math.max(14, Math.min(60, Math.abs(x2 - x1) / 2));
      made.append(
        svg("path", {
          class: `arrow ${kind}`,
          d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
          "marker-end": `url(#arrow-${kind})`,
        }),
      );
    };
    for (const { task } of selected.waits_for) if (Model.tasks.has(task)) link(Model.tasks.get(task), selected, "in");
    for (const { task } of selected.waited_by)
      if (Model.tasks.has(task)) link(selected, Model.tasks.get(task), "out");
    return made;
  }

  return { drawing };
})();
