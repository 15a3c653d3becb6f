import { invalidInput } from '../../calls/failure.ts';
import { maxIds } from '../../cost/list-limits.ts';

/**
 * Loads each object that a list argument names separately, so that one failure does not affect the others.
 *
 * @param load is given the path of the name as well
 * @throws Refusal INVALID_INPUT if there are more than `maxIds`
 */
export function loadEach<Name, Found>(
  argument: string,
  names: readonly Name[],
  load: (name: Name, field: readonly string[]) => Promise<Found>,
): Promise<Found>[] {
  if (names.length > maxIds) {
    throw invalidInput([argument], `may hold at most ${maxIds}, but holds ${names.length}`);
  }
  return names.map((name, i) => load(name, [argument, `${i}`]));
}
