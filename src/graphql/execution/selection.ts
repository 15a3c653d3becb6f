import type { Field } from './field.ts';
import { createObjectBuilder, type Data, type ObjectBuilder } from './object-builder.ts';
import type { Path, Run } from './run.ts';

/** A compiled selection set of an object type. */
export class Selection {
  readonly #fields: readonly Field[];
  /** The fields that are no plain properties. */
  readonly #others: readonly Field[];
  readonly #builder: ObjectBuilder;

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.#others = fields.filter(({ plain }) => plain === undefined);
    this.#builder = createObjectBuilder(fields);
  }

  /** Executes all fields concurrently (GraphQL, section 6.3.1). The result has them in the order of the document. */
  execute(run: Run, source: unknown, path: Path | undefined): Data | Promise<Data> {
    const begun = typeof source === 'object' && source !== null ? this.#builder.begin(source) : undefined;
    const values = valuesOf(begun ? this.#others : this.#fields, run, source, path);
    return values instanceof Promise
      ? values.then((settled) => this.#finish(begun, settled))
      : this.#finish(begun, values);
  }

  #finish(begun: Data | undefined, values: readonly unknown[]): Data {
    return begun ? this.#builder.complete(begun, values) : this.#builder.toData(values);
  }

  /** Executes the fields one after the other, as the root fields of a mutation (GraphQL, section 6.3.2). */
  async executeSerially(run: Run, source: unknown): Promise<Data> {
    const values: unknown[] = [];
    for (const field of this.#fields) values.push(await field.execute(run, source, undefined));
    return this.#builder.toData(values);
  }
}

/** Returns the values of the fields, or a promise of them if any of them is a promise. */
function valuesOf(
  fields: readonly Field[],
  run: Run,
  source: unknown,
  path: Path | undefined,
): unknown[] | Promise<unknown[]> {
  // Allocated with its final length: a growing array reserves more capacity than most objects have fields.
  const values = new Array<unknown>(fields.length);
  let hasPromise = false;
  try {
    for (let i = 0; i < fields.length; i += 1) {
      const value = (fields[i] as Field).execute(run, source, path);
      values[i] = value;
      if (value instanceof Promise) hasPromise = true;
    }
  } catch (error) {
    if (!hasPromise) throw error;
    // Handle rejections of the other fields before this error is thrown.
    const fail = () => Promise.reject(error);
    return Promise.all(values).then(fail, fail);
  }
  return hasPromise ? Promise.all(values) : values;
}
