/** The calls that came into the lists by events, and not with a page: a list may hold them back while it is being read. */
export class FreshCalls {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
