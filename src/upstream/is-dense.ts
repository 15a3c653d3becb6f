/** How often a text may hold each of some marks at most. */
export type Density = readonly (readonly [mark: string, most: number])[];

/**
 * Whether a text holds more of any mark than it may. A parser takes its time over each of them, and holds
 * up everything else meanwhile; finding them takes a hundredth of it.
 */
export function isDense(text: string, density: Density): boolean {
  return density.some(([mark, most]) => {
    if (text.length <= most) return false;
    let at = -1;
    for (let times = 0; times <= most; times += 1) {
      at = text.indexOf(mark, at + 1);
      if (at < 0) return false;
    }
    return true;
  });
}
