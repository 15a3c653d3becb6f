import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from 'graphql';
import { fragmentsOf, type Shape, shapeOf } from './operation-shape.ts';
import { sizingVariables } from './size-variables.ts';

/** An operation, and what its text decides about its cost whatever the variables. */
export interface OperationText {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly shape: Shape;
  /** The variables that its cost depends on. */
  readonly sizing: readonly string[];
}

/** Operations looked at already; they are kept as long as the server keeps their documents, no longer. */
export class OperationTexts {
  readonly #texts = new WeakMap<OperationDefinitionNode, OperationText>();
  readonly #replaced = new WeakMap<DocumentNode, OperationText>();

  /** @param operation absent when the document has none of the name asked for */
  of(document: DocumentNode, operation: OperationDefinitionNode | undefined): OperationText | undefined {
    const replaced = this.#replaced.get(document);
    if (replaced !== undefined || !operation) return replaced;
    const known = this.#texts.get(operation);
    if (known !== undefined) return known;
    const shape = shapeOf(document, operation);
    const text = {
      document,
      operation,
      fragments: fragmentsOf(document),
      shape,
      sizing: sizingVariables(document),
    };
    this.#texts.set(operation, text);
    return text;
  }

  /**
   * What to validate instead of a document of which an operation is `unfit`: a document without any
   * operation, which is valid at once and which nothing can be executed of, come what may. `of` gives the
   * unfit operation for it. Apollo Server lets no plugin end a request between parsing and validation.
   */
  replace(document: DocumentNode, isUnfit: (text: OperationText) => boolean): DocumentNode | undefined {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const text = this.of(document, definition);
      if (text === undefined || !isUnfit(text)) continue;
      const standIn: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
      this.#replaced.set(standIn, text);
      return standIn;
    }
    return undefined;
  }
}
