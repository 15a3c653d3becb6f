import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessRefusal } from '../../src/access/refusal.ts';
import { costSettings } from '../../src/config/cost-settings.ts';
import type { Problem } from '../../src/config/problem.ts';
import { CostGuard } from '../../src/cost/cost-guard.ts';
import { OperationCache } from '../../src/graphql/execution/operation-cache.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { KnownOperations } from '../../src/operations/known-operations.ts';
import { loadOperations } from '../../src/operations/load-operations.ts';
import { resolveOperation } from '../../src/operations/resolve-operation.ts';
import { createManifestFile, documentIdOf } from './manifest-file.ts';

const page = 'query Page($n: Int) { calls(first: $n) { nodes { id account { name } } } }';
const whole = 'query Whole { calls(first: 50) { nodes { id account { name } } } }';
const file = createManifestFile(page, whole);
const schema = loadSchema();
const cost = costSettings.parse({});
const guard = new CostGuard(cost, schema);
const cache = new OperationCache(schema, 1_000);

const rules = { schema, guard, introspection: false, maxTokens: cost.tokens };

let known: KnownOperations;
beforeAll(() => {
  const settings = { files: [file.path], only: true, automatic: false };
  known = new KnownOperations(settings, { rules, cache, log: pino({ level: 'silent' }) });
});
afterAll(() => file.delete());

describe('only known operations', () => {
  it('are executed: 1,000 others are refused by name, and nothing of them is kept', () => {
    const bytes = cache.bytes;
    for (let i = 0; i < 1_000; i += 1) {
      // It ends too early to be parsed.
      const query = `query Other${i} { accounts {`;
      try {
        resolveOperation({ known, automatic: undefined }, { query });
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(AccessRefusal);
        expect(String(error)).toContain(documentIdOf(query));
      }
    }
    expect([cache.size, cache.bytes, known.size]).toEqual([0, bytes, 2]);
  });

  it('stay in the cache, whatever its bound', () => {
    expect(cache.find(documentIdOf(page).slice(7), 'Page')).toBe(
      cache.find(documentIdOf(page).slice(7), undefined),
    );
  });
});

describe('the cost of a known operation', () => {
  const assess = (text: string, variables: object, accounts = 3) => {
    const digest = documentIdOf(text).slice(7);
    const { document, operation } = cache.find(digest, undefined) ?? expect.unreachable();
    return guard.assess({ document, operation, variables: { ...variables }, accounts });
  };

  it('is weighed once if it does not depend on variables, for each number of accounts', () => {
    expect(assess(whole, { n: 1 })).toBe(assess(whole, {}));
    expect(assess(whole, {}, 4)?.requests).toBeGreaterThan(assess(whole, {})?.requests ?? 0);
  });

  it('is weighed once for each page size otherwise', () => {
    expect(assess(page, { n: 10 })).toBe(assess(page, { n: 10 }));
    expect(assess(page, { n: 20 })?.nodes).toBe(2 * (assess(page, { n: 10 })?.nodes ?? 0));
  });
});

it.each([
  ['on the field', 'subscription S($on: Boolean!) { callEvents @skip(if: $on) { cursor } }'],
  [
    'in a fragment',
    'subscription S { ...F } fragment F on Subscription { callEvents @include(if: true) { cursor } }',
  ],
])('a manifest with a subscription that may have no field, by a condition %s, cannot be used', (_, text) => {
  const conditional = createManifestFile(page, text);
  const problems: Problem[] = [];
  const loaded = loadOperations([conditional.path], rules, problems);
  conditional.delete();
  expect(problems).toEqual([
    { path: 'operations.files[0]', message: expect.stringMatching(/ S .*neither `@skip` nor `@include`/) },
  ]);
  expect([...new Set(loaded.values())].map((each) => each.text)).toEqual([page]);
});
