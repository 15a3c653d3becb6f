/** Headers that are remembered, and how long one may be. */
const most = 100;
const longest = 500;

/**
 * Which media type Apollo Server has answered with to which `Accept` header: it decides by nothing else
 * (GraphQL over HTTP, section 6.3), so the next answer to that header has the same one.
 */
export class MediaTypes {
  readonly #types = new Map<string, string>();

  find(accept: string | undefined): string | undefined {
    return this.#types.get(accept ?? '');
  }

  learn(accept: string | undefined, contentType: unknown): void {
    const header = accept ?? '';
    if (typeof contentType !== 'string' || header.length > longest) return;
    if (this.#types.size >= most) this.#types.clear();
    this.#types.set(header, contentType);
  }
}
