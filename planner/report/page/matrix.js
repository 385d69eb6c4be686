// The dependencies between the teams as a table (design structure matrix): every count, readable at any size.
const Matrix = (() => {
  const { el, typed } = Dom;
  const { plan } = Model;

  function table(choose) {
    const names = plan.dsm.teams;
    return el(
      "div",
      { class: "scroll heat-box", tabindex: "0", role: "region", "aria-label": "Dependencies between teams" },
      el(
        "table",
        { class: "matrix" },
        el("caption", { class: "quiet" }, "Tasks of the team in the row that wait for the team in the column."),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { class: "team" }, ""),
            names.map((name) => el("th", { scope: "col" }, el("span", {}, typed(name)))),
          ),
        ),
        el(
          "tbody",
          {},
          names.map((user, i) =>
            el(
              "tr",
              {},
              el(
                "th",
                { scope: "row", class: "team" },
                el("button", { type: "button", class: "link", onclick: () => choose(user) }, typed(user)),
              ),
              names.map((provider, j) =>
                el(
                  "td",
                  {
                    class: i === j ? "own" : plan.dsm.counts[i][j] ? "some" : "",
                    title: plan.dsm.counts[i][j] ? `${user} waits for ${provider}` : "",
                  },
                  plan.dsm.counts[i][j] && i !== j ? String(plan.dsm.counts[i][j]) : "",
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }

  return { table };
})();
