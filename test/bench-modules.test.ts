import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { proxyModules } from './bench/proxy.ts';
import { modules } from './bench/yardsticks/built.ts';

// The bench imports built modules by their paths, which no compiler checks.
it.each([...modules, ...proxyModules])('the bench finds %s', (module) => {
  expect(existsSync(new URL(`../src/${module}.ts`, import.meta.url))).toBe(true);
});
