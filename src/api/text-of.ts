import { AccessRefusal } from '../access/refusal.ts';
import type { Guards } from '../graphql/guards/guards.ts';
import {
  type NamedOperation,
  type OperationSources,
  resolveOperation,
} from '../operations/resolve-operation.ts';

interface Requested {
  readonly query: string;
  /** By what else the document is named. */
  readonly named?: Omit<NamedOperation, 'query'> | undefined;
}

/**
 * The text of the document that a request means.
 *
 * @throws AccessRefusal, for one point, if no document is meant that may be executed
 */
export async function textOf(
  sources: OperationSources | undefined,
  { query, named }: Requested,
  guards: Guards,
): Promise<string> {
  if (sources === undefined || named === undefined) return query;
  try {
    return (await resolveOperation(sources, { query, ...named }))?.query ?? query;
  } catch (error) {
    if (error instanceof AccessRefusal) guards.finish({ operation: undefined, errors: [error], tokens: 0 });
    throw error;
  }
}
