import { hash } from 'node:crypto';
import type { Chunk, ChunkQuery, TokenList } from './token-list.ts';

/**
 * The pages of one query, from its beginning or from a token on. Fails with PROVIDER_MISBEHAVED if a token is
 * repeated, or if a page that is not the last ends with the same call as the one before it. A short or empty page
 * need not be the last.
 *
 * Stores a digest for each page.
 */
export class LinkedPages {
  readonly #list: TokenList;
  /** Of the pages before the one that comes next. */
  readonly #tokens = new Set<string>();
  #query: ChunkQuery;
  #end: string | undefined;

  constructor(list: TokenList, query: ChunkQuery) {
    this.#list = list;
    this.#query = query;
  }

  /** How many pages have been read. */
  get count(): number {
    return this.#tokens.size + 1;
  }

  /** @throws ProviderError PROVIDER_MISBEHAVED when the pages make no progress */
  async next(): Promise<Chunk> {
    const chunk = await this.#list.read(this.#query, (read) => this.#whyEndless(read) !== undefined);
    const cause = this.#whyEndless(chunk);
    if (cause !== undefined) throw this.#list.endless(cause);
    if (chunk.next === undefined) return chunk;
    this.#tokens.add(digestOf(this.#query.token));
    this.#end = chunk.calls.at(-1)?.providerCallId ?? this.#end;
    this.#query = { ...this.#query, token: chunk.next };
    return chunk;
  }

  /** Undefined for a page that makes progress. */
  #whyEndless({ calls, next }: Chunk): string | undefined {
    if (next === undefined) return undefined;
    const isRepeated = this.#tokens.size > 0 && this.#tokens.has(digestOf(next));
    if (next === this.#query.token || isRepeated) return 'a token was repeated';
    const end = calls.at(-1)?.providerCallId;
    return end !== undefined && end === this.#end
      ? 'a page ends with the same call as the one before it'
      : undefined;
  }
}

function digestOf(token: string | undefined): string {
  return token === undefined ? '' : hash('sha256', token, 'base64url');
}
