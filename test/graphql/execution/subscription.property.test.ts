import fc from 'fast-check';
import { createSourceEventStream, type ExecutionResult, getOperationAST, parse, subscribe } from 'graphql';
import { expect, it } from 'vitest';
import { CompiledOperation } from '../../../src/graphql/execution/compiled-operation.ts';
import { fragmentsOf } from '../../../src/graphql/execution/fragments.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { someCall } from '../../support/some-call.ts';
import { contextOf, make, members, oddities } from './some-world.ts';

const schema = loadSchema([
  `"Events." type Subscription { "One." changed: Change, "Some." calls(first: Int): [Call]! }
   "A change." type Change { "When." at: DateTime, "What." call: Call!, "Which." number: Int! }`,
]);

const documents = [
  'subscription { changed { at number call { id from status price { amount } account { key } parent { id } } } }',
  'subscription ($n: Int) { calls(first: $n) { __typename id duration status details { __typename } } }',
  'subscription ($yes: Boolean!) { c: changed { number ...C @include(if: $yes) } } fragment C on Change { call { to } }',
].map((text) => parse(text));

interface Recipe {
  readonly odd: readonly { readonly member: string; readonly oddity: string }[];
  readonly number: unknown;
}

const recipes: fc.Arbitrary<Recipe[]> = fc.array(
  fc.record({
    odd: fc.array(fc.record({ member: fc.constantFrom(...members), oddity: fc.constantFrom(...oddities) })),
    number: fc.oneof(fc.integer(), fc.constantFrom(null, 'x', 1.5, new Error('odd'))),
  }),
  { maxLength: 3 },
);

/** The events of these recipes, and some that are no objects. Created anew each time, because promises settle once. */
async function* eventsOf(given: readonly Recipe[]) {
  for (const { odd, number } of given) {
    const call = Object.assign(someCall(), ...odd.map(({ member, oddity }) => ({ [member]: make(oddity) })));
    yield { changed: { at: '2026-11-21T06:20:00.000Z', number, call }, calls: () => [call, null, call] };
  }
  yield* [null, undefined, 1, { changed: null }];
}

function shown({ data, errors = [] }: ExecutionResult) {
  return { data: JSON.stringify(data), errors: errors.map((error) => error.toJSON()) };
}

async function listOf<Item, Shown>(items: unknown, show: (item: Item) => Shown | Promise<Shown>) {
  const list: Shown[] = [];
  for await (const item of items as AsyncIterable<Item>) list.push(await show(item));
  return list;
}

it('a compiled subscription gives the same for each event as graphql-js', async () => {
  const variableValues = fc.record({ n: fc.option(fc.integer({ min: 0, max: 3 })), yes: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...documents),
      variableValues,
      recipes,
      async (document, variables, given) => {
        for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
          field.subscribe = () => eventsOf(given);
        }
        const contextValue = contextOf({ parents: [], failing: [], odd: [] });
        const args = { schema, document, contextValue, variableValues: variables };
        const usual = await listOf(await subscribe(args), shown);
        const operation = getOperationAST(document) ?? expect.unreachable();
        const compiled = new CompiledOperation(schema, fragmentsOf(document), operation);
        const prepared = compiled.prepare(variables) ?? expect.unreachable();
        const own = await listOf(await createSourceEventStream(args), async (event) => {
          return shown(await compiled.execute(prepared, contextValue, event));
        });
        expect(own).toEqual(usual);
        expect(own).toHaveLength(given.length + 4);
      },
    ),
  );
});
