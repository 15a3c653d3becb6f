import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { CompiledOperation } from './compiled-operation.ts';
import { type Fragments, fragmentsOf } from './fragments.ts';

/**
 * An LRU cache of validated documents and their compiled operations, by the digest of the text. Its size is bounded in
 * bytes. A document is cached when it is received for the second time: documents that are never repeated, because a
 * client writes values into them, neither evict others nor burden the garbage collector.
 */
export class OperationCache {
  readonly #schema: GraphQLSchema;
  readonly #documents: LRUCache<string, CachedDocument>;
  readonly #seen = new LRUCache<string, true>({ maxSize: maxSeen, sizeCalculation: () => 1 });
  /** Documents that are never evicted. */
  #kept: ReadonlyMap<string, CachedDocument> = new Map();

  constructor(schema: GraphQLSchema, maxBytes = defaultMaxBytes) {
    this.#schema = schema;
    this.#documents = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: Math.ceil(maxBytes * maxShare),
      sizeCalculation: ({ bytes }) => bytes,
    });
  }

  /** How many documents are cached. */
  get size(): number {
    return this.#documents.size;
  }

  /** An upper bound of their memory. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  /**
   * Keeps these documents beyond the bound, and no others any more, and compiles their operations. One that is kept
   * already stays compiled. What `@skip` and `@include` select is compiled once their variables are known.
   */
  keep(documents: ReadonlyMap<string, ValidDocument>): void {
    const before = this.#kept;
    this.#kept = new Map(
      [...documents].map(([digest, given]) => [digest, before.get(digest) ?? toCached(given)]),
    );
    for (const [digest, { document }] of this.#kept) {
      for (const each of document.definitions) {
        if (each.kind === Kind.OPERATION_DEFINITION) this.find(digest, each.name?.value)?.compiled.compile();
      }
    }
  }

  /** Adds a validated document, if it has been added before. */
  add(digest: string, valid: ValidDocument): void {
    if (this.#kept.has(digest) || this.#documents.has(digest)) return;
    if (this.#seen.delete(digest)) this.#documents.set(digest, toCached(valid));
    else this.#seen.set(digest, true);
  }

  /** Returns a cached document. */
  document(digest: string): DocumentNode | undefined {
    return this.#cached(digest)?.document;
  }

  /** Returns an operation of a cached document. Undefined if the document is not cached or has no such operation. */
  find(digest: string, name: string | undefined): CachedOperation | undefined {
    const cached = this.#cached(digest);
    return cached && (cached.operations.get(name) ?? this.#compile(digest, cached, name));
  }

  #cached(digest: string): CachedDocument | undefined {
    return this.#kept.get(digest) ?? this.#documents.get(digest);
  }

  #compile(digest: string, cached: CachedDocument, name: string | undefined): CachedOperation | undefined {
    const { document, fragments, operations } = cached;
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    // The only operation of a document is found with its name and without.
    let found = [...operations.values()].find((each) => each.operation === operation);
    if (found === undefined) {
      const compiled = new CompiledOperation(this.#schema, fragments, operation, (fields) =>
        this.#grow(digest, cached, fields * bytesPerField),
      );
      found = { document, operation, compiled };
      this.#grow(digest, cached, bytesPerOperation);
    }
    operations.set(name, found);
    return found;
  }

  /** Adds to the size of a document. It may have been evicted while one of its operations is in use. */
  #grow(digest: string, cached: CachedDocument, bytes: number): void {
    cached.bytes += bytes;
    if (this.#documents.peek(digest) !== cached) return;
    // The cache computes the size of an entry only when it is added.
    this.#documents.delete(digest);
    this.#documents.set(digest, cached);
  }
}

/** Upper bounds of the memory of a compiled operation and of each of its fields, measured. */
const bytesPerOperation = 8_000;
const bytesPerField = 500;
const defaultMaxBytes = 16 * 1024 * 1024;
/** Digests of documents received once, some 0.5 MB. */
const maxSeen = 4_096;
/** The largest share of the cache for one document. Front ends send no larger documents repeatedly. */
const maxShare = 1 / 16;

/** An operation of a valid document, ready to be executed. */
export interface CachedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

/** A validated document without its source text (see `detachSource`). */
export interface ValidDocument {
  readonly document: DocumentNode;
  /** Its memory, as `detachSource` returns it. */
  readonly bytes: number;
}

interface CachedDocument {
  readonly document: DocumentNode;
  readonly fragments: Fragments;
  /** By the requested name, undefined if the request has none. Compiled when they are first looked up. */
  readonly operations: Map<string | undefined, CachedOperation>;
  bytes: number;
}

function toCached({ document, bytes }: ValidDocument): CachedDocument {
  return { document, fragments: fragmentsOf(document), operations: new Map(), bytes };
}

/** The cache key of a document: SHA-256 of its text in hexadecimal, the same as Apollo Server's `queryHash`. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'hex');
}
