// A directed graph as SVG: boxes with lines of text, arrows from who provides to who waits, one box in the middle of it.
const GraphDraw = (() => {
  const { svg } = Dom;
  const { count } = Wording;
  const WIDE = 138;
  const ROOM = 190;
  const LEAST_SCALE = 0.75; // smaller, its text could not be read: the box scrolls instead

  // A smooth line through the points of a route, from the right edge of a node to the left edge of the next.
  function curve(points, half, back) {
    const ends = points.map((point, k) => ({
      y: point.y,
      left: k === 0 || k === points.length - 1 ? point.x - half : point.x,
      right: k === 0 || k === points.length - 1 ? point.x + half : point.x,
    }));
    const path = back ? [...ends].reverse().map(({ y, left, right }) => ({ y, left: right, right: left })) : ends;
    let text = `M${path[0].right} ${path[0].y}`;
    for (let k = 1; k < path.length; k += 1) {
      const a = path[k - 1].right;
      const b = path[k].left;
      const middle = (a + b) / 2;
      text += `C${middle} ${path[k - 1].y} ${middle} ${path[k].y} ${b} ${path[k].y}`;
    }
    return text;
  }

  function drawing(nodes, edges, chosen, open) {
    const made = Layers.layered(nodes, edges, { columnWidth: ROOM, gap: 16 });
    const wide = Math.max(made.width, 300);
    const high = made.height + 24;
    const picture = svg("svg", {
      class: `graph${chosen ? " chosen" : ""}`,
      viewBox: `0 0 ${wide} ${high}`,
      role: "group",
      "aria-label": "Who waits for whom",
    });
    picture.style.maxWidth = `${wide}px`;
    picture.style.minWidth = `${wide * LEAST_SCALE}px`;
    const most = Math.max(1, ...edges.map((edge) => edge.weight));
    const lines = svg("g", {});
    const marks = svg("g", {});
    for (const { edge, back, points } of made.paths) {
      const kind = edge.to === chosen ? "in" : edge.from === chosen ? "out" : "quiet";
      const path = svg(
        "path",
        {
          class: `edge ${kind}${back ? " back" : ""}`,
          d: curve(
            points.map((p) => ({ x: p.x, y: p.y + 12 })),
            WIDE / 2,
            back,
          ),
          "data-from": edge.from,
          "data-to": edge.to,
          "stroke-width": (1 + (3 * (edge.weight - 1)) / Math.max(1, most - 1)).toFixed(1),
          "stroke-opacity":
            kind === "quiet" && !chosen
              ? (0.22 + (0.5 * (edge.weight - 1)) / Math.max(1, most - 1)).toFixed(2)
              : null,
          "marker-end": `url(#arrow-${kind})`,
        },
        svg("title", {}, edge.text || `${count(edge.weight, "task")} of ${edge.to} wait for ${edge.from}`),
      );
      lines.append(path);
      if (kind !== "quiet" && !edge.text) {
        const middle = points[Math.floor((points.length - 1) / 2)];
        const next = points[Math.floor((points.length - 1) / 2) + 1];
        marks.append(
          svg(
            "text",
            {
              class: `count ${kind}`,
              x: (middle.x + next.x) / 2,
              y: (middle.y + next.y) / 2 + 9,
              "text-anchor": "middle",
            },
            String(edge.weight),
          ),
        );
      }
    }
    const near = new Set(
      edges.flatMap((edge) => (edge.from === chosen ? [edge.to] : edge.to === chosen ? [edge.from] : [])),
    );
    picture.append(lines);
    for (const node of nodes) {
      const { x, y } = made.at.get(node.id);
      const part = svg(
        "g",
        {
          class: `node ${node.kind || ""}${node.id === chosen ? " selected" : ""}${chosen && node.id !== chosen && !near.has(node.id) ? " far" : ""}`,
          role: "button",
          tabindex: "0",
          "aria-label": node.said,
          transform: `translate(${x - WIDE / 2} ${y + 12 - node.height / 2})`,
          onclick: () => open(node.id),
          onkeydown: (event) => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              open(node.id);
            }
          },
        },
        svg("rect", { width: WIDE, height: node.height, rx: 5 }),
        svg("title", {}, node.said),
      );
      node.lines.forEach((text, k) =>
        part.append(svg("text", { x: 9, y: 16 + k * 14, class: k ? "quiet" : "" }, clipped(text, k ? 21 : 17))),
      );
      picture.append(part);
    }
    picture.append(marks);
    return picture;
  }

  const clipped = (text, length) =>
    [...text].length > length ? `${[...text].slice(0, length - 1).join("")}…` : text;

  return { drawing };
})();
