import type { Field } from './field.ts';
import { createLayout, type Data, type Layout } from './layout.ts';
import type { Path, Run } from './run.ts';

/** The fields of an object type that are asked for in one place. */
export class Selection {
  readonly #fields: readonly Field[];
  /** Those that are no plain members. */
  readonly #others: readonly Field[];
  readonly #layout: Layout;

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.#others = fields.filter(({ plain }) => plain === undefined);
    this.#layout = createLayout(fields);
  }

  /** All fields at once (GraphQL, section 6.3.1), in the order in which they were asked for. */
  execute(run: Run, source: unknown, path: Path | undefined): Data | Promise<Data> {
    const begun = typeof source === 'object' && source !== null ? this.#layout.begin(source) : undefined;
    const values = valuesOf(begun ? this.#others : this.#fields, run, source, path);
    return values instanceof Promise
      ? values.then((settled) => this.#finish(begun, settled))
      : this.#finish(begun, values);
  }

  #finish(begun: Data | undefined, values: readonly unknown[]): Data {
    return begun ? this.#layout.complete(begun, values) : this.#layout.toData(values);
  }

  /** One field after the other, as a mutation's have to be (GraphQL, section 6.3.2). */
  async executeSerially(run: Run, source: unknown): Promise<Data> {
    const values: unknown[] = [];
    for (const field of this.#fields) values.push(await field.execute(run, source, undefined));
    return this.#layout.toData(values);
  }
}

/** What the fields come to, or a promise of it where one of them is one. */
function valuesOf(
  fields: readonly Field[],
  run: Run,
  source: unknown,
  path: Path | undefined,
): unknown[] | Promise<unknown[]> {
  // As long as it has to be: one that grows takes room for more than most objects have fields.
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
    // The other fields' promises may reject as well, and nobody would hear of it.
    const fail = () => Promise.reject(error);
    return Promise.all(values).then(fail, fail);
  }
  return hasPromise ? Promise.all(values) : values;
}
