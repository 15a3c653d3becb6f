import { AccessRefusal } from '../access/refusal.ts';
import { digestOf } from '../graphql/execution/operation-cache.ts';
import { isObject } from '../runtime/is-object.ts';
import type { AutomaticOperations } from './automatic-operations.ts';
import type { KnownOperations } from './known-operations.ts';
import type { KnownOperation } from './load-operations.ts';
import { digestIn } from './read-manifest.ts';

/** The parameters of a request that say which document is meant. */
export interface NamedOperation {
  readonly query?: unknown;
  /** The parameter of the GraphQL over HTTP draft, appendix A: `sha256:` and the digest, or an id of a manifest. */
  readonly documentId?: unknown;
  /** Apollo's `persistedQuery.sha256Hash`, which is sent with the text as well to register it. */
  readonly extensions?: unknown;
}

/** The document that a request means; `operation` is undefined if it is not one of the known ones. */
export interface ResolvedOperation {
  readonly query: string;
  readonly operation: KnownOperation | undefined;
}

/**
 * Finds the document that a request names. Nothing is parsed.
 *
 * @returns undefined if the request is to be handled as it is
 * @throws AccessRefusal (or rejects) if there is no such document, or if only known ones are executed
 */
export function resolveOperation(
  { known, automatic }: OperationSources,
  { query: given, documentId, extensions }: NamedOperation,
): ResolvedOperation | undefined | Promise<ResolvedOperation> {
  const query = typeof given === 'string' && given !== '' ? given : undefined;
  const id = idIn(documentId, extensions);
  if (id === undefined) {
    if (query !== undefined && known.only) throwIfAny(known.refusalOf(digestOf(query)));
    return undefined;
  }
  const operation = known.find(id);
  if (query !== undefined) {
    const digest = digestOf(query);
    if (operation === undefined ? isDigest(id) && id !== digest : operation.text !== query) {
      throw badRequest('The id of the document is not that of `query`.');
    }
    throwIfAny(known.refusalOf(digest));
    // Apollo Server registers it once it has validated it.
    if (operation === undefined && automatic !== undefined) return undefined;
    return { query, operation };
  }
  if (operation !== undefined) return { query: operation.text, operation };
  throwIfAny(known.refusalOf(id));
  if (automatic === undefined || !isDigest(id)) throw notFound();
  return automatic.get(id).then((text) => {
    if (text === undefined) throw notFound();
    return { query: text, operation: undefined };
  });
}

/** Where documents are found. */
export interface OperationSources {
  readonly known: KnownOperations;
  /** Undefined if clients may not register documents. */
  readonly automatic: AutomaticOperations | undefined;
}

/** The id that a request has for its document, as manifests have it: a digest without prefix, in lower case. */
function idIn(documentId: unknown, extensions: unknown): string | undefined {
  const persisted = memberOf(extensions, 'persistedQuery');
  const id = documentId ?? (persisted == null ? undefined : memberOf(persisted, 'sha256Hash'));
  if (id === undefined) {
    if (persisted != null) throw badRequest('`extensions.persistedQuery` has no `sha256Hash`.');
    return undefined;
  }
  if (typeof id !== 'string' || id === '')
    throw badRequest('The id of a document must be a string that is not empty.');
  return digestIn(id) ?? id;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isDigest(id: string): boolean {
  return digestIn(id) !== undefined;
}

function throwIfAny(refusal: AccessRefusal | undefined): void {
  if (refusal !== undefined) throw refusal;
}

/** The message and the status by which clients know that they have to send the text as well. */
function notFound(): AccessRefusal {
  return new AccessRefusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { status: 200 });
}

/** BAD_REQUEST: it is no GraphQL request. */
export function badRequest(message: string, status = 400): AccessRefusal {
  return new AccessRefusal('BAD_REQUEST', message, { status });
}
