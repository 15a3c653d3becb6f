import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { CompiledOperation, type CompileOptions } from './compiled-operation.ts';

/**
 * What is known of a text takes some forty bytes a character, half a kilobyte a compiled field, and whatever
 * its length up to twenty kilobytes: its selections' code and what it may cost.
 */
const charactersPerText = 500;
const charactersPerField = 12;
/** Some 20 MB. */
const mostCharacters = 500_000;
/** A longer text is none that a front end asks for again and again, and would push others out. */
const longestText = 32_000;

/** An operation of a valid document, ready to be executed. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

interface KnownText {
  readonly document: DocumentNode;
  /** By the name asked for, which may be missing; compiled when they come for the second time. */
  readonly operations: Map<string | undefined, KnownOperation>;
}

/**
 * The documents that were valid when they came last, by their text, and their operations compiled. Those
 * that have not come for longest make room.
 */
export class KnownOperations {
  readonly #options: CompileOptions;
  readonly #mostCharacters: number;
  /** The one used last comes last. */
  readonly #texts = new Map<string, KnownText>();
  #characters = 0;

  constructor(options: CompileOptions, most = mostCharacters) {
    this.#options = options;
    this.#mostCharacters = most;
  }

  /** How many documents are known. */
  get size(): number {
    return this.#texts.size;
  }

  /** To be called with a document that was found valid. */
  remember(text: string, document: DocumentNode): void {
    if (text.length > longestText || this.#texts.has(text)) return;
    this.#texts.set(text, { document, operations: new Map() });
    this.#characters += charactersPerText + text.length;
    this.#makeRoom();
  }

  /** Undefined where the document is not known, or has no such operation. */
  find(text: string, name: string | undefined): KnownOperation | undefined {
    const known = this.#texts.get(text);
    if (known === undefined) return undefined;
    this.#texts.delete(text);
    this.#texts.set(text, known);
    return known.operations.get(name) ?? this.#compile(known, name);
  }

  #compile({ document, operations }: KnownText, name: string | undefined): KnownOperation | undefined {
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    const compiled = new CompiledOperation(this.#options, document, operation, (fields) => {
      this.#characters += charactersPerField * fields;
      this.#makeRoom();
    });
    const known = { document, operation, compiled };
    operations.set(name, known);
    return known;
  }

  #makeRoom(): void {
    for (const text of this.#texts.keys()) {
      if (this.#characters <= this.#mostCharacters) return;
      this.#forget(text);
    }
  }

  #forget(text: string): void {
    const known = this.#texts.get(text);
    if (known === undefined) return;
    const fields = [...known.operations.values()].reduce((sum, { compiled }) => sum + compiled.fields, 0);
    this.#characters -= charactersPerText + text.length + charactersPerField * fields;
    this.#texts.delete(text);
  }
}
