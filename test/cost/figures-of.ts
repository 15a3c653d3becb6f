import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { summarize } from '../../src/cost/document-summary.ts';
import { FieldRules } from '../../src/cost/field-rules.ts';
import { type Figures, OperationFigures } from '../../src/cost/operation-figures.ts';

export type { Figures } from '../../src/cost/operation-figures.ts';

export interface CostInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them, before coercion. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

/** All that is limited about an operation, but for its tokens. */
export function figuresOf({ schema, document, ...values }: CostInput): Figures {
  const rules = FieldRules.from(schema);
  return new OperationFigures(rules, summarize(document, rules.arguments), values).of(values.operation);
}
