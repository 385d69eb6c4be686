// What the marks of the timeline mean, and the blocks, holidays, milestones and releases by name.
const GanttLegend = (() => {
  const { el, svg, typed } = Dom;

  function legend() {
    const sample = (kind, text) => el("span", { class: "sample" }, sketch(kind), text);
    const sketch = (kind) => {
      const made = svg("svg", { width: 26, height: 14, "aria-hidden": "true" });
      if (kind.startsWith("float"))
        made.append(
          svg("line", { class: kind, x1: 2, y1: 7, x2: 24, y2: 7 }),
          svg("line", { class: "float", x1: 24, y1: 4, x2: 24, y2: 10 }),
        );
      else if (kind === "block") made.append(svg("rect", { class: "band block", x: 1, y: 1, width: 24, height: 12 }));
      else if (kind === "launch") made.append(svg("path", { class: "launch", d: "M13 3 18 12 8 12z" }));
      else if (kind === "target") made.append(svg("path", { class: "target", d: "M9 1V13M9 1h7l-2 3 2 3h-7" }));
      else if (kind === "whisker") made.append(svg("path", { class: "whisker", d: "M3 7H23M3 3V11M23 3V11" }));
      else made.append(svg("rect", { class: `bar ${kind}`, x: 1, y: 3, width: 24, height: 9, rx: 2 }));
      return made;
    };
    const hasForecast = Model.plan.forecast !== null;
    return el(
      "span",
      { class: "legend" },
      sample("planned", "planned"),
      sample("progress", "in progress"),
      sample("chain", "critical chain"),
      sample("done", "done"),
      sample("float", "free float"),
      sample("float total", "total float of the selected"),
      sample("launch", "launch after a wait"),
      sample("target", "target"),
      sample("block", "block"),
      hasForecast ? sample("whisker", "forecast, 50 to 90 %") : null,
    );
  }

  // Blocks, holidays, milestones and releases by name: on the drawing they are lines and hatches.
  function calendar() {
    if (!Model.plan.events.length) return "";
    return el(
      "p",
      { class: "calendar quiet" },
      Model.plan.events.map((event) =>
        el(
          "span",
          {},
          typed(event.name, "b"),
          ` ${event.kind} ${Wording.span(event.start, event.end)}${event.for_all ? "" : `, ${event.scopes.join(", ")}`}`,
        ),
      ),
    );
  }

  return { calendar, legend };
})();
