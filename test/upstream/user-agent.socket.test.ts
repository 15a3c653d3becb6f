import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { userAgent } from '../../src/upstream/user-agent.ts';

const root = new URL('../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

it('names the package and its version, in the sources and as built, wherever the process runs', () => {
  const built = new URL('dist/upstream/user-agent.js', root);
  const program = `import { userAgent } from '${built}'; console.log(userAgent);`;
  const args = ['--input-type=module', '--eval', program];
  const printed = execFileSync(process.execPath, args, { cwd: tmpdir(), encoding: 'utf8' });
  expect([userAgent, printed.trim()]).toEqual(Array(2).fill(`calls-graphql/${version}`));
});
