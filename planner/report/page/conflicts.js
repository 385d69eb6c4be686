// What contradicts: the dearest first, each with its cost by the day of the decision and the ways out.
const Conflicts = (() => {
  const { byId, choice, el, typed } = Dom;
  const { plan } = Model;
  const { count, day, number, weeks, DAYS_PER_WEEK } = Wording;
  const FEW = 12;
  const state = { family: "", most: FEW };
  let list, tally;

  const families = [...new Set(Model.open.map((conflict) => conflict.family))];

  // As planner/report/conflicts.py says it.
  function difference({ low, high }) {
    if (!(low > 0 || high < 0 || low === high)) return "no clear difference";
    const [less, more] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
    if (!more) return "the plan costs the same";
    const amount = less === more ? weeks(more) : `${number(less / DAYS_PER_WEEK)} to ${weeks(more)}`;
    return `the plan costs ${amount} ${high <= 0 ? "less" : "more"}`;
  }

  function way(one) {
    return el(
      "li",
      {},
      typed(one.text.replace(/\.$/, "")),
      el(
        "span",
        { class: "quiet" },
        [
          one.discards.length ? `gives up ${one.discards.join(", ")}` : "",
          one.extra ? `${weeks(one.extra)} extra` : "",
          one.delta ? difference(one.delta) : "",
        ]
          .filter(Boolean)
          .map((text) => ` · ${text}`)
          .join(""),
      ),
    );
  }

  const links = (kind, ids) =>
    ids.flatMap((id, k) => [
      k ? ", " : "",
      Selection.exists(kind, id)
        ? el("button", { type: "button", class: "link", onclick: () => Selection.select(kind, id) }, typed(id))
        : typed(id),
    ]);

  function body(conflict) {
    const facts = [
      ["Tasks", links("task", conflict.tasks)],
      ["Items", links("item", conflict.items)],
      ["Teams", links("team", conflict.teams)],
      ["Components", conflict.components.join(", ")],
      ["Decisions", links("decision", conflict.decisions)],
      ["Avoidable", conflict.avoidable ? weeks(conflict.avoidable) : ""],
      ["Matching words", conflict.words.join(", ")],
      ["Break-even", conflict.break_even],
      ["Cells", conflict.cells.join(", ")],
      ["Id", el("code", {}, conflict.id)],
    ].filter(([, value]) => value.length || value.tagName);
    return el(
      "div",
      { class: "conflict-body" },
      Curve.isRising(conflict)
        ? el(
            "figure",
            {},
            el("figcaption", {}, "Engineer-weeks thrown away, by the day of the decision"),
            Curve.drawing(conflict),
          )
        : null,
      conflict.resolutions.length
        ? el("div", {}, el("h3", {}, "Ways out"), el("ul", { class: "ways" }, conflict.resolutions.map(way)))
        : null,
      el(
        "div",
        {},
        el(
          "dl",
          { class: "facts" },
          facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
        ),
      ),
    );
  }

  function heading(conflict) {
    return [
      el(
        "span",
        { class: "price" },
        conflict.cost ? [el("b", {}, number(conflict.cost / DAYS_PER_WEEK)), " engineer-weeks"] : "no cost",
      ),
      el(
        "span",
        { class: "story" },
        el(
          "span",
          { class: "kicker" },
          plan.kinds[conflict.type],
          conflict.decide_by ? [" · ", el("b", {}, `decide by ${day(conflict.decide_by)}`)] : null,
          conflict.teams.length ? ` · ${conflict.teams.slice(0, 4).join(", ")}` : "",
        ),
        typed(conflict.message, "span", { class: "message" }),
        conflict.recommendation ? typed(`→ ${conflict.recommendation}`, "span", { class: "advice" }) : null,
      ),
    ];
  }

  // The body is made when it is first opened.
  function card(conflict) {
    const made = el("details", { class: "conflict", "data-id": conflict.id }, el("summary", {}, heading(conflict)));
    const fill = () => {
      if (made.open && !made.querySelector(".conflict-body")) made.append(body(conflict));
    };
    made.addEventListener("toggle", fill);
    return made;
  }

  function draw() {
    const found = Model.open.filter(
      (conflict) => (!state.family || conflict.family === state.family) && Filter.hasConflict(conflict),
    );
    tally.textContent = `${count(found.length, "conflict")}${found.length < Model.open.length ? ` of ${Model.open.length}` : ""}`;
    const more = found.length - state.most;
    list.replaceChildren(
      ...found.slice(0, state.most).map(card),
      ...(more > 0
        ? [
            el(
              "button",
              {
                type: "button",
                onclick: () => {
                  state.most += 50;
                  draw();
                },
              },
              `Show ${Math.min(50, more)} more`,
            ),
          ]
        : []),
      ...(found.length
        ? []
        : [el("p", { class: "none" }, Model.open.length ? "None of these." : "Nothing contradicts.")]),
    );
  }

  function mount() {
    tally = el("p", { class: "quiet" });
    list = el("div", { class: "conflicts" });
    const options = [["", "All"], ...families.map((family) => [family, family])];
    byId("conflicts").append(
      el(
        "div",
        { class: "tools" },
        families.length > 1
          ? choice("Family", options, "", (family) => {
              state.family = family;
              state.most = FEW;
              draw();
            })
          : null,
        tally,
      ),
      list,
    );
    Filter.onChange(draw);
    draw();
  }

  return { body, heading, mount };
})();
