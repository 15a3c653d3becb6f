import fc from 'fast-check';
import LinkHeader from 'http-link-header';
import { describe, expect, it } from 'vitest';
import { findTarget, readLinks } from '../../../src/upstream/headers/link-header.ts';
import { processorTimeOf } from '../../support/processor-time.ts';
import { runs } from '../../support/runs.ts';
import { webUrl } from '../../support/web-url.ts';

const plain = (header: string | string[]) =>
  readLinks(header).map(({ target, params }) => [target, Object.fromEntries(params)]);

describe('a Link header', () => {
  it.each([
    ['one link', '<https://a.example/x?y=1>; rel="next"', [['https://a.example/x?y=1', { rel: 'next' }]]],
    ['no blanks', '<a>;rel=next', [['a', { rel: 'next' }]]],
    ['many blanks', ' \t<a>  ;\t rel = "next" ', [['a', { rel: 'next' }]]],
    ['names in any case', '<a>; REL=next', [['a', { rel: 'next' }]]],
    ['commas and semicolons in a target', '<a,b;c>; rel=next', [['a,b;c', { rel: 'next' }]]],
    ['a comma in quotes', '<a>; title="x, <y>; z"; rel=next', [['a', { title: 'x, <y>; z', rel: 'next' }]]],
    ['escapes in quotes', '<a>; title="say \\"hi\\" \\\\"', [['a', { title: 'say "hi" \\' }]]],
    [
      'two links',
      '<a>; rel=prev, <b>; rel=next',
      [
        ['a', { rel: 'prev' }],
        ['b', { rel: 'next' }],
      ],
    ],
    [
      'empty elements',
      ', <a>; rel=next,, ,<b>,',
      [
        ['a', { rel: 'next' }],
        ['b', {}],
      ],
    ],
    ['a parameter without value', '<a>; crossorigin; rel=next', [['a', { crossorigin: '', rel: 'next' }]]],
    ['an empty parameter', '<a>;; ; rel=next', [['a', { rel: 'next' }]]],
    ['a value without name', '<a>; =x; rel=next', [['a', { rel: 'next' }]]],
    ['the first of two rels', '<a>; rel=next; rel=prev', [['a', { rel: 'next' }]]],
    ['an empty target', '<>; rel=next', [['', { rel: 'next' }]]],
    ['quotes not closed', '<a>; rel="next', [['a', { rel: 'next' }]]],
    ['an escape at the end', '<a>; rel="next\\', [['a', { rel: 'next' }]]],
    ['a target not closed', '<a>; rel=next, <b', [['a', { rel: 'next' }]]],
    ['something else behind a link', '<a>; rel="next" x, <b>', [['a', { rel: 'next' }]]],
    ['no link at all', 'next', []],
    ['nothing', '', []],
  ])('is read: %s', (_, header, links) => {
    expect(plain(header)).toEqual(links);
  });

  it('may be absent or come in several lines', () => {
    expect(readLinks(undefined)).toEqual([]);
    expect(plain(['<a>; rel=prev', '<b>; rel=next'])).toEqual([
      ['a', { rel: 'prev' }],
      ['b', { rel: 'next' }],
    ]);
  });

  it('is not read beyond any sensible length', () => {
    expect(readLinks(`<${'a'.repeat(70_000)}>; rel=next`)).toEqual([]);
  });
});

describe('a relation', () => {
  it.each([
    ['among others', '<a>; rel="prev Next"', 'a'],
    ['in any case', '<a>; rel=NEXT', 'a'],
    ['of the first link that has it', '<z>, <a>; rel=next, <b>; rel=next', 'a'],
    ['of this resource, not of an anchor', '<a>; rel=next; anchor="#x", <b>; rel=next', 'b'],
    ['that is only part of a word', '<a>; rel=next-archive', undefined],
    ['that is not there', '<a>; rel=prev', undefined],
  ])('is found %s', (_, header, target) => {
    expect(findTarget(header, 'next')).toBe(target);
  });
});

describe('against another reader and hostile text', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter((name) => name !== 'rel');
  const link = fc.record({
    target: webUrl.filter((url) => !/[<>"]/.test(url)),
    rel: fc.constantFrom('next', 'prev', 'first', 'last'),
    extra: fc.option(fc.tuple(word, fc.stringMatching(/^[ !#-[\]-~]{1,12}$/)), { nil: undefined }),
    quoted: fc.boolean(),
    blank: fc.constantFrom('', ' '),
  });

  it('finds the same targets and relations as http-link-header', () => {
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 5 }), (given) => {
        const header = given
          .map(({ target, rel, extra, quoted, blank }) => {
            const relation = quoted ? `"${rel}"` : rel;
            const more = extra === undefined ? '' : `;${blank}${extra[0]}="${extra[1]}"`;
            return `<${target}>;${blank}rel=${relation}${more}`;
          })
          .join(', ');
        const ours = readLinks(header).map(({ target, params }) => [target, params.get('rel')]);
        expect(ours).toEqual(LinkHeader.parse(header).refs.map(({ uri, rel }) => [uri, rel]));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      '\\',
      ';',
      ',',
      '=',
      ' ',
      'rel',
      'next',
      'a',
      '\t',
      '\u00e9',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(Array.isArray(readLinks(pieces.join('')))).toBe(true);
      }),
      { numRuns: runs(600) },
    );
  });

  it.each([
    ['openings', '<'],
    ['links', '<>'],
    ['commas', ','],
    ['semicolons', '<a>;'],
    ['blanks', '<a> ;\t'],
    ['equals signs', '<a>;='],
    ['quotes', '<a>;b="'],
    ['escapes', '<a>;b="\\'],
    ['blanks in quotes', '<a>;b="  "'],
  ])('takes linear time on many %s', async (_, piece) => {
    const text = piece.repeat(Math.floor(65_000 / piece.length));
    expect(await processorTimeOf(() => readLinks(text))).toBeLessThan(500);
  });

  it('takes linear time on many parameters of many relations', async () => {
    const params = Array.from({ length: 6_000 }, (_, i) => `;${i.toString(36)}=1`).join('');
    const text = `<a>${params};rel="${'n '.repeat(15_000)}"`;
    expect(await processorTimeOf(() => readLinks(text))).toBeLessThan(500);
  });
});
