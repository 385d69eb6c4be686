// Who waits for whom: the teams with their dependencies, as a drawing or as a table; inside a team its tasks.
const Graph = (() => {
  const { byId, choice, el, svg, typed } = Dom;
  const { plan } = Model;
  const { count, day, percent, span } = Wording;
  const MOST_NODES = 60;
  const WIDE = 138, ROOM = 190;
  const LEAST_WIDTH = 960;
  const state = { view: "drawing", team: "", inside: false };
  let stage, tools;

  const pairs = plan.dsm.teams.flatMap((user, i) => plan.dsm.teams.flatMap((provider, j) =>
    (plan.dsm.counts[i][j] && i !== j ? [{ from: provider, to: user, weight: plan.dsm.counts[i][j] }] : [])));
  const alone = plan.dsm.teams.filter((team) => !pairs.some((pair) => pair.from === team || pair.to === team));

  // A smooth line through the points of a route, from the right edge of a node to the left edge of the next.
  function curve(points, half, back) {
    const ends = points.map((point, k) => ({ y: point.y, left: k === 0 || k === points.length - 1 ? point.x - half : point.x, right: k === 0 || k === points.length - 1 ? point.x + half : point.x }));
    const path = back ? [...ends].reverse().map(({ y, left, right }) => ({ y, left: right, right: left })) : ends;
    let text = `M${path[0].right} ${path[0].y}`;
    for (let k = 1; k < path.length; k += 1) {
      const a = path[k - 1].right, b = path[k].left, middle = (a + b) / 2;
      text += `C${middle} ${path[k - 1].y} ${middle} ${path[k].y} ${b} ${path[k].y}`;
    }
    return text;
  }

  function drawing(nodes, edges, chosen, open) {
    const made = Layers.layered(nodes, edges, { columnWidth: ROOM, gap: 16 });
    const wide = Math.max(made.width, 300), high = made.height + 24;
    const picture = svg("svg", { class: `graph${chosen ? " chosen" : ""}`, viewBox: `0 0 ${wide} ${high}`, role: "group", "aria-label": "Who waits for whom" });
    picture.style.maxWidth = `${wide}px`;
    picture.style.minWidth = `${Math.min(wide, LEAST_WIDTH)}px`;
    const most = Math.max(1, ...edges.map((edge) => edge.weight));
    const lines = svg("g", {}), marks = svg("g", {});
    for (const { edge, back, points } of made.paths) {
      const kind = edge.to === chosen ? "in" : edge.from === chosen ? "out" : "quiet";
      const path = svg("path", {
        class: `edge ${kind}${back ? " back" : ""}`, d: curve(points.map((p) => ({ x: p.x, y: p.y + 12 })), WIDE / 2, back), "data-from": edge.from, "data-to": edge.to,
        "stroke-width": (1 + 3 * (edge.weight - 1) / Math.max(1, most - 1)).toFixed(1), "stroke-opacity": kind === "quiet" && !chosen ? (0.22 + 0.5 * (edge.weight - 1) / Math.max(1, most - 1)).toFixed(2) : null, "marker-end": `url(#arrow-${kind})`,
      }, svg("title", {}, edge.text || `${count(edge.weight, "task")} of ${edge.to} wait for ${edge.from}`));
      lines.append(path);
      if (kind !== "quiet" && !edge.text) {
        const middle = points[Math.floor((points.length - 1) / 2)], next = points[Math.floor((points.length - 1) / 2) + 1];
        marks.append(svg("text", { class: `count ${kind}`, x: (middle.x + next.x) / 2, y: (middle.y + next.y) / 2 + 9, "text-anchor": "middle" }, String(edge.weight)));
      }
    }
    const near = new Set(edges.flatMap((edge) => (edge.from === chosen ? [edge.to] : edge.to === chosen ? [edge.from] : [])));
    picture.append(lines);
    for (const node of nodes) {
      const { x, y } = made.at.get(node.id);
      const part = svg("g", {
        class: `node ${node.kind || ""}${node.id === chosen ? " selected" : ""}${chosen && node.id !== chosen && !near.has(node.id) ? " far" : ""}`,
        role: "button", tabindex: "0", "aria-label": node.said, transform: `translate(${x - WIDE / 2} ${y + 12 - node.height / 2})`,
        onclick: () => open(node.id),
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(node.id); } },
      }, svg("rect", { width: WIDE, height: node.height, rx: 5 }), svg("title", {}, node.said));
      node.lines.forEach((text, k) => part.append(svg("text", { x: 9, y: 16 + k * 14, class: k ? "quiet" : "" }, clipped(text, k ? 23 : 17))));
      picture.append(part);
    }
    picture.append(marks);
    return picture;
  }

  const clipped = (text, length) => ([...text].length > length ? `${[...text].slice(0, length - 1).join("")}…` : text);

  function teamNode(name) {
    const team = Model.teams.get(name);
    const load = !team ? "" : team.is_external ? "vendor" : `${count(team.queue.length, "task")}, ${percent(team.busy)}`;
    const kind = !team ? "" : team.is_external ? "vendor" : team.overload > 1 ? "over" : "";
    const said = `${name}: ${load}${team?.overload > 1 ? `, promised ${percent(team.overload)}` : ""}`;
    return { id: name, height: 40, lines: [name, load], kind, said };
  }

  function teamDrawing() {
    const names = plan.dsm.teams.filter((name) => !alone.includes(name));
    return drawing(names.map(teamNode), pairs, state.team, choose);
  }

  // The tasks of a team and their neighbours; above sixty the tasks on the critical chain and the next ones count.
  function taskDrawing() {
    const own = plan.tasks.filter((task) => task.teams.includes(state.team) && task.status !== "done");
    const near = new Set(own.flatMap((task) => [...task.waits_for, ...task.waited_by].map((link) => link.task)));
    const all = [...own, ...plan.tasks.filter((task) => near.has(task.id) && !own.includes(task))];
    const shown = all.slice(0, MOST_NODES);
    const known = new Set(shown.map((task) => task.id));
    const edges = shown.flatMap((task) => task.waits_for.filter((link) => known.has(link.task)).map((link) =>
      ({ from: link.task, to: task.id, weight: 1, text: `${task.id} waits for ${link.task}${link.relation ? ` (${link.relation})` : ""}` })));
    const nodes = shown.map((task) => ({
      id: task.id, height: 54, kind: `${task.teams.includes(state.team) ? "own" : "other"}${task.on_chain ? " chain" : ""}`,
      lines: [task.id, task.title, task.teams.includes(state.team) ? span(task.start, task.finish) : task.teams[0] || "no team"],
      said: `${task.id} ${task.title}, ${task.teams.join(" and ")}, ${day(task.start)} to ${day(task.finish)}`,
    }));
    const part = all.length > shown.length ? ` The first ${MOST_NODES} of ${all.length} are drawn.` : "";
    const chosen = Selection.current?.kind === "task" && known.has(Selection.current.id) ? Selection.current.id : "";
    return [el("p", { class: "quiet" }, `Tasks of ${state.team} (outlined) and what they wait for or hold up.${part}`),
      el("div", { class: "scroll graph-box", tabindex: "0", role: "region", "aria-label": `Tasks of ${state.team}` }, nodes.length ? drawing(nodes, edges, chosen, (id) => Selection.select("task", id)) : el("p", { class: "none" }, "No open task."))];
  }

  function table() {
    const names = plan.dsm.teams;
    return el("div", { class: "scroll heat-box", tabindex: "0", role: "region", "aria-label": "Dependencies between teams" }, el("table", { class: "matrix" },
      el("caption", { class: "quiet" }, "Tasks of the team in the row that wait for the team in the column."),
      el("thead", {}, el("tr", {}, el("th", { class: "team" }, ""), names.map((name) => el("th", { scope: "col" }, el("span", {}, typed(name)))))),
      el("tbody", {}, names.map((user, i) => el("tr", {},
        el("th", { scope: "row", class: "team" }, el("button", { type: "button", class: "link", onclick: () => choose(user) }, typed(user))),
        names.map((provider, j) => el("td", { class: i === j ? "own" : plan.dsm.counts[i][j] ? "some" : "", title: plan.dsm.counts[i][j] ? `${user} waits for ${provider}` : "" }, plan.dsm.counts[i][j] && i !== j ? String(plan.dsm.counts[i][j]) : "")))))));
  }

  function choose(name) {
    Filter.set({ team: state.team === name && Filter.wanted.team === name ? "" : name });
    if (Filter.wanted.team) Selection.select("team", name);
  }

  function sentences() {
    if (!state.team) return el("p", { class: "quiet" }, "Arrows lead from who provides to who waits, as wide as the number of tasks that wait: what is wider is darker. Choose a team to see only its own and to filter the page by it.");
    const said = (list, end) => list.sort((a, b) => b.weight - a.weight).map((pair) => `${pair[end]} ${pair.weight}`).join(", ") || "nobody";
    return el("p", {}, el("b", {}, typed(state.team)), " waits for ", el("span", { class: "in" }, said(pairs.filter((pair) => pair.to === state.team), "from")),
      "; for it wait ", el("span", { class: "out" }, said(pairs.filter((pair) => pair.from === state.team), "to")), ".");
  }

  function draw() {
    const inside = el("button", { type: "button", "aria-pressed": String(state.inside), onclick: () => { state.inside = !state.inside; draw(); } }, "Tasks inside");
    tools.replaceChildren(
      choice("Show as", [["drawing", "Drawing"], ["table", "Table"]], state.view, (view) => { state.view = view; draw(); }),
      ...(state.team ? [inside, el("button", { type: "button", onclick: () => Filter.set({ team: "" }) }, "All teams")] : []));
    if (!plan.dsm.teams.length) return stage.replaceChildren(el("p", { class: "none" }, "No team waits for another."));
    if (state.view === "table") return stage.replaceChildren(sentences(), table());
    if (state.inside && state.team) return stage.replaceChildren(sentences(), ...taskDrawing());
    return stage.replaceChildren(sentences(),
      el("div", { class: "scroll graph-box", tabindex: "0", role: "region", "aria-label": "Teams and who waits for whom" }, pairs.length ? teamDrawing() : ""),
      alone.length ? el("p", { class: "quiet" }, `Without dependencies on other teams: ${alone.join(", ")}.`) : "");
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
    Selection.onChange(() => { if (state.inside) draw(); });
    draw();
  }

  return { mount };
})();
