// The page on paper: the timeline in full, cut into pages with their own axis; every conflict that costs something open.
const Printing = (() => {
  const { byId, el, svg, typed } = Dom;
  const { plan } = Model;
  const ROW = 19;
  const HEAD = 34;
  const ROWS = 31;
  const FIRST_ROWS = 26; // below the heading, the legend and the calendar
  const CHART = 735;
  let sheets = null;

  // Pages of whole rows; a group that goes on is named again, and its name is never the last row of a page.
  function paged(rows) {
    const pages = [[]];
    for (const row of rows) {
      const page = pages.at(-1);
      const most = pages.length > 1 ? ROWS : FIRST_ROWS;
      const isFull = page.length >= most || (row.kind === "group" && page.length >= most - 1);
      if (!isFull) page.push(row);
      else pages.push(row.kind === "task" ? [{ kind: "group", group: row.group }, row] : [row]);
    }
    return pages;
  }

  function sheet(rows, number, all) {
    const days = Model.horizon.last - Model.horizon.first + 1;
    const scale = GanttDraw.scaled(CHART / days);
    const height = rows.length * ROW;
    const chart = svg(
      "svg",
      { class: "gantt-bars", width: CHART, height: HEAD + height, viewBox: `0 0 ${CHART} ${HEAD + height}` },
      GanttDraw.axis(scale, HEAD),
    );
    const body = svg("g", { transform: `translate(0 ${HEAD})` }, GanttDraw.ground(scale, height));
    rows.forEach((row, k) => {
      const part = GanttDraw.row(row, scale, k * ROW, ROW, false);
      part.setAttribute("class", `row ${row.kind}`);
      body.append(part);
    });
    body.append(GanttDraw.today(scale, height));
    chart.append(body);
    const labels = el(
      "div",
      { class: "sheet-labels" },
      el("div", { class: "sheet-head" }, `Timeline, page ${number} of ${all}`),
      rows.map((row) => el("div", { class: `label ${row.kind}` }, GanttLabels.content(row, Gantt.view))),
    );
    return el("div", { class: "sheet" }, labels, chart);
  }

  function conflicts() {
    const found = Model.open.filter((conflict) => Filter.hasConflict(conflict));
    const dear = found.filter((conflict) => conflict.cost);
    const rest = found.filter((conflict) => !conflict.cost);
    return [
      ...dear.map((conflict) =>
        el(
          "div",
          { class: "conflict" },
          el("div", { class: "summary" }, Conflicts.heading(conflict)),
          Conflicts.body(conflict),
        ),
      ),
      rest.length ? el("h3", {}, "Without a cost") : "",
      el(
        "ul",
        { class: "lines" },
        rest.map((conflict) => el("li", {}, `${plan.kinds[conflict.type]}: `, typed(conflict.message))),
      ),
    ];
  }

  function prepare() {
    if (sheets) return;
    const pages = paged(GanttRows.rows(Gantt.view, new Set()).rows);
    sheets = [
      [
        byId("timeline"),
        el(
          "div",
          { class: "on-paper" },
          pages.map((rows, k) => sheet(rows, k + 1, pages.length)),
        ),
      ],
      [byId("conflicts"), el("div", { class: "on-paper" }, conflicts())],
    ];
    for (const [section, made] of sheets) section.append(made);
  }

  function finish() {
    for (const [, made] of sheets || []) made.remove();
    sheets = null;
  }

  function mount() {
    addEventListener("beforeprint", prepare);
    addEventListener("afterprint", finish);
    byId("print").addEventListener("click", () => print());
  }

  return { mount };
})();
