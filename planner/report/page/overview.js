// The first thing that is read: five numbers, then what is late, what has to be decided, who is overloaded.
const Overview = (() => {
  const { el, typed, byId } = Dom;
  const { plan } = Model;
  const { count, day, number, percent, span, target, weeks, DAYS_PER_WEEK } = Wording;
  const FEW = 5;

  const inWeeks = (days) => number(days / DAYS_PER_WEEK);

  function card(label, figures, note, action) {
    return el(
      "div",
      { class: "card" },
      el("h3", {}, label),
      el(
        "dl",
        {},
        figures.map(([name, value, tone]) =>
          el("div", { class: tone || "" }, el("dt", {}, name), el("dd", {}, value)),
        ),
      ),
      el("p", { class: "quiet" }, note),
      action ? el("button", { type: "button", class: "link", onclick: action[1] }, action[0]) : null,
    );
  }

  function numbers() {
    const made = plan.headline;
    const value = (draw) => (made ? draw(made) : "–");
    const toTimeline = (status) => () => {
      Filter.set({ status });
      byId("timeline").scrollIntoView();
    };
    return el(
      "div",
      { class: "cards" },
      card(
        "Items on track",
        [["land by their target", value((h) => h.on_track)]],
        value((h) =>
          h.undated ? `${count(h.undated, "item")} without a target or a task` : "every item has a target",
        ),
      ),
      card(
        "Late against target",
        [["items", value((h) => h.late), made?.late ? "alarm" : ""]],
        value((h) => (h.late ? worst() : "nobody is let down")),
        made?.late ? ["Show them", toTimeline("late")] : null,
      ),
      card(
        "Throwaway",
        [
          ["engineer-weeks at risk", value((h) => inWeeks(h.throwaway))],
          ["avoided", value((h) => (h.throwaway_avoided === null ? "–" : inWeeks(h.throwaway_avoided)))],
        ],
        value((h) =>
          h.throwaway_plain === null
            ? "plain priority order cannot keep the hard dates"
            : `against ${weeks(h.throwaway_plain)} in plain priority order${inAll(h)}`,
        ),
      ),
      card(
        "Decisions due in 14 days",
        [["open", value((h) => h.decisions_due.length), made?.decisions_due.length ? "alarm" : ""]],
        value((h) => h.decisions_due.slice(0, 4).join(", ") || "none"),
      ),
      card(
        "Operations",
        [
          ["of the roadmap", value((h) => percent(h.operations_roadmap))],
          ["of capacity", value((h) => percent(h.operations_capacity))],
        ],
        "two different shares",
      ),
    );
  }

  function worst() {
    const last = plan.items.reduce((a, b) => (b.days_late > a.days_late ? b : a));
    return `${last.id} by ${count(last.days_late, "working day")}`;
  }

  // What throwaway buys: the plan may throw away more than plain priority order and still cost less in all.
  function inAll(made) {
    if (plan.objective_kind !== "full" || made.objective_plain === null) return "";
    const less = Math.round((made.objective_plain - plan.objective.total) * 10) / 10;
    return less ? `; all costs together are ${weeks(Math.abs(less))} ${less > 0 ? "less" : "more"} here` : "";
  }

  function list(title, rows, more) {
    if (!rows.length) return null;
    const hidden = rows.length - FEW;
    const body = el("ul", {}, rows.slice(0, FEW));
    const button =
      hidden > 0 &&
      el(
        "button",
        {
          type: "button",
          class: "link",
          onclick: () => {
            body.append(...rows.slice(FEW));
            button.remove();
          },
        },
        `${hidden} more`,
      );
    return el(
      "div",
      { class: "panel" },
      el("h3", {}, title, el("span", { class: "tally" }, ` ${rows.length}`)),
      body,
      button,
      more,
    );
  }

  function entry(key, head, title, tail, open) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "entry", onclick: open },
        el("b", { class: "when" }, head),
        el("span", { class: "what" }, key ? el("code", {}, key) : null, typed(title)),
        el("span", { class: "tail" }, tail),
      ),
    );
  }

  const firmness = ["must", "should", "could"];

  function late() {
    const items = plan.items
      .filter((item) => item.days_late)
      .sort((a, b) => firmness.indexOf(a.commitment) - firmness.indexOf(b.commitment) || b.days_late - a.days_late);
    const tasks = plan.tasks.filter((task) => task.days_late).sort((a, b) => b.days_late - a.days_late);
    return [
      ...items.map((item) =>
        entry(
          item.id,
          count(item.days_late, "day"),
          item.title,
          `${item.commitment} · ${item.target ? target(item.target) : "no target"} → ${day(item.lands)}`,
          () => Selection.select("item", item.id),
        ),
      ),
      ...tasks.map((task) =>
        entry(task.id, count(task.days_late, "day"), task.title, `due ${day(task.due)} → ${day(task.finish)}`, () =>
          Selection.select("task", task.id),
        ),
      ),
    ];
  }

  function decisions() {
    return plan.decisions.map((decision) =>
      entry(
        decision.id,
        day(decision.due),
        decision.question,
        `${decision.driver || "nobody drives it"} · ${count(decision.tasks.length, "task")}${decision.due_is_assumed ? " · day assumed" : ""}`,
        () => Selection.select("decision", decision.id),
      ),
    );
  }

  function overloaded() {
    return plan.teams
      .filter((team) => team.overload_first)
      .sort((a, b) => b.overload - a.overload)
      .map((team) =>
        entry(
          "",
          percent(team.overload),
          team.name,
          `${span(team.overload_first, team.overload_last)} · ${weeks(team.overload_due)} due, ${number(team.overload_has / DAYS_PER_WEEK)} there`,
          () => Selection.select("team", team.name),
        ),
      );
  }

  function untaken() {
    return [
      ...plan.untaken.map((id) => entry(id, "no task", Model.titleOf(id), "", () => Selection.select("item", id))),
      ...plan.tasks
        .filter((task) => task.sequence && !task.teams.length)
        .map((task) => entry(task.id, "no team", task.title, "", () => Selection.select("task", task.id))),
    ];
  }

  function impossible() {
    return plan.impossible.map((made) =>
      el(
        "div",
        { class: "panel wide" },
        el("h3", {}, made.title),
        made.sentences.map((line) => el("p", {}, line)),
        el(
          "div",
          { class: "scroll" },
          el(
            "table",
            { class: "plain" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                made.columns.map((title) => el("th", { scope: "col" }, title)),
              ),
            ),
            el(
              "tbody",
              {},
              made.rows.map((row) =>
                el(
                  "tr",
                  {},
                  row.map((text) => el("td", {}, typed(text))),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }

  function mount() {
    byId("lead").textContent = plan.lead.join(" · ");
    byId("overview").append(
      numbers(),
      el(
        "div",
        { class: "panels" },
        impossible(),
        list("Late, in working days", late()),
        list("To be decided", decisions()),
        el("div", {}, list("Promised more than there is", overloaded()), list("Nobody has taken", untaken())),
      ),
    );
    byId("footer").append(
      el("p", {}, plan.quality.join(" ")),
      el(
        "p",
        {},
        `Plan ${plan.id}, as of ${Wording.fullDay(plan.as_of)}, from ${plan.files.join(", ") || "no file"}. `,
        `${percent(plan.assumed_share)} of the effort is assumed. Every figure is one of plan.json beside this page.`,
      ),
      el(
        "p",
        { class: "keys" },
        "Keys: / searches, arrows move in the timeline and in the load table, Enter opens, Escape closes.",
      ),
    );
  }

  return { mount };
})();
