import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutNulls } from '../../../src/graphql/resolvers/without-nulls.ts';

/** GraphQL input: objects without prototype, as graphql-js makes them, with nulls at any depth. */
const input = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(fc.string(), tie('object')), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 4, noNullPrototype: false }),
}));

/** Every value in it, however deep. */
function valuesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(valuesIn)];
}

/** The paths that lead to something, with what stands there; those of nulls and undefineds left out. */
function pathsIn(value: unknown, path = ''): string[] {
  if (value == null) return [];
  if (typeof value !== 'object') return [`${path}=${JSON.stringify(value)}`];
  const kind = Array.isArray(value) ? '[]' : '{}';
  return [
    `${path}${kind}`,
    ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, `${path}/${JSON.stringify(key)}`)),
  ];
}

describe('what is withoutNulls of an input', () => {
  it.each([
    [{}, {}],
    [
      { a: null, b: undefined, c: 0, d: '', e: false },
      { c: 0, d: '', e: false },
    ],
    [{ a: { b: null } }, { a: {} }],
    [{ a: [{ b: null, c: 1 }, 'x'] }, { a: [{ c: 1 }, 'x'] }],
    [{ a: [] }, { a: [] }],
  ])('of %j is %j', (given, left) => {
    expect(withoutNulls(given)).toStrictEqual(left);
  });

  it('holds no null at any depth, all the rest, and only plain objects', () => {
    fc.assert(
      fc.property(input.object, (given) => {
        const left = withoutNulls(given);
        expect(pathsIn(left)).toEqual(pathsIn(given));
        for (const value of valuesIn(left)) {
          expect(value).not.toBeNull();
          const isObject = typeof value === 'object' && !Array.isArray(value);
          if (isObject) expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the input as it was', () => {
    const given = { a: null, b: { c: null } };
    withoutNulls(given);
    expect(given).toEqual({ a: null, b: { c: null } });
  });
});
