import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repeat } from '../cost/asked.ts';
import { type ProbedProcess, startProbed } from './probed-process.ts';

let server: ProbedProcess;
beforeAll(async () => {
  server = await startProbed({ cost: { tokens: 10_000, documentBytes: 524_288 } });
});
afterAll(() => server.stop());

async function ask(query: string) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query }),
  });
  const { errors = [] } = (await response.json()) as {
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, errors };
}

const nested = (depth: number, begin: string, end: string, inner = '') =>
  begin.repeat(depth) + inner + end.repeat(depth);

/** Documents that nest so deep, in each way that there is. */
const ways: Record<string, (depth: number) => string> = {
  selections: (depth) => nested(depth, '{a', '}'),
  'fields that there are': (depth) => `{node(id:"a"){...on Call${nested(depth, '{parent', '}', '{id}')}}}`,
  'inline fragments': (depth) => `{${nested(depth, '...{', '}', '__typename')}}`,
  lists: (depth) => `{nodes(ids:${nested(depth, '[', ']', '1')}){id}}`,
  objects: (depth) => `{calls(filter:${nested(depth, '{to:', '}', '1')}){nodes{id}}}`,
  'list types': (depth) => `query($a:${nested(depth, '[', ']', 'Int')}){__typename}`,
  'a default': (depth) => `query($a:[Int]=${nested(depth, '[', ']', '1')}){calls(first:$a){nodes{id}}}`,
  'arguments of directives': (depth) => `{__typename @include(if:${nested(depth, '[', ']', 'true')})}`,
  'what is never closed': (depth) => '{a'.repeat(depth),
};

describe('a document that nests too deep is told so:', () => {
  it.each(Object.entries(ways))('%s', async (_, way) => {
    for (const depth of [1_100, 4_000, 20_000]) {
      expect(await ask(way(depth))).toEqual({
        status: 400,
        errors: [
          {
            message: 'The document is nested more than 1000 deep.',
            extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
          },
        ],
      });
    }
  });
});

describe('no document that is nested less deep overflows the stack:', () => {
  const chain = (fragments: number, depth: number) =>
    `{...F0}${repeat(fragments, (i) => `fragment F${i} on Query{${nested(depth, '...{', '}', `...F${i + 1}`)}}`)}` +
    `fragment F${fragments} on Query{__typename}`;
  const documents: [string, string][] = [
    ...Object.entries(ways).map(([name, way]): [string, string] => [name, way(990)]),
    ['a chain of fragments', chain(290, 10)],
    ['a short chain of deep fragments', chain(10, 450)],
  ];
  it.each(documents)('%s', async (_, document) => {
    for (let times = 0; times < 2; times += 1) {
      const { status, errors } = await ask(document);
      expect(status).toBeLessThan(500);
      expect(JSON.stringify(errors)).not.toMatch(/INTERNAL_SERVER_ERROR|call stack|1000 deep/);
    }
  });

  it('brackets in texts and comments do not nest', async () => {
    const brackets = '{[('.repeat(2_000);
    const document = `#${brackets}\n{a:node(id:"${brackets}\\"${brackets}"){id} b:node(id:"""${brackets}\n\\"""${brackets}"""){id}}`;
    const { errors } = await ask(document);
    expect(JSON.stringify(errors)).not.toMatch(/deep/);
  });
});
