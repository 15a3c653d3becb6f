import fc from 'fast-check';
import { type DocumentNode, GraphQLError, getLocation, parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { detachSource, locationsIn } from '../../../src/graphql/execution/detach-source.ts';

/** An error at each node of a document, as graphql-js places it and as it is placed without the text. */
function locationsOf(text: string) {
  const [usual, detached] = [parse(text), parse(text)];
  detachSource(detached, text);
  return {
    usual: errorsOf(usual).map(({ locations }) => locations),
    own: errorsOf(detached).map((error) => locationsIn(error)),
  };
}

function errorsOf(document: DocumentNode): GraphQLError[] {
  const errors: GraphQLError[] = [];
  visit(document, { enter: (node) => void errors.push(new GraphQLError('wrong', { nodes: node })) });
  return errors;
}

describe('the locations of errors', () => {
  const gaps = fc.constantFrom(' ', '\n', '\r', '\r\n', '\n\r', ',', '#\u00e4\n', '# "\r', '\ufeff', '\t');
  const words = fc.constantFrom('a', 'b { c }', 'd(e: 1)', 'f(g: "h")', 'i(j: """k\n\r\nl""")', '...M');

  it('are those of graphql-js, though the text is gone', () => {
    const texts = fc
      .array(fc.tuple(fc.array(gaps, { minLength: 1, maxLength: 4 }), words), { minLength: 1, maxLength: 8 })
      .map((parts) => `{${parts.map(([gap, word]) => gap.join('') + word).join('')}}`);
    fc.assert(
      fc.property(texts, (text) => {
        const { usual, own } = locationsOf(text);
        expect(own).toEqual(usual);
      }),
    );
  });

  it('are those of several nodes, in their order', () => {
    const text = '{ a\n\n b\n c }';
    const document = parse(text);
    detachSource(document, text);
    const nodes = [11, 8, 2].map((offset) => ({ loc: { ...document.loc, start: offset } }));
    const error = new GraphQLError('wrong', { nodes: nodes as never });
    const { source } = parse(text).loc ?? expect.unreachable();
    expect(locationsIn(error)).toEqual([11, 8, 2].map((offset) => getLocation(source, offset)));
  });

  it('are left as they are where the text is still there', () => {
    expect(locationsIn(new GraphQLError('wrong', { nodes: parse('{ a }') }))).toBeUndefined();
    expect(locationsIn(new GraphQLError('wrong'))).toBeUndefined();
  });

  it('take no look at the text, of which each error would be told apart from its beginning', () => {
    const text = `${'\n'.repeat(60_000)}{ a }`;
    const document = parse(text);
    detachSource(document, text);
    const [error] = errorsOf(document);
    expect(error?.source?.body).toBe('');
    expect(error && locationsIn(error)).toEqual([{ line: 1, column: 1 }]);
  });
});

describe('a document that has lost its text', () => {
  it('holds neither tokens nor text, comments included', () => {
    const text = `{ a(b: [1, { c: "d" }]) @e ...F } # comment\nfragment F on G { h: i }`;
    const document = parse(text);
    detachSource(document, text);
    const held = new Set<unknown>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || held.has(value)) return;
      held.add(value);
      for (const each of Object.values(value)) look(each);
    };
    look(document);
    const kinds = [...held].flatMap((each) =>
      'kind' in Object(each) ? [(each as { kind: string }).kind] : [],
    );
    expect(kinds).not.toContain('Comment');
    expect(kinds.filter((kind) => /^[^A-Z]|^<|^String$/.test(kind))).toEqual([]);
    expect(JSON.stringify([...held])).not.toContain('comment');
  });

  it('is the same document in all else', () => {
    const text = `{ a(b: [1, { c: "d" }]) @e ...F } # comment\nfragment F on G { h: i }`;
    const [usual, detached] = [parse(text), parse(text)];
    detachSource(detached, text);
    const placesIn = (node: DocumentNode) => {
      const places: unknown[] = [];
      visit(node, { enter: ({ kind, loc }) => void places.push([kind, loc?.start, loc?.end]) });
      return places;
    };
    expect(placesIn(detached)).toEqual(placesIn(usual));
  });
});
