import { type Asked, type Cost, costOf } from '../../src/access/operation-cost.ts';
import { type Shape, shapeOf } from '../../src/access/operation-shape.ts';

/** All that is limited about an operation, but for its tokens. */
export type Figures = Shape & Cost;

export function figuresOf(asked: Asked): Figures {
  return { ...shapeOf(asked.document, asked.operation), ...costOf(asked) };
}
