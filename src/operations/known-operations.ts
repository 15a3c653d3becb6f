import { AccessRefusal } from '../access/refusal.ts';
import { ConfigError } from '../config/config.ts';
import type { OperationsSettings } from '../config/operations-settings.ts';
import type { Problem } from '../config/problem.ts';
import type { OperationCache } from '../graphql/execution/operation-cache.ts';
import type { Logger } from '../runtime/logger.ts';
import { type KnownOperation, loadOperations, type OperationRules } from './load-operations.ts';

/**
 * The documents of the manifests (trusted documents). They are parsed, validated and compiled once, and stay in the
 * cache of operations, so that each request for one is executed like one that was sent before.
 */
export class KnownOperations {
  readonly only: boolean;
  readonly #parts: KnownOperationsParts;
  #files: readonly string[];
  #byId: ReadonlyMap<string, KnownOperation>;

  /** @throws ConfigError that lists every file and document that cannot be used */
  constructor({ files = [], only }: Pick<OperationsSettings, 'files' | 'only'>, parts: KnownOperationsParts) {
    this.only = only;
    this.#parts = parts;
    this.#files = files;
    this.#byId = this.#load(files);
    this.#keep();
  }

  /** How many documents there are. */
  get size(): number {
    return new Set(this.#byId.values()).size;
  }

  /** @param id a digest in hexadecimal, or the id that a manifest has for the document */
  find(id: string): KnownOperation | undefined {
    return this.#byId.get(id);
  }

  /** Why a document is not executed; undefined if it is. */
  refusalOf(id: string): AccessRefusal | undefined {
    return this.only && !this.#byId.has(id) ? unknownOperation(id) : undefined;
  }

  /**
   * Reads the files again, or others in their place. Documents that stay the same stay compiled.
   *
   * @returns a function that puts them in use
   * @throws ConfigError that lists every file and document that cannot be used
   */
  prepare(files: readonly string[] = this.#files): () => void {
    const known = this.#load(files);
    return () => {
      this.#byId = known;
      this.#files = files;
      this.#keep();
      this.#parts.log.info({ documents: this.size }, 'the known operations are read again');
    };
  }

  #load(files: readonly string[]): ReadonlyMap<string, KnownOperation> {
    const problems: Problem[] = [];
    const known = loadOperations(files, this.#parts.rules, problems);
    if (problems.length > 0) throw new ConfigError(problems);
    return known;
  }

  #keep(): void {
    const operations = [...this.#byId.values()];
    this.#parts.cache.keep(new Map(operations.map((operation) => [operation.digest, operation])));
  }
}

export interface KnownOperationsParts {
  readonly rules: OperationRules;
  readonly cache: OperationCache;
  readonly log: Logger;
}

/**
 * PERSISTED_QUERY_NOT_IN_LIST, the code of Apollo's router. Clients do not repeat the request with the text, as they do
 * after PERSISTED_QUERY_NOT_FOUND.
 */
function unknownOperation(id: string): AccessRefusal {
  const name = /^[\da-f]{64}$/.test(id) ? `sha256:${id}` : id.slice(0, 100);
  const message = `This server executes only the operations that it knows, and ${name} is none of them.`;
  // Two stacks, which nobody reads, would take four times as long as all else that the refusal takes.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new AccessRefusal('PERSISTED_QUERY_NOT_IN_LIST', message, { status: 400 });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
