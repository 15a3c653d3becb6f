import type { Field } from './field.ts';
import { createLayout, type Data, type Layout } from './layout.ts';
import { isPromise, type Path, type Run } from './run.ts';

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
    const layout = this.#layout;
    if (typeof source === 'object' && source !== null && layout.isPlain(source)) {
      const others = valuesOf(this.#others, run, source, path);
      if (!(others instanceof Promise)) return layout.toData(source, others);
      // The members are read now: nobody knows what becomes of the object meanwhile.
      const data = layout.toData(source, []);
      return others.then((settled) => {
        for (const [i, { responseName }] of this.#others.entries()) data[responseName] = settled[i];
        return data;
      });
    }
    const values = valuesOf(this.#fields, run, source, path);
    return values instanceof Promise ? values.then(layout.toDataOf) : layout.toDataOf(values);
  }

  /** One field after the other, as a mutation's have to be (GraphQL, section 6.3.2). */
  async executeSerially(run: Run, source: unknown): Promise<Data> {
    const values: unknown[] = [];
    for (const field of this.#fields) values.push(await field.execute(run, source, undefined));
    return this.#layout.toDataOf(values);
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
    for (const [i, field] of fields.entries()) {
      const value = field.execute(run, source, path);
      values[i] = value;
      if (isPromise(value)) hasPromise = true;
    }
  } catch (error) {
    if (!hasPromise) throw error;
    // The other fields' promises may reject as well, and nobody would hear of it.
    const fail = () => Promise.reject(error);
    return Promise.all(values).then(fail, fail);
  }
  return hasPromise ? Promise.all(values) : values;
}
