// What the details of different things share: links to other things, facts, lists of tasks, conflicts and cells.
const Parts = (() => {
  const { el, typed } = Dom;
  const { plan } = Model;
  const { count, day, percent, span, weeks } = Wording;

  const link = (kind, id, text = id) =>
    Selection.exists(kind, id)
      ? el("button", { type: "button", class: "link", onclick: () => Selection.select(kind, id) }, typed(text))
      : typed(text);
  const joined = (nodes) => nodes.flatMap((node, k) => (k ? [", ", node] : [node]));
  const facts = (...list) =>
    el(
      "dl",
      { class: "facts" },
      list
        .filter(([, value]) => value && value.length !== 0)
        .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
    );
  const part = (title, ...children) => el("section", {}, el("h3", {}, title), children);
  const days = (amount) => count(amount, "working day");

  // The text of a reason with the tasks that it names as links.
  function reasoned(reason) {
    const ids = reason.tasks.filter((id) => Model.tasks.has(id)).sort((a, b) => b.length - a.length);
    let pieces = [reason.text];
    for (const id of ids) pieces = pieces.flatMap((piece) => (typeof piece === "string" ? cut(piece, id) : [piece]));
    return pieces;
  }

  function cut(text, id) {
    const at = text.indexOf(id);
    const after = text[at + id.length] || "";
    if (at < 0 || /[\w-]/.test(after)) return [text];
    return [text.slice(0, at), link("task", id), text.slice(at + id.length)].filter((piece) => piece !== "");
  }

  function conflictList(found) {
    if (!found?.length) return null;
    return part(
      "Conflicts",
      el(
        "ul",
        { class: "lines" },
        found.map((conflict) =>
          el(
            "li",
            {},
            el(
              "button",
              { type: "button", class: "link", onclick: () => Selection.select("conflict", conflict.id) },
              plan.kinds[conflict.type],
            ),
            el(
              "span",
              { class: "quiet" },
              ` ${conflict.cost ? weeks(conflict.cost) : ""}${conflict.decide_by ? ` · by ${day(conflict.decide_by)}` : ""}`,
            ),
            el("br", {}),
            typed(conflict.message),
          ),
        ),
      ),
    );
  }

  function forecast(found) {
    if (!found) return null;
    return (
      `50 % by ${day(found.p50)}, 80 % by ${day(found.p80)}, 90 % by ${day(found.p90)}` +
      (found.planned ? `; the planned day is met with ${percent(found.planned_chance)}` : "") +
      (found.on_target === null ? "" : `; the target with ${percent(found.on_target)}`)
    );
  }

  const cells = (list) =>
    list.length
      ? part(
          "Cells",
          el(
            "ul",
            { class: "lines" },
            list.map((cell) => el("li", {}, el("code", {}, typed(cell)))),
          ),
        )
      : null;

  // Tasks with their days, and their teams but the one that they are shown for.
  const taskLines = (ids, team = "") =>
    el(
      "ul",
      { class: "lines" },
      ids
        .map((id) => Model.tasks.get(id))
        .filter(Boolean)
        .map((task) =>
          el(
            "li",
            {},
            link("task", task.id),
            " ",
            typed(task.title),
            el(
              "span",
              { class: "quiet" },
              ` ${[span(task.start, task.finish), task.teams.filter((name) => name !== team).join(", ")].filter(Boolean).join(" · ")}`,
            ),
          ),
        ),
    );

  return { cells, conflictList, days, facts, forecast, joined, link, part, reasoned, taskLines };
})();
