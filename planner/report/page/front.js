// What less of one cost takes of another: the Pareto front, where `roadmap pareto` has been asked for it.
const Front = (() => {
  const { byId, el, svg, typed } = Dom;
  const { day, number, DAYS_PER_WEEK } = Wording;
  const WIDE = 720;
  const HIGH = 380;
  const LEFT = 66;
  const RIGHT = 24;
  const TOP = 16;
  const BOTTOM = 50;
  const inWeeks = (days) => days / DAYS_PER_WEEK;

  // Round ends and steps of 1, 2 or 5, as planner/report/scale.py chooses them.
  function scale(values) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const span = high - low || Math.max(Math.abs(low), 1);
    const power = 10 ** Math.floor(Math.log10(span / 6));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= span / 6);
    const first = Math.floor(low / step) * step;
    const last = Math.max(Math.ceil(high / step) * step, first + step);
    const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, k) => first + k * step);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return { first, last, ticks: ticks.map((tick) => [tick, Wording.grouped((tick + 0).toFixed(digits))]) };
  }

  function drawing(front, plans) {
    const across = scale(plans.map((plan) => inWeeks(plan.x)));
    const upward = scale(plans.map((plan) => inWeeks(plan.y)));
    const x = (value) => LEFT + ((WIDE - LEFT - RIGHT) * (value - across.first)) / (across.last - across.first);
    const y = (value) =>
      HIGH - BOTTOM - ((HIGH - TOP - BOTTOM) * (value - upward.first)) / (upward.last - upward.first);
    const made = svg("svg", {
      class: "front",
      viewBox: `0 0 ${WIDE} ${HIGH}`,
      width: WIDE,
      height: HIGH,
      role: "img",
      "aria-label": `Plans by ${front.x} and ${front.y}; the table beside has the figures`,
    });
    for (const [tick, text] of across.ticks)
      made.append(
        svg("line", { class: "grid", x1: x(tick), x2: x(tick), y1: TOP, y2: HIGH - BOTTOM }),
        svg("text", { x: x(tick), y: HIGH - BOTTOM + 17, "text-anchor": "middle" }, text),
      );
    for (const [tick, text] of upward.ticks)
      made.append(
        svg("line", { class: "grid", x1: LEFT, x2: WIDE - RIGHT, y1: y(tick), y2: y(tick) }),
        svg("text", { x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, text),
      );
    made.append(
      svg(
        "text",
        { class: "quiet", x: (LEFT + WIDE - RIGHT) / 2, y: HIGH - 10, "text-anchor": "middle" },
        `${front.x}, engineer-weeks`,
      ),
      svg(
        "text",
        {
          class: "quiet",
          x: 14,
          y: (TOP + HIGH - BOTTOM) / 2,
          "text-anchor": "middle",
          transform: `rotate(-90 14 ${(TOP + HIGH - BOTTOM) / 2})`,
        },
        `${front.y}, engineer-weeks`,
      ),
    );
    const corners = front.points.map((plan) => [x(inWeeks(plan.x)), y(inWeeks(plan.y))]);
    const stairs = corners.flatMap(([right, below], k) =>
      k
        ? [
            [right, corners[k - 1][1]],
            [right, below],
          ]
        : [[right, below]],
    );
    made.append(svg("polyline", { class: "line", points: stairs.map((corner) => corner.join(",")).join(" ") }));
    for (const plan of plans) {
      const at = [x(inWeeks(plan.x)), y(inWeeks(plan.y))];
      if (plan.name === front.knee)
        made.append(svg("rect", { class: "knee", x: at[0] - 8, y: at[1] - 8, width: 16, height: 16 }));
      if (plan.name === front.best.name) made.append(svg("circle", { class: "best", cx: at[0], cy: at[1], r: 11 }));
      made.append(
        svg("circle", { class: plan.proven ? "proven" : "open", cx: at[0], cy: at[1], r: 4.5 }),
        svg("text", { x: at[0] + 13, y: at[1] - 8 }, plan.name),
      );
    }
    return made;
  }

  function table(front, plans) {
    const role = (plan) =>
      [
        plan.name === front.knee ? "knee" : "",
        plan.name === front.best.name ? "least cost in all" : "",
        plan.proven ? "proven" : "",
      ]
        .filter(Boolean)
        .join(", ");
    return el(
      "table",
      { class: "plain" },
      el("caption", { class: "quiet" }, "Engineer-weeks."),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["Plan", front.y, front.x, "in all", "finished", "mark"].map((title) => el("th", { scope: "col" }, title)),
        ),
      ),
      el(
        "tbody",
        {},
        plans.map((plan) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, plan.name),
            [plan.y, plan.x, plan.objective.total].map((cost) =>
              el("td", { class: "figure" }, number(inWeeks(cost))),
            ),
            el("td", {}, day(plan.finish)),
            el("td", {}, role(plan)),
          ),
        ),
      ),
    );
  }

  function mount() {
    const { front } = Model;
    if (!front) {
      byId("trade").append(
        el(
          "p",
          { class: "none" },
          "Nobody has asked for trade-offs yet: ",
          el("code", {}, "roadmap pareto"),
          " looks for plans that give up one cost for another and puts them here.",
        ),
      );
      return;
    }
    const plans = front.points.some((plan) => plan.name === front.best.name)
      ? front.points
      : [...front.points, front.best];
    byId("trade").append(
      el(
        "p",
        { class: "quiet" },
        `Plans of which none is better in both ${front.x} and ${front.y}. A square marks the knee, a ring the least cost in all, a full dot what is proven.`,
      ),
      el(
        "div",
        { class: "beside" },
        el("div", { class: "scroll" }, drawing(front, plans)),
        el(
          "div",
          { class: "scroll" },
          table(front, plans),
          el(
            "ul",
            { class: "lines trades" },
            plans.map((plan) => el("li", {}, el("b", {}, plan.name), " ", typed(front.sentences[plan.name]))),
          ),
          el("p", { class: "quiet" }, front.certainty),
        ),
      ),
    );
  }

  return { mount };
})();
