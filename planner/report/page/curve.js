// The cost curve of a conflict: what is thrown away by the cheapest way out, by when it is chosen.
const Curve = (() => {
  const { svg } = Dom;
  const { number, day, iso, DAYS_PER_WEEK } = Wording;
  const WIDE = 320;
  const HIGH = 128;
  const LEFT = 16;
  const RIGHT = 28;
  const TOP = 26;
  const BOTTOM = 40;

  const ahead = (point) => (point.weeks ? `in ${point.weeks} weeks` : "today");

  function drawing(conflict) {
    const points = conflict.cost_curve;
    const last = Math.max(...points.map((point) => point.weeks)) || 1;
    const most = Math.max(...points.map((point) => point.cost)) || 1;
    const x = (weeks) => LEFT + 14 + ((WIDE - LEFT - RIGHT - 14) * weeks) / last;
    const y = (cost) => HIGH - BOTTOM - ((HIGH - TOP - BOTTOM) * cost) / most;
    const base = HIGH - BOTTOM;
    const said = points.map((point) => `${ahead(point)} ${number(point.cost / DAYS_PER_WEEK)}`).join(", ");
    const made = svg(
      "svg",
      {
        class: "curve",
        viewBox: `0 0 ${WIDE} ${HIGH}`,
        width: WIDE,
        height: HIGH,
        role: "img",
        "aria-label": `Engineer-weeks thrown away if decided ${said}`,
      },
      svg("line", { class: "base", x1: LEFT, y1: base, x2: WIDE - 8, y2: base }),
    );
    const until = conflict.decide_by ? (Wording.count_day(conflict.decide_by) - Model.asOf) / 7 : null;
    if (until !== null && until >= 0 && until <= last) {
      made.append(
        svg("line", { class: "until", x1: x(until), y1: TOP - 12, x2: x(until), y2: base }),
        svg("text", { class: "until", x: x(until) + 4, y: TOP - 6 }, `by ${day(conflict.decide_by)}`),
      );
    }
    made.append(
      svg("polyline", {
        class: "line",
        points: points.map((point) => `${x(point.weeks)},${y(point.cost)}`).join(" "),
      }),
    );
    for (const point of points) {
      made.append(
        svg("circle", { cx: x(point.weeks), cy: y(point.cost), r: 3.5 }),
        svg(
          "text",
          { class: "value", x: x(point.weeks), y: y(point.cost) - 8, "text-anchor": "middle" },
          number(point.cost / DAYS_PER_WEEK),
        ),
        svg(
          "text",
          { class: "quiet", x: x(point.weeks), y: base + 15, "text-anchor": "middle" },
          point.weeks ? `${point.weeks} weeks` : "today",
        ),
        svg(
          "text",
          { class: "quiet", x: x(point.weeks), y: base + 29, "text-anchor": "middle" },
          day(iso(Model.asOf + 7 * point.weeks)),
        ),
      );
    }
    return made;
  }

  // A curve that stays at nothing has nothing to show.
  const isRising = (conflict) => conflict.cost_curve.some((point) => point.cost);

  return { drawing, isRising };
})();
