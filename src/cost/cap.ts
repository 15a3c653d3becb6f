/** Figures stop at this number. Thirty fragments that spread each other twice stand for a billion fields. */
const maxFigure = 1e15;

/** Limits a figure to 10¹⁵, so that no sum becomes infinite and no product is 0 times infinity. */
export function cap(figure: number): number {
  return Math.min(figure, maxFigure);
}
