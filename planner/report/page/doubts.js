// What is wrong or doubtful in the data, and what had to be assumed, each with its cell.
const Doubts = (() => {
  const { byId, el, typed } = Dom;
  const { plan } = Model;
  const { count } = Wording;
  const FEW = 8;

  function grouped(list, key) {
    const found = new Map();
    for (const one of list) {
      if (!found.has(key(one))) found.set(key(one), []);
      found.get(key(one)).push(one);
    }
    return [...found.values()];
  }

  // The first lines, and the rest on demand.
  function lines(list, draw) {
    const body = el("ul", { class: "lines" }, list.slice(0, FEW).map(draw));
    const rest = list.length - FEW;
    if (rest > 0) {
      const more = el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "link",
            onclick: () => {
              body.append(...list.slice(FEW).map(draw));
              more.remove();
            },
          },
          `${Wording.grouped(String(rest))} more`,
        ),
      );
      body.append(more);
    }
    return body;
  }

  function finding(group) {
    const [first] = group;
    return el(
      "div",
      { class: `finding ${first.severity}` },
      el(
        "h4",
        {},
        el("span", { class: "severity" }, first.severity),
        ` ${first.title} `,
        el("span", { class: "tally" }, String(group.length)),
      ),
      lines(group, (one) =>
        el(
          "li",
          {},
          one.cells.length ? el("code", {}, typed(one.cells[0])) : null,
          " ",
          typed(one.message),
          " ",
          typed(one.suggestion),
        ),
      ),
      el("p", { class: "advice" }, `→ ${first.advice}`),
    );
  }

  function assumed(group) {
    const link = (subject) =>
      Selection.exists("task", subject)
        ? el(
            "button",
            { type: "button", class: "link", onclick: () => Selection.select("task", subject) },
            typed(subject),
          )
        : typed(subject);
    return el(
      "div",
      { class: "finding" },
      el("h4", {}, `${group[0].column} `, el("span", { class: "tally" }, String(group.length))),
      lines(group, (one) =>
        el(
          "li",
          {},
          link(one.subject),
          ": ",
          typed(one.value),
          one.cell ? [" ", el("code", {}, typed(one.cell))] : null,
        ),
      ),
    );
  }

  function draw(stage) {
    const diagnostics = plan.diagnostics.filter((one) => Filter.hasCells(one.cells));
    const assumptions = plan.assumptions.filter((one) => Filter.hasSubject(one.subject));
    stage.replaceChildren(
      el(
        "div",
        {},
        el("h3", {}, "Doubts", el("span", { class: "tally" }, ` ${diagnostics.length}`)),
        grouped(diagnostics, (one) => `${one.severity} ${one.rule}`).map(finding),
        diagnostics.length ? null : el("p", { class: "none" }, "Nothing is wrong or doubtful here."),
      ),
      el(
        "div",
        {},
        el("h3", {}, "Assumed", el("span", { class: "tally" }, ` ${count(assumptions.length, "value")}`)),
        el(
          "p",
          { class: "quiet" },
          `${Wording.percent(plan.assumed_share)} of the effort of the whole plan is assumed.`,
        ),
        grouped(assumptions, (one) => one.column).map(assumed),
      ),
    );
  }

  function mount() {
    const stage = el("div", { class: "beside" });
    byId("data").append(stage);
    Filter.onChange(() => draw(stage));
    draw(stage);
  }

  return { mount };
})();
