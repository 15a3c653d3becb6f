/** The calls of one carrier with their scheduled changes. There are no timers: `settle` applies what is due. */
export interface CallTable<C> {
  /** Incremented with every change; results cached for the current version are valid. */
  readonly version: number;
  insert(call: C, details: { createdAt: number; visibleFrom?: number; plan?: readonly Step<C>[] }): Entry<C>;
  get(id: string): Entry<C> | undefined;
  remove(id: string): boolean;
  clear(): void;
  /** All entries, ordered by creation, then by insertion. */
  inOrder(): readonly Entry<C>[];
  /** Entries with scheduled changes. */
  live(): ReadonlySet<Entry<C>>;
  /** Replaces the scheduled changes of a call. Also to be called after a call has been changed directly. */
  replan(entry: Entry<C>, plan: readonly Step<C>[]): void;
  /** Applies all changes that are due. */
  settle(now: number): void;
  /** No change is due before this time, in milliseconds since the epoch. */
  readonly nextDue: number;
}

/** A scheduled change of a call. */
export interface Step<C> {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  apply(call: C): void;
}

/** A call in the table, with data that is not part of its record. */
export interface Entry<C> {
  readonly call: C;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** The number of insertions before it. Orders calls that were created at the same time. */
  readonly order: number;
  /** Reads do not return the call before this time, in milliseconds since the epoch. */
  visibleFrom: number;
  /** Scheduled changes, earliest first. */
  plan: readonly Step<C>[];
}

/** Creates an empty table. */
export function createCallTable<C>(idOf: (call: C) => string): CallTable<C> {
  const byId = new Map<string, Entry<C>>();
  const live = new Set<Entry<C>>();
  let entries: Entry<C>[] = [];
  let sorted = true;
  let inserted = 0;
  let version = 0;
  let nextDue = Number.POSITIVE_INFINITY;

  const forget = (entry: Entry<C>) => {
    live.delete(entry);
    entries.splice(entries.indexOf(entry), 1);
  };
  const watch = (entry: Entry<C>) => {
    version += 1;
    const due = entry.plan[0]?.at;
    if (due === undefined) live.delete(entry);
    else live.add(entry);
    nextDue = Math.min(nextDue, due ?? nextDue);
  };

  return {
    get version() {
      return version;
    },
    get nextDue() {
      return nextDue;
    },
    insert(call, { createdAt, visibleFrom = Number.NEGATIVE_INFINITY, plan = [] }) {
      const id = idOf(call);
      const former = byId.get(id);
      if (former !== undefined) forget(former);
      const entry: Entry<C> = { call, createdAt, order: inserted, visibleFrom, plan };
      inserted += 1;
      const last = entries.at(-1);
      if (last !== undefined && last.createdAt > createdAt) sorted = false;
      entries.push(entry);
      byId.set(id, entry);
      watch(entry);
      return entry;
    },
    get: (id) => byId.get(id),
    remove(id) {
      const entry = byId.get(id);
      if (entry === undefined) return false;
      forget(entry);
      byId.delete(id);
      version += 1;
      return true;
    },
    clear() {
      byId.clear();
      live.clear();
      entries = [];
      sorted = true;
      nextDue = Number.POSITIVE_INFINITY;
      version += 1;
    },
    inOrder() {
      if (!sorted) entries.sort((a, b) => a.createdAt - b.createdAt || a.order - b.order);
      sorted = true;
      return entries;
    },
    live: () => live,
    replan(entry, plan) {
      entry.plan = plan;
      watch(entry);
    },
    settle(now) {
      if (now < nextDue) return;
      nextDue = Number.POSITIVE_INFINITY;
      for (const entry of live) {
        const ahead = entry.plan.findIndex((step) => step.at > now);
        const due = ahead === -1 ? entry.plan : entry.plan.slice(0, ahead);
        nextDue = Math.min(nextDue, entry.plan[due.length]?.at ?? nextDue);
        if (due.length === 0) continue;
        entry.plan = entry.plan.slice(due.length);
        for (const step of due) step.apply(entry.call);
        watch(entry);
      }
    },
  };
}
