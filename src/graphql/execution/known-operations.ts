import { hash } from 'node:crypto';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CompiledOperation, type CompileOptions, type Fragments, fragmentsOf } from './compiled-operation.ts';

/** Measured, from above: the code of an operation's selections, whatever its length, and of each field. */
const bytesPerOperation = 8_000;
const bytesPerField = 500;
const mostBytes = 16 * 1024 * 1024;
/** Digests of documents that have come once: some 0.5 MB. */
const mostSeen = 4_096;
/** A document that takes more than such a part of all is none that a front end sends again and again. */
const largestPart = 1 / 16;

/** An operation of a valid document, ready to be executed. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

/** A valid document that has lost its text (`detachText`). */
export interface ValidDocument {
  readonly document: DocumentNode;
  /** What it takes, as `detachText` says. */
  readonly bytes: number;
}

interface KnownDocument {
  readonly document: DocumentNode;
  readonly fragments: Fragments;
  /** By the name asked for, which may be missing; compiled when they come for the third time. */
  readonly operations: Map<string | undefined, KnownOperation>;
  bytes: number;
}

/** Names a text: SHA-256 in hexadecimal, as Apollo Server computes it, too. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * The documents that have come twice and were valid, by the digests of their texts, and their operations
 * compiled. Those that have not come for longest make room. One that comes once and never again, as those of a
 * client that writes values into them, makes nobody else's go, and leaves nothing to the full collections.
 */
export class KnownOperations {
  readonly #options: CompileOptions;
  readonly #documents: LRUCache<string, KnownDocument>;
  readonly #seen = new LRUCache<string, true>({ max: mostSeen });

  /** @param most bytes */
  constructor(options: CompileOptions, most = mostBytes) {
    this.#options = options;
    this.#documents = new LRUCache({
      maxSize: most,
      maxEntrySize: Math.ceil(most * largestPart),
      sizeCalculation: ({ bytes }) => bytes,
    });
  }

  /** How many documents are known. */
  get size(): number {
    return this.#documents.size;
  }

  /** The bytes that they take, estimated from above. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  /** To be called with a document that was found valid. */
  remember(digest: string, { document, bytes }: ValidDocument): void {
    if (this.#documents.has(digest)) return;
    if (!this.#seen.delete(digest)) {
      this.#seen.set(digest, true);
      return;
    }
    this.#documents.set(digest, { document, fragments: fragmentsOf(document), operations: new Map(), bytes });
  }

  /** Undefined where the document is not known. */
  document(digest: string): DocumentNode | undefined {
    return this.#documents.get(digest)?.document;
  }

  /** Undefined where the document is not known, or has no such operation. */
  find(digest: string, name: string | undefined): KnownOperation | undefined {
    const known = this.#documents.get(digest);
    return known && (known.operations.get(name) ?? this.#compile(digest, known, name));
  }

  #compile(digest: string, known: KnownDocument, name: string | undefined): KnownOperation | undefined {
    const { document, fragments, operations } = known;
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    const compiled = new CompiledOperation(this.#options, fragments, operation, (fields) =>
      this.#grow(digest, known, fields * bytesPerField),
    );
    const found = { document, operation, compiled };
    operations.set(name, found);
    this.#grow(digest, known, bytesPerOperation);
    return found;
  }

  /** What is no longer remembered may be in use all the same. */
  #grow(digest: string, known: KnownDocument, bytes: number): void {
    known.bytes += bytes;
    if (this.#documents.peek(digest) !== known) return;
    // The cache sizes what is new to it alone.
    this.#documents.delete(digest);
    this.#documents.set(digest, known);
  }
}
