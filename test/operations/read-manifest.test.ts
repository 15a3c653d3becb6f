import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/operations/read-manifest.ts';

const text = '{ accounts { key } }';
const digest = hash('sha256', text, 'hex');
const read = (content: unknown) => readManifest(JSON.stringify(content));
const apollo = (...operations: object[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

describe('a file of known operations', () => {
  it.each([
    ['GraphQL Code Generator', { [`sha256:${digest}`]: text }],
    ['GraphQL Code Generator, or Relay with SHA256', { [digest]: text }],
    ["Apollo's manifest", apollo({ id: digest, name: 'A', type: 'query', body: text })],
  ])('is read in the form of %s', (_, content) => {
    expect(read(content)).toEqual([{ id: digest, text }]);
  });

  it("may have ids of its own, such as Relay's MD5", () => {
    const id = hash('md5', text, 'hex');
    expect(read({ [id]: text })).toEqual([{ id, text }]);
    expect(read(apollo({ id, name: 'A', type: 'query', body: text }))).toEqual([{ id, text }]);
  });

  it('is empty before the first run of a compiler', () => {
    expect(readManifest('{}')).toEqual([]);
  });

  it("is what Apollo's tool has written", () => {
    const path = new URL('../fixtures/clients/persisted-query-manifest.json', import.meta.url);
    const listed = readManifest(readFileSync(path, 'utf8'));
    expect(listed).toHaveLength(4);
    for (const each of listed) expect(each.id).toBe(hash('sha256', each.text, 'hex'));
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['a list', '[]', 'has none of the three forms'],
    ['something else', '{"data":{}}', 'has none of the three forms'],
    ['an id without a text', '{"a":""}', 'has none of the three forms'],
    [
      'a later manifest',
      '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}',
      'has none of the three forms',
    ],
  ])('is refused if it is %s', (_, json, message) => {
    expect(() => readManifest(json)).toThrow(message);
  });

  it('is refused if a text is not that of its digest', () => {
    expect(() => read({ [`sha256:${digest}`]: `${text} ` })).toThrow(
      `holds another text under sha256:${digest}`,
    );
  });
});
