// How full each team is, week by week: a table with its figures, coloured; arrow keys move in it.
const Heat = (() => {
  const { byId, el, typed } = Dom;
  const { plan } = Model;
  const { day, number, percent, weeks, MONTHS, DAYS_PER_WEEK } = Wording;
  const MANY_WEEKS = 70;
  const STEPS = [
    [1.05, "over"],
    [0.95, "full"],
    [0.8, "high"],
    [0.5, "middle"],
    [0.005, "low"],
  ];
  let body;

  const teams = plan.teams.filter((team) => !team.is_external && team.weeks.some((week) => week.planned));
  const mondays = [...new Set(teams.flatMap((team) => team.weeks.map((week) => week.week)))].sort();
  const lastBusy = Math.max(
    -1,
    ...teams.flatMap((team) => team.weeks.map((week) => (week.planned ? mondays.indexOf(week.week) : -1))),
  );
  const shown = mondays.slice(0, lastBusy + 1);

  const step = (share) => STEPS.find(([least]) => share >= least)?.[1] || "none";

  function headings() {
    const months = [];
    for (const monday of shown) {
      const [year, month] = monday.split("-").map(Number);
      const name = `${MONTHS[month - 1]} ${year}`;
      if (months.at(-1)?.name === name) months.at(-1).span += 1;
      else months.push({ name, span: 1 });
    }
    return el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col", rowspan: 2, class: "team" }, "Team"),
        months.map(({ name, span }) =>
          el("th", { scope: "colgroup", colspan: span, class: "month" }, span > 1 ? name : name.slice(0, 3)),
        ),
      ),
      el(
        "tr",
        {},
        shown.map((monday) =>
          el("th", { scope: "col", title: `week of ${day(monday)}` }, String(Number(monday.slice(8)))),
        ),
      ),
    );
  }

  function row(team) {
    const made = el("tr", { "data-team": team.name });
    const promised = team.overload_first
      ? el(
          "small",
          { class: "alarm", title: `${weeks(team.overload_due)} due until ${day(team.overload_last)}` },
          ` promised ${percent(team.overload)}`,
        )
      : null;
    made.append(
      el(
        "th",
        { scope: "row", class: "team" },
        el("button", { type: "button", class: "link" }, typed(team.name)),
        promised,
      ),
    );
    const known = new Map(team.weeks.map((week, k) => [week.week, k]));
    for (const monday of shown) {
      const k = known.get(monday);
      const week = team.weeks[k];
      const share = k === undefined ? 0 : plan.shares[team.name][k];
      made.append(
        el(
          "td",
          {
            class: step(share),
            tabindex: "-1",
            "data-week": monday,
            title: week
              ? `${team.name}, week of ${day(monday)}: ${number(week.planned / DAYS_PER_WEEK)} of ${weeks(week.capacity)} planned`
              : "",
          },
          !week ? "" : share ? String(Math.round(share * 100)) : week.capacity ? "" : "×",
        ),
      );
    }
    return made;
  }

  function open(target) {
    const team = target.closest("tr")?.dataset.team;
    if (!team) return;
    const week = target.closest("td")?.dataset.week;
    Selection.select("team", team, week ? { week } : {});
  }

  function onKey(event) {
    const cell = event.target.closest("td");
    if (!cell) return;
    const line = cell.parentElement;
    const near = {
      ArrowRight: cell.nextElementSibling,
      ArrowLeft: cell.previousElementSibling,
      ArrowDown: visible(line, "nextElementSibling")?.cells[cell.cellIndex],
      ArrowUp: visible(line, "previousElementSibling")?.cells[cell.cellIndex],
    };
    if (event.key in near) {
      if (near[event.key]?.tagName === "TD") focus(near[event.key]);
    } else if (event.key === "Enter" || event.key === " ") open(cell);
    else return;
    event.preventDefault();
  }

  function visible(line, towards) {
    let next = line[towards];
    while (next?.hidden) next = next[towards];
    return next;
  }

  function focus(cell) {
    body.querySelector('td[tabindex="0"]')?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus();
  }

  function mount() {
    const section = byId("load");
    if (!teams.length) {
      section.append(el("p", { class: "none" }, "No team has planned work."));
      return;
    }
    body = el("tbody", {}, teams.map(row));
    body.querySelector("td")?.setAttribute("tabindex", "0");
    const legend = [
      ["low", "1–49"],
      ["middle", "50–79"],
      ["high", "80–94"],
      ["full", "95–104"],
      ["over", "105 and more"],
    ];
    section.append(
      el(
        "div",
        { class: "tools" },
        el("p", { class: "quiet" }, "Planned of a team's capacity, in percent; × a week without capacity."),
        el(
          "span",
          { class: "legend" },
          legend.map(([kind, text]) => el("span", { class: "sample" }, el("i", { class: `swatch ${kind}` }), text)),
        ),
      ),
      el(
        "div",
        { class: "scroll heat-box", tabindex: "0", role: "region", "aria-label": "Load table" },
        el(
          "table",
          {
            class: `heat${shown.length > MANY_WEEKS ? " many" : ""}`,
            onclick: (event) => open(event.target),
            onkeydown: onKey,
          },
          headings(),
          body,
        ),
      ),
    );
    Filter.onChange(() => {
      for (const line of body.rows) line.hidden = !Filter.hasTeam(line.dataset.team);
    });
  }

  return { mount };
})();
