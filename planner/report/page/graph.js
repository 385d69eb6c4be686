// Who waits for whom: the teams with their dependencies, as a drawing or as a table; inside a team its tasks.
const Graph = (() => {
  const { byId, choice, el, typed } = Dom;
  const { plan } = Model;
  const { count, day, percent, span } = Wording;
  const MOST_NODES = 60;
  const MANY_TEAMS = 32;
  const MOST_ARROWS = 45;
  const state = { view: "drawing", team: "", inside: false };
  let stage, tools;

  const pairs = plan.dsm.teams.flatMap((user, i) =>
    plan.dsm.teams.flatMap((provider, j) =>
      plan.dsm.counts[i][j] && i !== j ? [{ from: provider, to: user, weight: plan.dsm.counts[i][j] }] : [],
    ),
  );
  const alone = plan.dsm.teams.filter((team) => !pairs.some((pair) => pair.from === team || pair.to === team));

  function teamNode(name) {
    const team = Model.teams.get(name);
    const load = !team
      ? ""
      : team.is_external
        ? "vendor"
        : `${count(team.queue.length, "task")}, ${percent(team.busy)}`;
    const kind = !team ? "" : team.is_external ? "vendor" : team.overload > 1 ? "over" : "";
    const said = `${name} ${load}${team?.overload > 1 ? `, promised ${percent(team.overload)}` : ""}`;
    return { id: name, height: 40, lines: [name, load], kind, said };
  }

  // The chosen team with its neighbours; all teams where none is chosen, of very many those with the widest arrows.
  function teamDrawing() {
    const isMany = plan.dsm.teams.length > MANY_TEAMS;
    const edges = state.team
      ? pairs.filter((pair) => pair.from === state.team || pair.to === state.team)
      : [...pairs].sort((a, b) => b.weight - a.weight).slice(0, isMany ? MOST_ARROWS : pairs.length);
    const joined = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const part =
      edges.length < pairs.length && !state.team
        ? el(
            "p",
            { class: "quiet" },
            `The ${edges.length} widest of ${pairs.length} arrows are drawn; the table has all.`,
          )
        : "";
    return [
      part,
      el(
        "div",
        { class: "scroll graph-box", tabindex: "0", role: "region", "aria-label": "Teams and who waits for whom" },
        edges.length
          ? GraphDraw.drawing(
              plan.dsm.teams.filter((name) => joined.has(name)).map(teamNode),
              edges,
              state.team,
              choose,
            )
          : el("p", { class: "none" }, "No other team."),
      ),
    ];
  }

  // The tasks of a team that are not done, in the order of the plan, then their neighbours: as many as can be read.
  function taskDrawing() {
    const own = plan.tasks.filter((task) => task.teams.includes(state.team) && task.status !== "done");
    const near = new Set(own.flatMap((task) => [...task.waits_for, ...task.waited_by].map((link) => link.task)));
    const all = [...own, ...plan.tasks.filter((task) => near.has(task.id) && !own.includes(task))];
    const shown = all.slice(0, MOST_NODES);
    const known = new Set(shown.map((task) => task.id));
    const edges = shown.flatMap((task) =>
      task.waits_for
        .filter((link) => known.has(link.task))
        .map((link) => ({
          from: link.task,
          to: task.id,
          weight: 1,
          text: `${task.id} waits for ${link.task}${link.relation ? ` (${link.relation})` : ""}`,
        })),
    );
    const nodes = shown.map((task) => ({
      id: task.id,
      height: 54,
      kind: `${task.teams.includes(state.team) ? "own" : "other"}${task.on_chain ? " chain" : ""}`,
      lines: [
        task.id,
        task.title,
        task.teams.includes(state.team) ? span(task.start, task.finish) : task.teams[0] || "no team",
      ],
      said: `${task.id} ${task.title}, ${task.teams.join(" and ")}, ${day(task.start)} to ${day(task.finish)}`,
    }));
    const part = all.length > shown.length ? ` The first ${MOST_NODES} of ${all.length} are drawn.` : "";
    const chosen = Selection.current?.kind === "task" && known.has(Selection.current.id) ? Selection.current.id : "";
    return [
      el("p", { class: "quiet" }, `Tasks of ${state.team} (outlined) and what they wait for or hold up.${part}`),
      el(
        "div",
        { class: "scroll graph-box", tabindex: "0", role: "region", "aria-label": `Tasks of ${state.team}` },
        nodes.length
          ? GraphDraw.drawing(nodes, edges, chosen, (id) => Selection.select("task", id))
          : el("p", { class: "none" }, "No open task."),
      ),
    ];
  }

  function choose(name) {
    Filter.set({ team: state.team === name && Filter.wanted.team === name ? "" : name });
    if (Filter.wanted.team) Selection.select("team", name);
  }

  function sentences() {
    if (!state.team)
      return el(
        "p",
        { class: "quiet" },
        "Arrows lead from who provides to who waits, as wide as the number of tasks that wait: what is wider is darker. Choose a team to see only its own and to filter the page by it.",
      );
    const said = (list, end) =>
      list
        .sort((a, b) => b.weight - a.weight)
        .map((pair) => `${pair[end]} ${pair.weight}`)
        .join(", ") || "nobody";
    return el(
      "p",
      {},
      el("b", {}, typed(state.team)),
      " waits for ",
      el(
        "span",
        { class: "in" },
        said(
          pairs.filter((pair) => pair.to === state.team),
          "from",
        ),
      ),
      "; for it wait ",
      el(
        "span",
        { class: "out" },
        said(
          pairs.filter((pair) => pair.from === state.team),
          "to",
        ),
      ),
      ".",
    );
  }

  function draw() {
    const inside = el(
      "button",
      {
        type: "button",
        "aria-pressed": String(state.inside),
        onclick: () => {
          state.inside = !state.inside;
          draw();
        },
      },
      "Tasks inside",
    );
    tools.replaceChildren(
      choice(
        "Show as",
        [
          ["drawing", "Drawing"],
          ["table", "Table"],
        ],
        state.view,
        (view) => {
          state.view = view;
          draw();
        },
      ),
      ...(state.team
        ? [inside, el("button", { type: "button", onclick: () => Filter.set({ team: "" }) }, "All teams")]
        : []),
    );
    if (!plan.dsm.teams.length)
      return stage.replaceChildren(el("p", { class: "none" }, "No team waits for another."));
    if (state.view === "table") return stage.replaceChildren(sentences(), Matrix.table(choose));
    if (state.inside && state.team) return stage.replaceChildren(sentences(), ...taskDrawing());
    return stage.replaceChildren(
      sentences(),
      ...teamDrawing(),
      alone.length ? el("p", { class: "quiet" }, `Without dependencies on other teams: ${alone.join(", ")}.`) : "",
    );
  }

  function mount() {
    tools = el("div", { class: "tools" });
    stage = el("div", {});
    byId("teams").append(tools, stage);
    Filter.onChange(() => {
      const team = plan.dsm.teams.includes(Filter.wanted.team) ? Filter.wanted.team : "";
      if (team === state.team) return;
      state.team = team;
      if (!team) state.inside = false;
      draw();
    });
    Selection.onChange(() => {
      if (state.inside) draw();
    });
    draw();
  }

  return { mount };
})();
