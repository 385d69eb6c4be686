// The timeline on the screen: only the rows in view are drawn; keys and clicks move through all of them.
const Gantt = (() => {
  const { byId, choice, eachFrame, el, svg } = Dom;
  const ROW = 28;
  const HEAD = 40;
  const SPARE = 8;
  const MOST_UNFOLDED = 400;
  const state = {
    view: Model.plan.items.length ? "item" : "team",
    shut: new Set(),
    zoom: 1,
    active: 0,
    rows: [],
    groups: [],
  };
  let box, canvas, foldAll, head, labels, bars, scale, labelWidth, width;

  function mount() {
    const views = choice(
      "Group by",
      [
        ["item", "By item"],
        ["team", "By team"],
      ],
      state.view,
      (view) => {
        state.view = view;
        state.shut.clear();
        rebuild();
        foldIfMany();
      },
    );
    foldAll = el("button", { type: "button", id: "fold-all", onclick: () => fold(!isAllShut()) });
    canvas = el("div", { class: "canvas" });
    head = el("div", { class: "gantt-head", "aria-hidden": "true" });
    labels = el("div", { class: "gantt-labels" });
    bars = svg("svg", { class: "gantt-bars", "aria-hidden": "true" });
    canvas.append(head, labels, bars);
    box = el(
      "div",
      {
        class: "gantt",
        id: "gantt",
        tabindex: "0",
        role: "treegrid",
        "aria-label":
          "Timeline. Arrow keys move, Enter opens and once more goes to the details, left and right fold and unfold",
        onkeydown: onKey,
        onclick: onClick,
      },
      canvas,
    );
    byId("timeline").append(
      el(
        "div",
        { class: "tools" },
        views,
        el(
          "span",
          { class: "choice", role: "group", "aria-label": "Zoom" },
          el("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoom(state.zoom / 1.5) }, "−"),
          el("button", { type: "button", onclick: () => zoom(1) }, "Fit"),
          el("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoom(state.zoom * 1.5) }, "+"),
        ),
        foldAll,
        GanttLegend.legend(),
      ),
      box,
      GanttLegend.calendar(),
    );
    box.addEventListener("scroll", eachFrame(draw), { passive: true });
    new ResizeObserver(onWidth).observe(box);
    Filter.onChange(() => {
      if (Filter.isActive()) state.shut.clear(); // what was looked for is shown
      rebuild();
    });
    Selection.onChange(reveal);
    resize();
    rebuild();
    foldIfMany();
  }

  const isAllShut = () => state.groups.length > 0 && state.groups.every((group) => state.shut.has(group.key));

  function fold(shut) {
    state.shut = new Set(shut ? state.groups.map((group) => group.key) : []);
    rebuild();
  }

  // Of very many tasks the items or teams are read first.
  function foldIfMany() {
    if (Model.plan.tasks.length > MOST_UNFOLDED && !Filter.isActive()) fold(true);
  }

  // Beside the details the scale stays as it is, so that nothing moves under the pointer.
  function onWidth() {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    if (document.body.classList.contains("has-details")) draw();
    else resize();
  }

  // The day in the middle stays where it is.
  function zoom(factor) {
    const room = (box.clientWidth - labelWidth) / 2;
    const middle = (box.scrollLeft + room) / scale.perDay;
    state.zoom = Math.min(12, Math.max(1, factor));
    resize();
    box.scrollLeft = middle * scale.perDay - room;
  }

  function resize() {
    labelWidth = Math.min(430, Math.max(132, Math.round(box.clientWidth * 0.31)));
    const days = Model.horizon.last - Model.horizon.first + 1;
    const room = Math.max(560, box.clientWidth - labelWidth - 18);
    scale = GanttDraw.scaled((room / days) * state.zoom);
    canvas.style.setProperty("--label", `${labelWidth}px`);
    canvas.style.width = `${labelWidth + scale.width}px`;
    const axis = svg("svg", { width: scale.width, height: HEAD }, GanttDraw.axis(scale, HEAD));
    axis.append(
      svg("text", { class: "today", x: scale.x(Model.asOf) + 3, y: HEAD - 8 }, "as of"),
      svg("line", { class: "today", x1: scale.x(Model.asOf), x2: scale.x(Model.asOf), y1: HEAD - 18, y2: HEAD }),
    );
    head.replaceChildren(el("div", { class: "corner" }, state.view === "item" ? "Item, task" : "Team, task"), axis);
    draw();
  }

  function rebuild() {
    const made = GanttRows.rows(state.view, state.shut);
    state.rows = made.rows;
    state.groups = made.groups;
    foldAll.textContent = isAllShut() ? "Unfold all" : "Fold all";
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
    labels.replaceChildren(
      ...state.rows
        .slice(from, to)
        .map((one, k) =>
          GanttLabels.label(one, from + k, from + k === state.active, state.view, HEAD + (from + k) * ROW),
        ),
    );
    if (!state.rows.length)
      labels.append(el("p", { class: "none" }, Model.plan.tasks.length ? "No task matches." : "Nothing is planned."));
    bars.setAttribute("width", scale.width);
    bars.setAttribute("height", height);
    bars.style.top = `${HEAD + from * ROW}px`;
    const drawn = [GanttDraw.ground(scale, height)];
    state.rows.slice(from, to).forEach((one, k) => {
      const isSelected = Selection.isSelected(...one.opens);
      const part = GanttDraw.row(one, scale, k * ROW, ROW, isSelected);
      part.dataset.row = from + k;
      part.setAttribute(
        "class",
        `row ${one.kind}${isSelected ? " selected" : ""}${from + k === state.active ? " active" : ""}`,
      );
      part.prepend(svg("rect", { class: "hit", x: 0, y: k * ROW, width: scale.width, height: ROW }));
      drawn.push(part);
    });
    drawn.push(GanttDraw.today(scale, height), GanttArrows.drawing(state.rows, scale, from, ROW));
    bars.replaceChildren(...drawn);
    if (state.rows.length) box.setAttribute("aria-activedescendant", `row-${state.active}`);
    else box.removeAttribute("aria-activedescendant");
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
      if (index >= 0) {
        scrollToRow(state.active);
        scrollToDay(Model.tasks.get(current.id));
      }
    }
    draw();
  }

  function scrollToRow(index) {
    const top = index * ROW;
    const room = box.clientHeight - HEAD - ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
  }

  function scrollToDay(task) {
    const left = scale.x(task.first);
    const room = box.clientWidth - labelWidth;
    if (left < box.scrollLeft + 10 || left > box.scrollLeft + room - 60)
      box.scrollLeft = Math.max(0, left - room / 3);
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
    if (one.opens[0] === "rest") toggle(index, !one.open);
    else if (Selection.isSelected(...one.opens)) byId("details-title").focus();
    else return Selection.select(...one.opens); // which draws
    return draw();
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
        state.active = Math.max(
          0,
          state.rows.findIndex((one) => one.kind === "group" && one.group === group),
        );
        scrollToRow(state.active);
        draw();
      }
    } else return;
    event.preventDefault();
  }

  return {
    mount,
    get view() {
      return state.view;
    },
  };
})();
