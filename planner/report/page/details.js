// The panel with everything about what is selected.
const Details = (() => {
  const { byId, el, typed } = Dom;
  const { plan } = Model;
  let opener = null;

  const VIEWS = {
    task: ({ id }) => [Model.tasks.get(id).title, TaskDetails.view(Model.tasks.get(id))],
    item: ({ id }) => [Model.items.get(id).title, OtherDetails.item(Model.items.get(id))],
    decision: ({ id }) => [Model.decisions.get(id).question, OtherDetails.decision(Model.decisions.get(id))],
    team: ({ id, week }) => ["", OtherDetails.team(Model.teams.get(id), week)],
    conflict: ({ id }) => [
      plan.kinds[Model.conflicts.get(id).type],
      [
        el("p", { class: "story" }, Conflicts.heading(Model.conflicts.get(id))),
        Conflicts.body(Model.conflicts.get(id)),
      ],
    ],
  };

  function show(current) {
    const panel = byId("details");
    document.body.classList.toggle("has-details", Boolean(current));
    panel.hidden = !current;
    if (!current) {
      panel.replaceChildren();
      opener?.focus({ preventScroll: true });
      opener = null;
      return;
    }
    if (!panel.contains(document.activeElement)) opener = document.activeElement;
    const [title, body] = VIEWS[current.kind](current);
    panel.replaceChildren(
      el(
        "header",
        {},
        Selection.hasBefore
          ? el("button", { type: "button", onclick: Selection.back, "aria-label": "Back" }, "←")
          : null,
        el("span", { class: "kicker" }, current.kind),
        el(
          "button",
          { type: "button", class: "close", onclick: Selection.close, "aria-label": "Close (Escape)" },
          "×",
        ),
      ),
      el(
        "h2",
        { id: "details-title", tabindex: "-1" },
        typed(current.kind === "conflict" ? title : current.id, "span", { class: "id" }),
        current.kind !== "conflict" && title ? [" ", typed(title)] : null,
      ),
      ...body.filter(Boolean),
    );
    panel.scrollTop = 0;
  }

  function mount() {
    Selection.onChange(show);
  }

  return { mount, show };
})();
