/** The most times that each of some characters may occur in a text. */
export type Density = readonly (readonly [character: string, most: number])[];

/**
 * Whether any character occurs in a text more often than `density` allows. A parser blocks the event loop in
 * proportion to the values in the text; this check takes a hundredth of that time.
 */
export function isDense(text: string, density: Density): boolean {
  return density.some(([character, most]) => {
    if (text.length <= most) return false;
    let at = -1;
    for (let count = 0; count <= most; count += 1) {
      at = text.indexOf(character, at + 1);
      if (at < 0) return false;
    }
    return true;
  });
}
