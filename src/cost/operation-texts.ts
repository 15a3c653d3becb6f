import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from 'graphql';
import { fragmentsOf, type Shape, Shapes } from './operation-shape.ts';
import { sizingVariables } from './size-variables.ts';

/** What the operations of a document have in common: worked out once, since there may be hundreds. */
interface DocumentText {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly shapes: Shapes;
  /** The variables that a cost may depend on. */
  readonly sizing: readonly string[];
}

/** An operation, and what its text decides about its cost whatever the variables. */
export interface OperationText extends Omit<DocumentText, 'shapes'> {
  /** No other operation's: what is remembered of an operation under it keeps nothing of its text. */
  readonly number: number;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly shape: Shape;
}

/** Operations looked at already; they are kept as long as the server keeps their documents, no longer. */
export class OperationTexts {
  readonly #documents = new WeakMap<DocumentNode, DocumentText>();
  readonly #texts = new WeakMap<OperationDefinitionNode, OperationText>();
  readonly #replaced = new WeakMap<DocumentNode, OperationText>();
  #count = 0;

  /** @param operation absent when the document has none of the name asked for */
  of(document: DocumentNode, operation: OperationDefinitionNode | undefined): OperationText | undefined {
    const replaced = this.#replaced.get(document);
    if (replaced !== undefined || !operation) return replaced;
    const known = this.#texts.get(operation);
    if (known !== undefined) return known;
    const { fragments, shapes, sizing } = this.#document(document);
    this.#count += 1;
    const text = {
      number: this.#count,
      document,
      operation,
      fragments,
      sizing,
      shape: shapes.of(operation),
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

  #document(document: DocumentNode): DocumentText {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    const fragments = fragmentsOf(document);
    const text = { fragments, shapes: new Shapes(document, fragments), sizing: sizingVariables(document) };
    this.#documents.set(document, text);
    return text;
  }
}
