import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { costVariablesIn } from './cost-variables.ts';
import { type Fragments, fragmentsByName } from './fragments-by-name.ts';
import { OperationShapes, type Shape } from './operation-shapes.ts';

/** Analyzes each operation once. Results are garbage-collected together with the document. */
export class OperationAnalyzer {
  readonly #documents = new WeakMap<DocumentNode, AnalyzedDocument>();
  readonly #operations = new WeakMap<OperationDefinitionNode, AnalyzedOperation>();
  readonly #placeholders = new WeakMap<DocumentNode, AnalyzedOperation>();
  #count = 0;

  /** @param operation undefined if the document has none of the requested name; the result is then undefined too */
  analyze(
    document: DocumentNode,
    operation: OperationDefinitionNode | undefined,
  ): AnalyzedOperation | undefined {
    const replaced = this.#placeholders.get(document);
    if (replaced !== undefined || !operation) return replaced;
    const cached = this.#operations.get(operation);
    if (cached !== undefined) return cached;
    const { fragments, shapes, costVariables } = this.#analyzeDocument(document);
    this.#count += 1;
    const shape = shapes.of(operation);
    const analyzed = { id: this.#count, document, operation, fragments, costVariables, shape };
    this.#operations.set(operation, analyzed);
    return analyzed;
  }

  /**
   * Returns a document to validate in place of one with an operation that is to be rejected, undefined if there
   * is no such operation. The placeholder has no operation, so it is valid and cannot be executed; `analyze`
   * returns the rejected operation for it. Apollo Server lets no plug-in end a request between parsing and
   * validation.
   */
  placeholderFor(
    document: DocumentNode,
    isRejected: (analyzed: AnalyzedOperation) => boolean,
  ): DocumentNode | undefined {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const analyzed = this.analyze(document, definition);
      if (analyzed === undefined || !isRejected(analyzed)) continue;
      const placeholder: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
      this.#placeholders.set(placeholder, analyzed);
      return placeholder;
    }
    return undefined;
  }

  #analyzeDocument(document: DocumentNode): AnalyzedDocument {
    const cached = this.#documents.get(document);
    if (cached !== undefined) return cached;
    const fragments = fragmentsByName(document);
    const shapes = new OperationShapes(document, fragments);
    const analyzed = { fragments, shapes, costVariables: costVariablesIn(document) };
    this.#documents.set(document, analyzed);
    return analyzed;
  }
}

/** What the operations of a document share. Computed once: a document may have hundreds of operations. */
interface AnalyzedDocument {
  readonly fragments: Fragments;
  readonly shapes: OperationShapes;
  /** Names of the variables that a cost may depend on. */
  readonly costVariables: readonly string[];
}

/** An operation with everything about its cost that does not depend on the values of variables. */
export interface AnalyzedOperation extends Omit<AnalyzedDocument, 'shapes'> {
  /** Unique in this process. A cache keyed by it does not keep the document in memory. */
  readonly id: number;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly shape: Shape;
}
