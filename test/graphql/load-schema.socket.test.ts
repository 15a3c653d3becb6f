import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { printSdl } from '../../src/graphql/print-sdl.ts';
import { sdl } from '../support/third-provider/sdl.ts';

/** Prints the names that answers are made of, of which V8's own serialization has two bytes a character. */
const program = `
import { serialize } from 'node:v8';
import { loadSchema } from '${new URL('../../dist/graphql/load-schema.js', import.meta.url)}';
const twoBytes = 'c'.charCodeAt(0);
for (const type of Object.values(loadSchema().getTypeMap())) {
  const values = type.getValues?.().map(({ value }) => value) ?? [];
  for (const name of [type.name, ...Object.keys(type.getFields?.() ?? {}), ...values]) {
    if (serialize(name)[2] === twoBytes) console.log(type.name, name);
  }
}`;

test('no name makes the JSON that it stands in twice as large', () => {
  // In a process of its own: here, the names have been met before.
  const wide = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect(wide).toBe('');
});

const folder = new URL('../../schema/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.graphql'),
);
const source = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');

/** The order of types, fields and values says nothing; descriptions and directives do. */
function sorted(text: string): string {
  return printSchema(lexicographicSortSchema(buildSchema(text)));
}

test.each([
  ['of the providers', []],
  ['of a third provider', [sdl]],
])('the server loses nothing of the SDL %s: no description, no @specifiedBy, no @oneOf', (_, more) => {
  const written = sorted([source, ...more].join('\n'));
  expect(written).toContain('scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")');
  expect(written).toContain('input CallChange @oneOf {');
  expect(sorted(printSdl(loadSchema(more)))).toBe(written);
});

test('every type, field, argument and value has a description, and every scalar a specification', () => {
  const silent: string[] = [];
  const look = (path: string, item: { description?: string | null | undefined }) => {
    if (!item.description) silent.push(path);
  };
  for (const type of Object.values(loadSchema().getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    look(type.name, type);
    if ('specifiedByURL' in type && type.astNode && !type.specifiedByURL)
      silent.push(`${type.name} @specifiedBy`);
    if ('getValues' in type) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const arg of 'args' in field ? field.args : [])
        look(`${type.name}.${field.name}(${arg.name})`, arg);
    }
  }
  expect(silent).toEqual([]);
});
