import type { Field } from './field.ts';
import { isPromise, type Path, type Run } from './run.ts';

type Data = Record<string, unknown>;

/** The fields of an object type that are asked for in one place. */
export class Selection {
  readonly #fields: readonly Field[];

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
  }

  /** All fields at once (GraphQL, section 6.3.1), in the order in which they were asked for. */
  execute(run: Run, source: unknown, path: Path | undefined): Data | Promise<Data> {
    const data: Data = {};
    let hasPromise = false;
    try {
      for (const field of this.#fields) {
        const value = field.execute(run, source, path);
        data[field.responseName] = value;
        if (isPromise(value)) hasPromise = true;
      }
    } catch (error) {
      if (!hasPromise) throw error;
      // The other fields' promises may reject as well, and nobody would hear of it.
      return settle(data).finally(() => {
        throw error;
      });
    }
    return hasPromise ? settle(data) : data;
  }

  /** One field after the other, as a mutation's have to be (GraphQL, section 6.3.2). */
  async executeSerially(run: Run, source: unknown): Promise<Data> {
    const data: Data = {};
    for (const field of this.#fields) {
      data[field.responseName] = await field.execute(run, source, undefined);
    }
    return data;
  }
}

/** The data with what its promises come to in their places; the order of the fields stays. */
async function settle(data: Data): Promise<Data> {
  const names = Object.keys(data);
  const values = await Promise.all(Object.values(data));
  names.forEach((name, i) => {
    data[name] = values[i];
  });
  return data;
}
