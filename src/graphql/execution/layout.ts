import type { PlainMember } from './plain-member.ts';

export type Data = Record<string, unknown>;

/** What is known of an object's fields before there is one. */
export interface Layout {
  /**
   * The object of the answer with what its plain members hold, and room for the other fields; undefined where a
   * plain member cannot be read, or is not as it may stand in the answer.
   */
  begin(source: object): Data | undefined;
  /** Puts in the values of the other fields, in their order. */
  complete(begun: Data, others: readonly unknown[]): Data;
  /** The whole object from the values of all fields. */
  toData(values: readonly unknown[]): Data;
}

export interface Placed {
  readonly responseName: string;
  readonly plain: PlainMember | undefined;
}

/**
 * Writes and compiles the code that fields are read and answered by. For a page of 50 calls with 18 fields,
 * asking each field in turn and adding one member after the other took 55 µs and their JSON another 52;
 * this way it is 20 and 46. Nothing of a client's is in the code but response names, which GraphQL makes of
 * letters, digits and underscores; `__proto__` must not be among them.
 */
export function createLayout(fields: readonly Placed[]): Layout {
  const words = fields.map(({ plain }) => plain?.words);
  const reads: string[] = [];
  const tests: string[] = [];
  const begun: string[] = [];
  const completed: string[] = [];
  for (const [i, { responseName, plain }] of fields.entries()) {
    const value = `value${i}`;
    begun.push(`${responseName}: ${plain && value}`);
    if (plain) {
      reads.push(`const ${value} = source.${plain.name};`);
      tests.push(`(${plain.test(value, `words[${i}]`)})`);
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
  return new Function('words', code)(words) as Layout;
}
