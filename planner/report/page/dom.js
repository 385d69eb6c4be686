// Elements from names, attributes and children; text always goes in as text, never as markup.
const Dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu; // among these are those that turn the text after them around

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false && child !== "")
        node.append(typeof child === "string" ? child.replace(UNSEEN, "") : child);
    }
    return node;
  }

  const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const byId = (id) => document.getElementById(id);

  // One line without control and direction characters, as `plain` in planner/report/wording.py.
  const plain = (text) =>
    text
      .trim()
      .replace(/\s+/g, " ")
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "");

  // What people typed: of its own direction, so that right-to-left text does not turn what stands beside it.
  const typed = (text, tag = "bdi", attributes = {}) => el(tag, { dir: "auto", ...attributes }, plain(text));

  // One drawing for many calls within a frame.
  function eachFrame(draw) {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        draw();
      });
    };
  }

  // A small set of buttons of which one is pressed.
  function choice(label, options, chosen, choose) {
    const buttons = options.map(([value, text]) =>
      el(
        "button",
        {
          type: "button",
          "data-value": value,
          "aria-pressed": String(value === chosen),
          onclick: () => {
            for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === value));
            choose(value);
          },
        },
        text,
      ),
    );
    return el("span", { class: "choice", role: "group", "aria-label": label }, buttons);
  }

  return { byId, choice, eachFrame, el, svg, typed };
})();
