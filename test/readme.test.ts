import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Facade, startFacade } from './server/facade.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] as string,
  );
}

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ calls: 200 });
});
afterAll(() => facade.close());

describe('README', () => {
  it('has at most 200 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('shows operations that work as they stand, in their order', async () => {
    const operations = blocks('graphql');
    expect(operations.length).toBeGreaterThanOrEqual(4);
    let id: string | undefined;
    for (const operation of operations) {
      const answer = await facade.ask<Record<string, { call?: { id?: string }; userErrors?: unknown[] }>>(
        operation,
        { id },
      );
      expect(answer.errors, operation).toBeUndefined();
      for (const { call, userErrors = [] } of Object.values(answer.data)) {
        expect(userErrors, operation).toEqual([]);
        id = call?.id ?? id;
      }
    }
    expect(id).toBeDefined();
  });

  it('shows answers that are JSON', () => {
    const answers = blocks('json');
    expect(answers.length).toBeGreaterThan(1);
    for (const answer of answers) expect(() => JSON.parse(answer)).not.toThrow();
  });

  it('names every error code there is', async () => {
    const { data } = await facade.ask<{ __type: { enumValues: { name: string }[] } }>(
      '{ __type(name: "ErrorCode") { enumValues { name } } }',
    );
    for (const { name } of data.__type.enumValues) expect(readme).toContain(name);
  });
});
