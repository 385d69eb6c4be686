// A layered drawing of a directed graph, left to right (after Sugiyama, Tagawa and Toda 1981): nodes get columns,
// the order within a column avoids crossings, heights follow the neighbours. The same graph gives the same drawing.
const Layers = (() => {
  const SWEEPS = 16;

  // Arrows against this order are few and light (Eades, Lin and Smyth 1993).
  function sequence(ids, edges) {
    const left = new Set(ids);
    const head = [];
    const tail = [];
    const out = new Map(ids.map((id) => [id, []]));
    const into = new Map(ids.map((id) => [id, []]));
    for (const edge of edges) {
      out.get(edge.from).push(edge);
      into.get(edge.to).push(edge);
    }
    const weight = (list, end) => list.reduce((sum, edge) => sum + (left.has(edge[end]) ? edge.weight : 0), 0);
    while (left.size) {
      let best = null,
        most = -Infinity,
        place = head;
      for (const id of left) {
        const forth = weight(out.get(id), "to");
        const back = weight(into.get(id), "from");
        if (!forth) {
          best = id;
          place = tail;
          break;
        }
        const gain = back ? forth - back : Infinity;
        if (gain > most) {
          best = id;
          most = gain;
          place = head;
        }
      }
      left.delete(best);
      place.push(best);
    }
    return [...head, ...tail.reverse()];
  }

  // Columns: one behind the last neighbour before it; sources move up to what waits for them.
  function columns(order, edges) {
    const layer = new Map(order.map((id) => [id, 0]));
    for (const id of order)
      for (const edge of edges)
        if (edge.tail === id) layer.set(edge.head, Math.max(layer.get(edge.head), layer.get(id) + 1));
    for (const id of [...order].reverse()) {
      const after = edges.filter((edge) => edge.tail === id).map((edge) => layer.get(edge.head));
      if (after.length && !edges.some((edge) => edge.head === id)) layer.set(id, Math.min(...after) - 1);
    }
    return layer;
  }

  function crossings(upper, lower, links) {
    const at = new Map([...upper.map((id, k) => [id, k]), ...lower.map((id, k) => [id, k])]);
    const ends = links.map(([a, b]) => [at.get(a), at.get(b)]);
    let found = 0;
    for (let i = 0; i < ends.length; i += 1)
      for (let j = 0; j < i; j += 1) {
        if ((ends[i][0] - ends[j][0]) * (ends[i][1] - ends[j][1]) < 0) found += 1;
      }
    return found;
  }

  function ordered(levels, links) {
    const near = (side) => {
      const found = new Map();
      for (const pair of links.flat()) {
        if (!found.has(pair[1 - side])) found.set(pair[1 - side], []);
        found.get(pair[1 - side]).push(pair[side]);
      }
      return found;
    };
    const before = near(0);
    const after = near(1);
    const total = (all) => links.reduce((sum, pairs, k) => sum + crossings(all[k], all[k + 1], pairs), 0);
    let best = levels.map((level) => [...level]),
      least = total(best);
    const now = best.map((level) => [...level]);
    for (let sweep = 0; sweep < SWEEPS && least; sweep += 1) {
      const forth = sweep % 2 === 0;
      const steps = now.map((_, k) => k);
      for (const k of forth ? steps.slice(1) : steps.slice(0, -1).reverse()) {
        const fixed = new Map(now[forth ? k - 1 : k + 1].map((id, place) => [id, place]));
        const centre = new Map(
          now[k].map((id, place) => {
            const places = ((forth ? before : after).get(id) || []).map((other) => fixed.get(other));
            return [id, places.length ? places.reduce((a, b) => a + b, 0) / places.length : place];
          }),
        );
        now[k].sort((a, b) => centre.get(a) - centre.get(b));
      }
      const made = total(now);
      if (made < least) {
        least = made;
        best = now.map((level) => [...level]);
      }
    }
    return { levels: best, before, after };
  }

  // Heights nearest to the wished ones that keep order and distance: blocks that meet share their mean.
  function spread(wishes, room) {
    const blocks = [];
    wishes.forEach((wish, k) => {
      let offset = 0;
      for (let j = 0; j < k; j += 1) offset += room(j);
      blocks.push({ sum: wish - offset, size: 1 });
      while (blocks.length > 1 && blocks.at(-2).sum / blocks.at(-2).size > blocks.at(-1).sum / blocks.at(-1).size) {
        const last = blocks.pop();
        blocks.at(-1).sum += last.sum;
        blocks.at(-1).size += last.size;
      }
    });
    const placed = [];
    let offset = 0;
    for (const block of blocks)
      for (let k = 0; k < block.size; k += 1) {
        placed.push(block.sum / block.size + offset);
        offset += room(placed.length - 1);
      }
    return placed;
  }

  // `nodes` have id and height, `edges` from, to and weight. Coordinates are of centres; a path is a list of points.
  function layered(nodes, edges, { columnWidth, gap }) {
    const ids = nodes.map((node) => node.id);
    const order = sequence(ids, edges);
    const rank = new Map(order.map((id, k) => [id, k]));
    const directed = edges.map((edge) => {
      const back = rank.get(edge.from) > rank.get(edge.to);
      return { edge, back, tail: back ? edge.to : edge.from, head: back ? edge.from : edge.to };
    });
    const layer = columns(order, directed);
    const depth = Math.max(0, ...layer.values()) + 1;
    const levels = Array.from({ length: depth }, () => []);
    for (const id of order) levels[layer.get(id)].push(id);
    const links = Array.from({ length: depth - 1 }, () => []);
    const height = new Map(nodes.map((node) => [node.id, node.height]));
    const routes = directed.map((one, number) => {
      const route = [one.tail];
      for (let k = layer.get(one.tail) + 1; k < layer.get(one.head); k += 1) {
        const bend = `\u0000${number}/${k}`;
        height.set(bend, 6);
        levels[k].push(bend);
        route.push(bend);
      }
      route.push(one.head);
      for (let k = 1; k < route.length; k += 1) links[layer.get(one.tail) + k - 1].push([route[k - 1], route[k]]);
      return route;
    });
    const made = ordered(levels, links);
    // From the centre of one in a column to that of the next; lines keep less distance than nodes.
    const isBend = (id) => id.startsWith("\u0000");
    const room = (level, k) => {
      const [one, next] = [level[k], level[k + 1]];
      if (next === undefined) return 0;
      return (
        (height.get(one) + height.get(next)) / 2 +
        (isBend(one) && isBend(next) ? 3 : isBend(one) || isBend(next) ? 7 : gap)
      );
    };
    const y = new Map();
    made.levels.forEach((level) => {
      let at = 0;
      level.forEach((id, k) => {
        y.set(id, at);
        at += room(level, k);
      });
    });
    for (let sweep = 0; sweep < 10; sweep += 1) {
      const turn = sweep % 2 ? [...made.levels].reverse() : made.levels;
      for (const level of turn) {
        const wishes = level.map((id) => {
          const near = [...(made.before.get(id) || []), ...(made.after.get(id) || [])].map((other) => y.get(other));
          return near.length ? near.reduce((a, b) => a + b, 0) / near.length : y.get(id);
        });
        spread(wishes, (k) => room(level, k)).forEach((at, k) => y.set(level[k], at));
      }
    }
    const least = Math.min(...[...y].map(([id, at]) => at - height.get(id) / 2));
    const most = Math.max(...[...y].map(([id, at]) => at + height.get(id) / 2));
    const x = (level) => columnWidth * (level + 0.5);
    return {
      width: columnWidth * depth,
      height: most - least,
      at: new Map(ids.map((id) => [id, { x: x(layer.get(id)), y: y.get(id) - least }])),
      paths: directed.map((one, number) => ({
        ...one,
        points: routes[number].map((id, k) => ({ x: x(layer.get(one.tail) + k), y: y.get(id) - least })),
      })),
    };
  }

  return { layered };
})();
