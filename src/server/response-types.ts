/** Entries kept, and the longest `Accept` header kept. */
const maxEntries = 100;
const maxHeaderLength = 500;

/**
 * Remembers the media type that Apollo Server responded with to each `Accept` header. It depends on nothing else
 * (GraphQL over HTTP, section 6.3), so the next response to the same header has the same type.
 */
export class ResponseTypes {
  readonly #types = new Map<string, string>();

  get(accept: string | undefined): string | undefined {
    return this.#types.get(accept ?? '');
  }

  set(accept: string | undefined, contentType: unknown): void {
    const header = accept ?? '';
    if (typeof contentType !== 'string' || header.length > maxHeaderLength) return;
    if (this.#types.size >= maxEntries) this.#types.clear();
    this.#types.set(header, contentType);
  }
}
