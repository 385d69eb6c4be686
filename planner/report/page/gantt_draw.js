// Rows of the timeline as SVG: bars, float, launches, targets, forecasts, blocks; the same on screen and on paper.
const GanttDraw = (() => {
  const { svg } = Dom;
  const { plan, asOf } = Model;
  const { count_day, day, parts, MONTHS } = Wording;
  const LABEL_ROOM = 26;

  const events = plan.events.map((event) => ({
    ...event,
    first: count_day(event.start),
    last: count_day(event.end),
  }));
  const isClosed = (event) => event.kind === "block" || event.kind === "holiday";
  const isInView = (event) => event.last >= Model.horizon.first && event.first <= Model.horizon.last;
  const closed = events.filter((event) => isClosed(event) && isInView(event) && event.for_all);
  const dated = events.filter((event) => !isClosed(event) && isInView(event));

  const months = [];
  for (let number = Model.horizon.first; number <= Model.horizon.last; number += 1) {
    if (parts(number).getUTCDate() === 1) months.push(number);
  }

  // A scale: days to pixels. `scale.x(day)` is the left edge of the day.
  function scaled(perDay, first = Model.horizon.first, last = Model.horizon.last) {
    return { perDay, first, last, width: (last - first + 1) * perDay, x: (number) => (number - first) * perDay };
  }

  // Working days from a day on, weekends skipped.
  function later(number, workingDays) {
    let left = workingDays,
      at = number + Math.floor(left / 5) * 7;
    left %= 5;
    while (left > 0) {
      at += 1;
      if (Wording.weekday(at) % 6) left -= 1;
    }
    return at;
  }

  const line = (kind, x1, y1, x2, y2) => svg("line", { class: kind, x1, y1, x2, y2 });

  function axis(scale, height) {
    const made = svg("g", { class: "axis" });
    const weekly = scale.perDay * 7 >= LABEL_ROOM;
    let free = -Infinity;
    for (let number = scale.first; number <= scale.last; number += 1) {
      const date = parts(number);
      if (date.getUTCDate() === 1 || number === scale.first) {
        const x = scale.x(number);
        const month = date.getUTCMonth();
        const text = `${MONTHS[month]}${month === 0 || number === scale.first ? ` ${date.getUTCFullYear()}` : ""}`;
        const room = text.length * 7.5 + 6;
        const isCutShort = number === scale.first && scale.x(number + 32 - date.getUTCDate()) < room;
        if (x >= free && x + room <= scale.width && !isCutShort) {
          made.append(svg("text", { class: "month", x: x + 4, y: 15 }, text));
          free = x + room;
        }
        made.append(line("month", x, 2, x, height));
      }
      const fromToday = scale.x(number) - scale.x(asOf);
      if (weekly && date.getUTCDay() === 1 && (fromToday < -16 || fromToday > 36)) {
        made.append(svg("text", { class: "week", x: scale.x(number) + 4, y: height - 8 }, String(date.getUTCDate())));
      }
    }
    return made;
  }

  // What lies behind all rows: months, blocks of everybody, the as-of day.
  function ground(scale, height) {
    const made = svg("g", { class: "ground" });
    for (const number of months) made.append(line("grid", scale.x(number), 0, scale.x(number), height));
    for (const event of closed) made.append(band(event, scale, 0, height));
    for (const event of dated) made.append(line(event.kind, scale.x(event.first), 0, scale.x(event.first), height));
    return made;
  }

  function band(event, scale, y, height) {
    const x = scale.x(Math.max(event.first, scale.first));
    const width = scale.x(Math.min(event.last, scale.last) + 1) - x;
    return svg(
      "rect",
      { class: `band ${event.kind}`, x, y, width, height },
      svg("title", {}, `${event.name}: ${Wording.span(event.start, event.end)}`),
    );
  }

  const today = (scale, height) => line("today", scale.x(asOf), 0, scale.x(asOf), height);

  const localEvents = (task) =>
    (plan.typed_tasks[task.id]?.events || [])
      .map((place) => events[place])
      .filter((event) => isClosed(event) && isInView(event));

  function whisker(forecast, scale, y) {
    const [low, middle, high] = ["p50", "p80", "p90"].map((name) => scale.x(count_day(forecast[name]) + 1));
    return svg(
      "g",
      { class: "whisker" },
      line("", low, y, high, y),
      line("", low, y - 4, low, y + 4),
      line("", high, y - 4, high, y + 4),
      svg("circle", { cx: middle, cy: y, r: 2 }),
      svg(
        "title",
        {},
        `Forecast: 50 % by ${day(forecast.p50)}, 80 % by ${day(forecast.p80)}, 90 % by ${day(forecast.p90)}`,
      ),
    );
  }

  function taskRow(task, scale, y, height, isSelected) {
    const made = svg("g", {});
    for (const event of localEvents(task)) made.append(band(event, scale, y, height));
    const top = y + height * 0.24;
    const thick = height * 0.52;
    const middle = y + height / 2;
    const left = scale.x(task.first);
    const right = Math.max(left + 2, scale.x(task.last + 1));
    const floats = isSelected ? task.total_float : task.free_float;
    if (task.sequence && floats > 0) {
      const end = Math.min(scale.width - 2, scale.x(later(task.out ?? task.last, floats) + 1));
      made.append(
        line(isSelected ? "float total" : "float", right, middle, end, middle),
        line("float", end, middle - 3, end, middle + 3),
      );
    }
    const out = task.out !== null && task.out > task.last;
    if (out) made.append(line("waiting", right, middle, scale.x(task.out), middle));
    const state =
      task.status === "done"
        ? "done"
        : task.on_chain
          ? "chain"
          : task.status === "in progress"
            ? "progress"
            : "planned";
    if (task.is_milestone) {
      made.append(svg("path", { class: `bar ${state}`, d: diamond(left, middle, thick * 0.55) }));
    } else {
      made.append(
        svg("rect", {
          class: `bar ${state}`,
          x: left,
          y: top,
          width: right - left,
          height: thick,
          rx: Math.min(3, (right - left) / 3),
        }),
      );
      if (task.status === "in progress" && task.first < asOf) {
        made.append(
          svg("rect", {
            class: "worked",
            x: left,
            y: top + thick - 3,
            width: Math.max(0, Math.min(right, scale.x(asOf)) - left),
            height: 3,
          }),
        );
      }
    }
    if (out)
      made.append(svg("path", { class: "launch", d: triangle(scale.x(task.out + 0.5), middle, thick * 0.42) }));
    if (task.days_late)
      made.append(
        line(
          "target missed",
          scale.x(count_day(task.due) + 1),
          y + 3,
          scale.x(count_day(task.due) + 1),
          y + height - 3,
        ),
      );
    const forecast = Model.forecasts.task.get(task.id);
    if (forecast) made.append(whisker(forecast, scale, top + thick - 1));
    return made;
  }

  const diamond = (x, y, r) => `M${x} ${y - r} ${x + r} ${y} ${x} ${y + r} ${x - r} ${y}z`;
  const triangle = (x, y, r) => `M${x} ${y - r} ${x + r} ${y + r} ${x - r} ${y + r}z`;

  function groupRow(group, scale, y, height) {
    const made = svg("g", {});
    const { first, last } = GanttRows.extent(group);
    const middle = y + height / 2;
    if (first <= last) {
      const left = scale.x(first);
      const right = scale.x(last + 1);
      made.append(
        svg("path", {
          class: "summary",
          d: `M${left} ${middle + 5}V${middle - 2}H${right}V${middle + 5}L${right - 3} ${middle + 2}H${left + 3}z`,
        }),
      );
    }
    if (group.target) {
      const x = scale.x(group.target + 1);
      if (group.late && group.end) {
        made.append(
          svg("rect", {
            class: "lateness",
            x,
            y: middle - 6,
            width: Math.max(2, scale.x(group.end + 1) - x),
            height: 12,
          }),
        );
      }
      made.append(
        svg(
          "path",
          {
            class: `target${group.late ? " missed" : ""}`,
            d: `M${x} ${y + 3}V${y + height - 3}M${x} ${y + 3}h7l-2 3 2 3h-7`,
          },
          svg("title", {}, "Target"),
        ),
      );
    }
    if (group.forecast) made.append(whisker(group.forecast, scale, middle + 7));
    return made;
  }

  function row(one, scale, y, height, isSelected) {
    return one.kind === "group"
      ? groupRow(one.group, scale, y, height)
      : taskRow(one.task, scale, y, height, isSelected);
  }

  return { axis, dated, ground, row, scaled, today };
})();
