import { type Asked, type Cost, costOf } from '../../src/cost/operation-cost.ts';
import { type Shape, Shapes } from '../../src/cost/operation-shape.ts';

/** All that is limited about an operation, but for its tokens. */
export type Figures = Shape & Cost;

export function figuresOf(asked: Asked): Figures {
  const shapes = new Shapes(asked.document);
  return { ...shapes.of(asked.operation), ...costOf(asked) };
}
