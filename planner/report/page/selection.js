// What is selected: a task, item, team, conflict or decision; the way back; the address of the page follows it.
const Selection = (() => {
  const listeners = [];
  const before = [];
  let current = null;

  const known = {
    task: Model.tasks,
    item: Model.items,
    team: Model.teams,
    conflict: Model.conflicts,
    decision: Model.decisions,
  };
  const exists = (kind, id) => Boolean(known[kind]?.has(id));

  function tell() {
    const address = current
      ? `#${current.kind}=${encodeURIComponent(current.id)}`
      : location.pathname + location.search;
    try {
      history.replaceState(null, "", address);
    } catch {
      /* a browser that forbids it for files on disk */
    }
    for (const listener of listeners) listener(current);
  }

  function select(kind, id, extra = {}) {
    if (!exists(kind, id)) return;
    if (current && current.kind === kind && current.id === id && current.week === extra.week) return;
    if (current) before.push(current);
    current = { kind, id, ...extra };
    tell();
  }

  function back() {
    current = before.pop() || null;
    tell();
  }

  function close() {
    before.length = 0;
    current = null;
    tell();
  }

  function fromAddress() {
    const [kind, id] = location.hash.slice(1).split("=");
    try {
      if (id) select(kind, decodeURIComponent(id));
    } catch {
      /* no address of ours */
    }
  }

  return {
    select,
    back,
    close,
    exists,
    fromAddress,
    get current() {
      return current;
    },
    get hasBefore() {
      return before.length > 0;
    },
    onChange: (listener) => listeners.push(listener),
    isSelected: (kind, id) => current?.kind === kind && current.id === id,
  };
})();
