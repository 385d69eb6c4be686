// The timeline on the screen: only the rows in view are drawn; keys and clicks move through all of them.
const Gantt = (() => {
  const { byId, choice, eachFrame, el, svg, typed } = Dom;
  const { day, count } = Wording;
  const ROW = 28, HEAD = 40, SPARE = 8;
  const state = { view: Model.plan.items.length ? "item" : "team", shut: new Set(), zoom: 1, active: 0, rows: [], groups: [] };
  let box, canvas, head, labels, bars, arrows, scale, labelWidth;

  function mount() {
    const views = choice("Group by", [["item", "By item"], ["team", "By team"]], state.view, (view) => {
      state.view = view; state.shut.clear(); rebuild();
    });
    const zoom = (factor) => () => { state.zoom = Math.min(12, Math.max(1, state.zoom * factor)); resize(); };
    const shutAll = el("button", { type: "button", onclick: () => {
      const all = state.groups.every((group) => state.shut.has(group.key));
      state.shut = new Set(all ? [] : state.groups.map((group) => group.key));
      rebuild();
    } }, "Fold all");
    canvas = el("div", { class: "canvas" });
    head = el("div", { class: "gantt-head", "aria-hidden": "true" });
    labels = el("div", { class: "gantt-labels" });
    bars = svg("svg", { class: "gantt-bars", "aria-hidden": "true" });
    arrows = svg("g", { class: "arrows" });
    canvas.append(head, labels, bars);
    box = el("div", {
      class: "gantt", id: "gantt", tabindex: "0", role: "treegrid", "aria-label": "Timeline. Arrow keys move, Enter opens a task, left and right fold and unfold",
      onkeydown: onKey, onclick: onClick,
    }, canvas);
    byId("timeline").append(
      el("div", { class: "tools" }, views,
        el("span", { class: "choice", role: "group", "aria-label": "Zoom" },
          el("button", { type: "button", "aria-label": "Zoom out", onclick: zoom(1 / 1.5) }, "−"),
          el("button", { type: "button", onclick: () => { state.zoom = 1; resize(); } }, "Fit"),
          el("button", { type: "button", "aria-label": "Zoom in", onclick: zoom(1.5) }, "+")),
        shutAll, legend()),
      box);
    box.addEventListener("scroll", eachFrame(draw), { passive: true });
    let lastWidth = 0;
    new ResizeObserver(() => { if (box.clientWidth !== lastWidth) { lastWidth = box.clientWidth; if (!document.body.classList.contains("has-details")) resize(); else draw(); } }).observe(box);
    Filter.onChange(rebuild);
    Selection.onChange(reveal);
    resize();
    rebuild();
  }

  function legend() {
    const sample = (kind, text) => el("span", { class: "sample" }, sketch(kind), text);
    const sketch = (kind) => {
      const made = svg("svg", { width: 26, height: 14, "aria-hidden": "true" });
      if (kind === "float") made.append(svg("line", { class: "float", x1: 2, y1: 7, x2: 24, y2: 7 }), svg("line", { class: "float", x1: 24, y1: 4, x2: 24, y2: 10 }));
      else if (kind === "block") made.append(svg("rect", { class: "band block", x: 1, y: 1, width: 24, height: 12 }));
      else if (kind === "launch") made.append(svg("path", { class: "launch", d: "M13 3 18 12 8 12z" }));
      else if (kind === "target") made.append(svg("path", { class: "target", d: "M9 1V13M9 1h7l-2 3 2 3h-7" }));
      else if (kind === "whisker") made.append(svg("path", { class: "whisker", d: "M3 7H23M3 3V11M23 3V11" }));
      else made.append(svg("rect", { class: `bar ${kind}`, x: 1, y: 3, width: 24, height: 9, rx: 2 }));
      return made;
    };
    const hasForecast = Model.plan.forecast !== null;
    return el("span", { class: "legend" }, sample("planned", "planned"), sample("progress", "in progress"), sample("chain", "critical chain"),
      sample("done", "done"), sample("float", "free float"), sample("launch", "launch after a wait"), sample("target", "target"),
      sample("block", "block"), hasForecast ? sample("whisker", "forecast, 50 to 90 %") : null);
  }

  function resize() {
    labelWidth = Math.min(430, Math.max(132, Math.round(box.clientWidth * 0.31)));
    const days = Model.horizon.last - Model.horizon.first + 1;
    const room = Math.max(560, box.clientWidth - labelWidth - 18);
    scale = GanttDraw.scaled(room / days * state.zoom);
    canvas.style.setProperty("--label", `${labelWidth}px`);
    canvas.style.width = `${labelWidth + scale.width}px`;
    const axis = svg("svg", { width: scale.width, height: HEAD }, GanttDraw.axis(scale, HEAD));
    axis.append(svg("text", { class: "today", x: scale.x(Model.asOf) + 3, y: HEAD - 8 }, "as of"), svg("line", { class: "today", x1: scale.x(Model.asOf), x2: scale.x(Model.asOf), y1: HEAD - 18, y2: HEAD }));
    head.replaceChildren(el("div", { class: "corner" }, state.view === "item" ? "Item, task" : "Team, task"), axis);
    draw();
  }

  function rebuild() {
    const made = GanttRows.rows(state.view, state.shut);
    state.rows = made.rows;
    state.groups = made.groups;
    state.active = Math.min(state.active, Math.max(0, state.rows.length - 1));
    canvas.style.height = `${HEAD + Math.max(1, state.rows.length) * ROW}px`;
    box.setAttribute("aria-rowcount", String(state.rows.length));
    head.firstChild?.replaceChildren(state.view === "item" ? "Item, task" : "Team, task");
    draw();
  }

  // Rows in view and a few around them.
  function draw() {
    if (!scale) return;
    const from = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const to = Math.min(state.rows.length, Math.ceil((box.scrollTop + box.clientHeight - HEAD) / ROW) + SPARE);
    const height = Math.max(1, to - from) * ROW;
    labels.replaceChildren(...state.rows.slice(from, to).map((one, k) => label(one, from + k)));
    if (!state.rows.length) labels.append(el("p", { class: "none" }, Model.plan.tasks.length ? "No task matches." : "Nothing is planned."));
    bars.setAttribute("width", scale.width);
    bars.setAttribute("height", height);
    bars.style.top = `${HEAD + from * ROW}px`;
    const drawn = [GanttDraw.ground(scale, height)];
    state.rows.slice(from, to).forEach((one, k) => {
      const isSelected = one.kind === "task" && Selection.isSelected("task", one.task.id);
      const part = GanttDraw.row(one, scale, k * ROW, ROW, isSelected);
      part.dataset.row = from + k;
      part.setAttribute("class", `row ${one.kind}${isSelected ? " selected" : ""}${from + k === state.active ? " active" : ""}`);
      part.prepend(svg("rect", { class: "hit", x: 0, y: k * ROW, width: scale.width, height: ROW }));
      drawn.push(part);
    });
    drawn.push(GanttDraw.today(scale, height), arrowsOf(from));
    bars.replaceChildren(...drawn);
    if (state.rows.length) box.setAttribute("aria-activedescendant", `row-${state.active}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function label(one, index) {
    const isGroup = one.kind === "group";
    const made = el("div", {
      class: `label ${one.kind}${index === state.active ? " active" : ""}${!isGroup && Selection.isSelected("task", one.task.id) ? " selected" : ""}`,
      id: `row-${index}`, role: "row", "aria-level": one.level, "aria-rowindex": index + 1, "data-row": index,
      "aria-expanded": isGroup ? String(one.open) : null, "aria-selected": isGroup ? null : String(Selection.isSelected("task", one.task.id)),
      "aria-label": isGroup ? saidGroup(one.group) : saidTask(one.task),
    });
    made.style.top = `${HEAD + index * ROW}px`;
    if (isGroup) {
      const { group } = one;
      made.append(el("span", { class: "fold", "aria-hidden": "true" }, one.open ? "▾" : "▸"),
        el("span", { class: "name", role: "gridcell" }, typed(group.id, "b"), " ", typed(group.title)),
        el("span", { class: `remark${group.late ? " alarm" : ""}` }, group.remark));
    } else {
      const { task } = one;
      const beside = state.view === "item" ? task.teams.join(", ") || "no team" : task.items.join(", ");
      made.append(el("code", {}, task.id), el("span", { class: "name", role: "gridcell" }, typed(task.title)), typed(beside, "span", { class: "remark" }));
    }
    return made;
  }

  const saidGroup = (group) => [group.id, group.title, count(group.tasks.length, "task"), group.said].filter(Boolean).join(", ");
  const saidTask = (task) => [
    `${task.id} ${task.title}`, task.teams.join(" and ") || "no team", `${day(task.start)} to ${day(task.finish)}`,
    task.out > task.last ? `launches ${day(task.launch)}` : "", task.status, task.on_chain ? "on the critical chain" : "",
    task.sequence ? `float ${count(task.total_float, "day")}` : "",
  ].filter(Boolean).join(", ");

  // From whom the selected task waits, and who waits for it; rows out of view are pointed at.
  function arrowsOf(from) {
    const made = svg("g", { class: "arrows" });
    const selected = Selection.current?.kind === "task" && Model.tasks.get(Selection.current.id);
    if (!selected) return made;
    const place = new Map();
    state.rows.forEach((one, index) => { if (one.kind === "task" && !place.has(one.task.id)) place.set(one.task.id, index); });
    const own = place.get(selected.id);
    if (own === undefined) return made;
    const y = (index) => (index - from + 0.5) * ROW;
    const link = (earlier, later, kind) => {
      const one = place.get(earlier.id), other = place.get(later.id);
      if (one === undefined || other === undefined) return;
      const x1 = scale.x(earlier.last + 1), x2 = scale.x(later.first);
      const y1 = y(one), y2 = y(other), bend = Math.max(14, Math.min(60, Math.abs(x2 - x1) / 2));
      made.append(svg("path", { class: `arrow ${kind}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, "marker-end": `url(#arrow-${kind})` }));
    };
    for (const { task } of selected.waits_for) if (Model.tasks.has(task)) link(Model.tasks.get(task), selected, "in");
    for (const { task } of selected.waited_by) if (Model.tasks.has(task)) link(selected, Model.tasks.get(task), "out");
    return made;
  }

  // Bring the selected task's row into view, its group unfolded.
  function reveal(current) {
    if (current?.kind === "task") {
      let index = state.rows.findIndex((one) => one.kind === "task" && one.task.id === current.id);
      const isActive = state.rows[state.active]?.task?.id === current.id;
      if (index < 0) {
        const home = state.groups.find((group) => group.tasks.some((task) => task.id === current.id));
        if (home && state.shut.delete(home.key)) {
          rebuild();
          index = state.rows.findIndex((one) => one.kind === "task" && one.task.id === current.id);
        }
      }
      if (index >= 0 && !isActive) state.active = index;
      if (index >= 0) { scrollToRow(state.active); scrollToDay(Model.tasks.get(current.id)); }
    }
    draw();
  }

  function scrollToRow(index) {
    const top = index * ROW, room = box.clientHeight - HEAD - ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
  }

  function scrollToDay(task) {
    const left = scale.x(task.first), room = box.clientWidth - labelWidth;
    if (left < box.scrollLeft + 10 || left > box.scrollLeft + room - 60) box.scrollLeft = Math.max(0, left - room / 3);
  }

  function toggle(index, open) {
    const one = state.rows[index];
    if (one?.kind !== "group" || one.open === open) return false;
    if (one.open) state.shut.add(one.group.key);
    else state.shut.delete(one.group.key);
    state.active = index;
    rebuild();
    return true;
  }

  function openRow(index) {
    const one = state.rows[index];
    if (!one) return;
    state.active = index;
    if (one.kind === "task") Selection.select("task", one.task.id);
    else if (one.group.kind === "rest") toggle(index, !one.open);
    else Selection.select(one.group.kind, one.group.id);
    draw();
  }

  function onClick(event) {
    const hit = event.target.closest("[data-row]");
    if (!hit) return;
    const index = Number(hit.dataset.row);
    if (event.target.closest(".fold")) toggle(index, !state.rows[index].open);
    else openRow(index);
  }

  function onKey(event) {
    const page = Math.max(1, Math.floor((box.clientHeight - HEAD) / ROW) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key in moves) {
      state.active = Math.max(0, Math.min(state.rows.length - 1, state.active + moves[key]));
      scrollToRow(state.active);
      draw();
    } else if (key === "Enter" || key === " ") openRow(state.active);
    else if (key === "ArrowRight") toggle(state.active, true);
    else if (key === "ArrowLeft") {
      const group = state.rows[state.active]?.group;
      if (!toggle(state.active, false)) {
        state.active = Math.max(0, state.rows.findIndex((one) => one.kind === "group" && one.group === group));
        scrollToRow(state.active);
        draw();
      }
    } else return;
    event.preventDefault();
  }

  return { mount, get view() { return state.view; } };
})();
