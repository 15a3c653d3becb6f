/** Members of objects and items of lists, at any depth. The largest input that there is a use for has some hundreds. */
const mostValues = 5_000;
/** Characters. No name of a member is as long. */
const longestName = 200;
/** Characters. A document of BXML has 65,536 at most, and nothing else is as long. */
const longestText = 100_000;
const deepest = 50;

export interface Excess {
  /** From the variable's name on to the text at fault; empty where no one value is. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const tooMany = { path: [], message: `The variables hold more than ${mostValues} values.` };
const tooDeep = { path: [], message: `The variables are nested more than ${deepest} deep.` };
const tooLongName = {
  path: [],
  message: `The variables hold a name of more than ${longestName} characters.`,
};

/**
 * In what the variables go beyond what any operation has a use for, whatever it declares. Looks at no more of
 * them than that: coercion takes a look at each value, and each alias that is given the variable another.
 */
export function excessOf(variables: object): Excess | undefined {
  let values = 0;
  const look = (value: unknown, path: readonly (string | number)[]): Excess | undefined => {
    if (typeof value === 'string') return { path, message: `A text has at most ${longestText} characters.` };
    if (typeof value !== 'object' || value === null) return undefined;
    if (path.length > deepest) return tooDeep;
    for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      values += 1;
      if (values > mostValues) return tooMany;
      if (typeof name === 'string' && name.length > longestName) return tooLongName;
      const inner = (value as Record<string | number, unknown>)[name];
      // Most values need no look, and no path is made for them.
      const excess = isSmall(inner) ? undefined : look(inner, [...path, name]);
      if (excess !== undefined) return excess;
    }
    return undefined;
  };
  return look(variables, []);
}

/** Whether it is in no excess by itself and holds nothing that could be. */
function isSmall(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= longestText : typeof value !== 'object';
}
