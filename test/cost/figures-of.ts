import { type Cost, type CostInput, costOf } from '../../src/cost/operation-cost.ts';
import { OperationShapes, type Shape } from '../../src/cost/operation-shapes.ts';

/** All that is limited about an operation, but for its tokens. */
export type Figures = Shape & Cost;

export function figuresOf(asked: CostInput): Figures {
  const shapes = new OperationShapes(asked.document);
  return { ...shapes.of(asked.operation), ...costOf(asked) };
}
