/**
 * Finds the first limit that the variables exceed, whatever types the operation declares. Visits no more values than
 * the limits allow. Later steps are more expensive: coercion visits every value, once more for each alias.
 */
export function findExcess(variables: object): Excess | undefined {
  let values = 0;
  const check = (value: unknown, path: readonly (string | number)[]): Excess | undefined => {
    if (typeof value === 'string') {
      return { path, message: `A string has at most ${maxStringLength} characters.` };
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (path.length > maxDepth) return tooDeep;
    for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      values += 1;
      if (values > maxValues) return tooMany;
      if (typeof name === 'string' && name.length > maxNameLength) return tooLongName;
      const inner = (value as Record<string | number, unknown>)[name];
      // Most values are small and need no path.
      const excess = isSmall(inner) ? undefined : check(inner, [...path, name]);
      if (excess !== undefined) return excess;
    }
    return undefined;
  };
  return check(variables, []);
}

/** Members of objects and items of lists, at any depth. Real inputs have some hundreds at most. */
const maxValues = 5_000;
/** Characters of the name of a member. */
const maxNameLength = 200;
/** Characters. The longest real value is a BXML document, which has 65,536 at most. */
const maxStringLength = 100_000;
const maxDepth = 50;

/** A limit that the variables exceed. */
export interface Excess {
  /** The path of a string that is too long, beginning with the variable; empty for the other limits. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const tooMany = { path: [], message: `The variables hold more than ${maxValues} values.` };
const tooDeep = { path: [], message: `The variables are nested more than ${maxDepth} deep.` };
const tooLongName = {
  path: [],
  message: `The variables hold a name of more than ${maxNameLength} characters.`,
};

/** Whether a value exceeds no limit by itself and has no members. */
function isSmall(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= maxStringLength : typeof value !== 'object';
}
