// Everything in its place: sections, theme, keys for the whole page.
(() => {
  const { byId, el } = Dom;
  const SECTIONS = [
    ["overview", "Overview"],
    ["timeline", "Timeline"],
    ["load", "Load"],
    ["teams", "Teams"],
    ["conflicts", "Conflicts"],
    ["trade", "Trade-offs"],
    ["data", "Data"],
  ];

  function navigation() {
    const links = new Map(
      SECTIONS.map(([id, text]) => [
        id,
        el(
          "a",
          {
            href: `#${id}`,
            onclick: (event) => {
              event.preventDefault(); // the address belongs to what is selected
              byId(id).scrollIntoView();
            },
          },
          text,
        ),
      ]),
    );
    byId("sections").append(...links.values());
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) {
            for (const [id, link] of links) {
              if (id === entry.target.id) link.setAttribute("aria-current", "true");
              else link.removeAttribute("aria-current");
            }
          }
      },
      { rootMargin: "-20% 0px -70% 0px" },
    );
    for (const [id] of SECTIONS) seen.observe(byId(id));
  }

  function theme() {
    const button = byId("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
    const tell = () => {
      button.setAttribute("aria-pressed", String(isDark()));
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      tell();
    });
    system.addEventListener("change", tell);
    tell();
  }

  function keys(event) {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
      byId("search").focus();
      byId("search").select();
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (event.target === byId("search") && byId("search").value) Filter.set({ text: "" });
      else if (Selection.current) Selection.close();
      else event.target.blur?.();
    }
  }

  for (const part of [Filter, Overview, Gantt, Heat, Graph, Conflicts, Front, Doubts, Details, Printing])
    part.mount();
  navigation();
  theme();
  document.addEventListener("keydown", keys);
  Selection.fromAddress();
  addEventListener("hashchange", Selection.fromAddress);
})();
