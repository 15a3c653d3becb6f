import { expect, test } from 'vitest';
import { forgetStoredHeaders } from '../../../src/explorer/page/forget-stored-headers.ts';

function storageOf(content: Record<string, string>) {
  const items = new Map(Object.entries(content));
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, text: string) => void items.set(name, text),
    removeItem: (name: string) => void items.delete(name),
  };
  return { items, storage };
}

test('removes headers that an earlier version stored, and nothing else', () => {
  const entry = { query: '{ accounts { key } }', variables: '{"a":1}', label: 'mine' };
  const { items, storage } = storageOf({
    'graphiql:queries': JSON.stringify({ queries: [{ ...entry, headers: '{"x-api-key":"secret"}' }] }),
    'graphiql:favorites': 'not JSON, "headers" secret',
    'graphiql:headers': 'secret',
    'graphiql:theme': 'dark',
  });
  forgetStoredHeaders(storage);
  expect([...items.values()].join()).not.toContain('secret');
  expect(JSON.parse(items.get('graphiql:queries') ?? '')).toEqual({ queries: [entry] });
  expect(items.get('graphiql:theme')).toBe('dark');
});
