/** Nodes and requests, 10¹⁵ at most. */
export class Cost {
  nodes = 0;
  requests = 0;

  add(nodes: number, requests: number): void {
    this.nodes = cap(this.nodes + nodes);
    this.requests = cap(this.requests + requests);
  }
}

/**
 * The figures of a selection set: see `Figures`. Inside a fragment the size of the surrounding page is unknown, so
 * what it costs for each call and each account of the page is kept apart until the field with the page's arguments is
 * reached.
 */
export class SelectionSum {
  depth = 0;
  aliases = 0;
  fields = 0;
  rootFields = 0;
  changes = 0;
  directives = 0;
  readonly own = new Cost();
  readonly perCall = new Cost();
  readonly perAccount = new Cost();

  /** Adds the shape of a selection set that is nested `levels` deeper. */
  addShape(inner: SelectionSum, levels: number): void {
    this.depth = Math.max(this.depth, inner.depth + levels);
    this.aliases = cap(this.aliases + inner.aliases);
    this.fields = cap(this.fields + inner.fields);
    this.directives = cap(this.directives + inner.directives);
  }

  /** Adds the cost of a fragment's selection set. */
  addCost({ own, perCall, perAccount }: SelectionSum): void {
    this.own.add(own.nodes, own.requests);
    this.perCall.add(perCall.nodes, perCall.requests);
    this.perAccount.add(perAccount.nodes, perAccount.requests);
  }
}

/** Keeps sums finite: thirty fragments that spread each other twice stand for a billion fields. */
export function cap(figure: number): number {
  return Math.min(figure, 1e15);
}
