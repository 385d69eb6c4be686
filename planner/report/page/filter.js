// Search and filters: which tasks match, and who wants to know when that changes.
const Filter = (() => {
  const { el, byId } = Dom;
  const { plan } = Model;
  const wanted = { text: "", team: "", item: "", pm: "", status: "" };
  const listeners = [];

  const STATES = [
    ["planned", "Planned", (task) => task.status === "planned"],
    ["in progress", "In progress", (task) => task.status === "in progress"],
    ["done", "Done", (task) => task.status === "done"],
    ["late", "Late", (task) => task.days_late > 0 || task.items.some((id) => Model.items.get(id)?.days_late > 0)],
    ["chain", "On the critical chain", (task) => task.on_chain],
    ["conflict", "In a conflict", (task) => Model.conflictsOf.has(task.id)],
    ["assumed", "Effort assumed", (task) => !task.estimated],
    ["untaken", "No team", (task) => !task.teams.length],
  ];

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(
    plan.tasks.map((task) => [
      task.id,
      fold(
        [
          task.id,
          task.title,
          ...task.teams,
          ...Model.pmsOf(task),
          ...task.items.flatMap((id) => [id, Model.titleOf(id), Model.items.get(id)?.customer || ""]),
        ].join("\n"),
      ),
    ]),
  );

  function matching() {
    const asked = fold(wanted.text).split(/\s+/).filter(Boolean);
    const state = STATES.find(([name]) => name === wanted.status)?.[2];
    return plan.tasks.filter(
      (task) =>
        (!wanted.team || task.teams.includes(wanted.team)) &&
        (!wanted.item || task.items.includes(wanted.item)) &&
        (!wanted.pm || Model.pmsOf(task).includes(wanted.pm)) &&
        (!state || state(task)) &&
        asked.every((word) => words.get(task.id).includes(word)),
    );
  }

  let shown = new Set();
  let rows = new Set();
  let teams = new Set();
  const isActive = () => Object.values(wanted).some(Boolean);

  function update() {
    const found = matching();
    shown = new Set(found.map((task) => task.id));
    rows = new Set(
      found.flatMap((task) => [
        ...task.cells.map(Model.rowOf),
        ...task.items.flatMap((id) => (Model.items.get(id)?.cells || []).map(Model.rowOf)),
      ]),
    );
    teams = new Set(wanted.team ? [wanted.team] : found.flatMap((task) => task.teams));
    const all = Wording.count(plan.tasks.length, "task");
    const done = plan.tasks.filter((task) => task.status === "done").length;
    byId("matches").textContent = isActive()
      ? `${Wording.grouped(String(found.length))} of ${all}`
      : `${all}${done ? ` (${done} done)` : ""}`;
    byId("clear").hidden = !isActive();
    for (const listener of listeners) listener();
  }

  function set(changes) {
    Object.assign(wanted, changes);
    for (const [name, value] of Object.entries(changes)) {
      const field = byId(name === "text" ? "search" : `filter-${name}`);
      if (field && field.value !== value) field.value = value;
      field?.classList.toggle("on", Boolean(value));
    }
    update();
  }

  const clear = () => set({ text: "", team: "", item: "", pm: "", status: "" });

  function select(name, label, options) {
    if (!options.length) return "";
    return el(
      "label",
      {},
      el("span", { class: "hidden" }, label),
      el(
        "select",
        { id: `filter-${name}`, onchange: (event) => set({ [name]: event.target.value }) },
        el("option", { value: "" }, label),
        options.map(([value, text]) => el("option", { value }, text)),
      ),
    );
  }

  function mount() {
    const named = (list) =>
      [...new Set(list)]
        .filter(Boolean)
        .sort((a, b) => a.localeCompare(b))
        .map((name) => [name, name]);
    byId("selects").append(
      select("team", "Team", named(plan.teams.map((team) => team.name))),
      select(
        "item",
        "Item",
        plan.items.map((item) => [item.id, `${item.id} ${item.title}`.slice(0, 70)]),
      ),
      select("pm", "PM", named(plan.items.map((item) => item.pm))),
      select(
        "status",
        "Status",
        STATES.map(([value, text]) => [value, text]),
      ),
    );
    const search = byId("search");
    search.addEventListener("input", () => set({ text: search.value }));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("clear").addEventListener("click", () => {
      clear();
      search.focus();
    });
    byId("more-filters").addEventListener("click", (event) => {
      const open = byId("selects").classList.toggle("open");
      event.currentTarget.setAttribute("aria-expanded", String(open));
    });
    update();
  }

  return {
    mount,
    set,
    clear,
    isActive,
    wanted,
    onChange: (listener) => listeners.push(listener),
    hasTask: (id) => shown.has(id),
    hasTeam: (name) => !isActive() || teams.has(name),
    hasConflict: (conflict) =>
      !isActive() ||
      conflict.tasks.some((id) => shown.has(id)) ||
      (!conflict.tasks.length &&
        (conflict.teams.some((team) => team === wanted.team) || conflict.items.some((item) => item === wanted.item))),
    hasCells: (cells) => !isActive() || cells.some((cell) => rows.has(Model.rowOf(cell))),
    hasSubject: (subject) => !isActive() || shown.has(subject) || teams.has(subject),
  };
})();
