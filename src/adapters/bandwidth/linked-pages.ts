import { hash } from 'node:crypto';
import type { CallList, Chunk } from './call-list.ts';
import type { ListQuery } from './list-query.ts';

/**
 * The pages of one query, from its beginning or from a token on, Link by Link (Bandwidth spec, listCalls). They have
 * to get ahead: a token that was there before, or a page that ends at the same call as the one before it and yet
 * goes on, is PROVIDER_MISBEHAVED. A page may be short or empty and lead on.
 *
 * Of each token a digest is kept: no more of them than the list has requests to spend.
 */
export class LinkedPages {
  readonly #list: CallList;
  readonly #tokens = new Set<string>();
  #query: ListQuery;
  #end: string | undefined;

  constructor(list: CallList, query: ListQuery) {
    this.#list = list;
    this.#query = query;
    this.#isNew(query.token);
  }

  /** @throws ProviderError PROVIDER_MISBEHAVED when the pages do not get ahead */
  async next(): Promise<Chunk> {
    const chunk = await this.#list.read(this.#query);
    if (chunk.next === undefined) return chunk;
    if (!this.#isNew(chunk.next)) throw this.#list.endless('a token was given before');
    const end = chunk.calls.at(-1)?.providerCallId;
    if (end !== undefined && end === this.#end) throw this.#list.endless('a page ends where it began');
    this.#end = end ?? this.#end;
    this.#query = { ...this.#query, token: chunk.next };
    return chunk;
  }

  #isNew(token: string | undefined): boolean {
    const { size } = this.#tokens;
    this.#tokens.add(token === undefined ? '' : hash('sha256', token, 'base64url'));
    return this.#tokens.size > size;
  }
}
