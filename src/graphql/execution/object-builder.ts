import type { PlainProperty } from './plain-property.ts';

export type Data = Record<string, unknown>;

/** Builds the response objects of one selection set. */
export interface ObjectBuilder {
  /**
   * Creates the response object with the values of all plain properties; other fields are undefined. Returns
   * undefined if a plain property cannot be read or is not valid in the response as it is.
   */
  begin(source: object): Data | undefined;
  /** Adds the values of the other fields, in their order, to an object that `begin` created. */
  complete(begun: Data, others: readonly unknown[]): Data;
  /** Creates the response object from the values of all fields. */
  toData(values: readonly unknown[]): Data;
}

export interface BuiltField {
  readonly responseName: string;
  readonly plain: PlainProperty | undefined;
}

/**
 * Generates the code that builds response objects. For a page of 50 calls with 18 fields, executing each field and
 * adding properties one by one took 55 µs and `JSON.stringify` 52; generated code takes 20 and 46.
 *
 * The code contains nothing from the client but response names, which consist of letters, digits and underscores
 * (GraphQL, section 2.1.9). `__proto__` must not be one of them.
 */
export function createObjectBuilder(fields: readonly BuiltField[]): ObjectBuilder {
  const enumValues = fields.map(({ plain }) => plain?.enumValues);
  const reads: string[] = [];
  const tests: string[] = [];
  const begun: string[] = [];
  const completed: string[] = [];
  for (const [i, { responseName, plain }] of fields.entries()) {
    const value = `value${i}`;
    begun.push(`${responseName}: ${plain && value}`);
    if (plain) {
      reads.push(`const ${value} = source.${plain.name};`);
      tests.push(`(${plain.test(value, `enumValues[${i}]`)})`);
    } else completed.push(`begun.${responseName} = others[${completed.length}];`);
  }
  const all = fields.map(({ responseName }, i) => `${responseName}: values[${i}]`);
  const code = `return {
    begin(source) {
      try {
        ${reads.join(' ')}
        return ${['true', ...tests].join(' && ')} ? { ${begun.join(', ')} } : undefined;
      } catch {
        return undefined;
      }
    },
    complete(begun, others) { ${completed.join(' ')} return begun; },
    toData(values) { return { ${all.join(', ')} }; },
  };`;
  return new Function('enumValues', code)(enumValues) as ObjectBuilder;
}
