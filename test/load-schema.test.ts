import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Prints the names that answers are made of, of which V8's own serialization has two bytes a character. */
const program = `
import { serialize } from 'node:v8';
import { loadSchema } from '${new URL('../dist/load-schema.js', import.meta.url)}';
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
