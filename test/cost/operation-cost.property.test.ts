import fc from 'fast-check';
import {
  OverlappingFieldsCanBeMergedRule,
  type SelectionSetNode,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { asked, bomb, schema } from './asked.ts';
import { figuresOf } from './figures-of.ts';
import { naiveFigures } from './naive-figures.ts';
import { someDocument } from './some-document.ts';

/** What a document of `someDocument` may break: none of it changes what the document costs. */
const unchecked = ['NoUnusedFragmentsRule', 'NoUnusedVariablesRule'];
const rules = specifiedRules.filter(
  (rule) => rule !== OverlappingFieldsCanBeMergedRule && !unchecked.includes(rule.name),
);

const documents = fc.array(fc.nat(719), { maxLength: 150, size: 'max' }).map(someDocument);
const variables = fc.record({
  n: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 900 })),
  ids: fc.array(fc.constant('a'), { maxLength: 5 }),
  accounts: fc.option(fc.array(fc.constant('b'), { maxLength: 5 })),
  yes: fc.boolean(),
  no: fc.option(fc.boolean(), { nil: undefined }),
});
const accounts = fc.nat(4);

/** Tells for each selection set how often it is looked at. */
function countLooks(document: ReturnType<typeof asked>['document']): number[] {
  const looks: number[] = [];
  visit(document, {
    SelectionSet(node: SelectionSetNode) {
      const { selections } = node;
      const index = looks.push(0) - 1;
      Object.defineProperty(node, 'selections', {
        get: () => {
          looks[index] = (looks[index] ?? 0) + 1;
          return selections;
        },
      });
    },
  });
  return looks.fill(0);
}

describe('the figures of any valid document', () => {
  it('are those of the document with all fragments written out', () => {
    fc.assert(
      fc.property(documents, variables, accounts, (text, values, visible) => {
        const question = asked(text, values, visible);
        expect(validate(schema, question.document, rules)).toEqual([]);
        expect(figuresOf(question)).toEqual(naiveFigures(question));
      }),
      { numRuns: runs(400) },
    );
  });

  describe('are tried on documents with', () => {
    // With a seed, so that chance has no part in it.
    const texts = fc.sample(documents, { numRuns: 2_000, seed: 1 });

    it.each([
      ['fragments', /\.\.\.F/],
      ['pages', /calls/],
      ['mutations', /^mutation/],
    ])('%s, too', (_, pattern) => {
      expect(texts.filter((text) => pattern.test(text)).length).toBeGreaterThan(texts.length / 20);
    });
  });

  it('are found by looking at each pair of braces thrice at most: for its fragments, shape and cost', () => {
    const bombs = fc.nat(60).map((fragments) => `{ call(id: "x") { ...F0 ...F0 } } ${bomb(fragments)}`);
    fc.assert(
      fc.property(fc.oneof(documents, bombs), variables, (text, values) => {
        const question = asked(text, values);
        const looks = countLooks(question.document);
        figuresOf(question);
        expect(Math.max(...looks)).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('are numbers from 0 to 10¹⁵, whatever the variables', () => {
    fc.assert(
      fc.property(
        documents,
        fc.dictionary(fc.constantFrom('n', 'd', 'ids', 'accounts', 'yes', 'no'), fc.anything()),
        (text, values) => {
          const figures = Object.values(figuresOf(asked(text, values)));
          expect(figures.every((figure) => Number.isInteger(figure) && figure >= 0 && figure <= 1e15)).toBe(
            true,
          );
        },
      ),
    );
  });
});
