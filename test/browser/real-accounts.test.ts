import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { launchChromium } from './chromium.ts';
import { readyOperations } from './ready-operations.ts';
import { type ExplorerServer, startServer } from './running-server.ts';
import { visit } from './visit.ts';

const apiKey = 'a-key-that-nobody-may-store';
const folder = mkdtempSync(join(tmpdir(), 'explorer-'));

let carriers: Sandbox;
let server: ExplorerServer;
let browser: Browser;

/** A server that takes its accounts for real ones, and asks for a key. */
beforeAll(async () => {
  carriers = await startSandbox();
  const keys = [{ name: 'person', sha256: hash('sha256', apiKey), may: ['write'] }];
  const path = join(folder, 'accounts.yml');
  writeFileSync(path, JSON.stringify({ accounts: carriers.accounts, access: { keys } }));
  [server, browser] = await Promise.all([startServer(path), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await carriers?.close();
  rmSync(folder, { recursive: true });
});

async function visited(use: (visitor: Awaited<ReturnType<typeof visit>>) => Promise<void>): Promise<void> {
  const visitor = await visit(browser, server.url);
  try {
    await use(visitor);
  } finally {
    await visitor.end();
  }
}

test('a key typed once is good for all tabs, and stands nowhere in the storage of the browser', () =>
  visited(async ({ page, tab, run, sees }) => {
    await page.getByText('Real provider').waitFor();
    expect((await run('Accounts')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await page.getByLabel('API key or token').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.getByText('forgotten when this page closes').waitFor();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    for (const name of ['Accounts', 'ListCalls', 'AccountCalls']) {
      expect((await run(name)).errors, name).toBeUndefined();
    }
    await sees('providerCallId');
    await page.getByRole('button', { name: 'New tab' }).click();
    await tab('ListCalls').click();
    const stored = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])');
    expect(stored).toContain('ListCalls');
    expect(stored).not.toContain(apiKey);
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.reload();
    expect((await run('Accounts')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }));

test('no ready tab places or changes a call by itself, and each says at once what it lacks', () =>
  visited(async ({ page, tab, requests, sees }) => {
    await page.getByLabel('API key or token').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    const changes = readyOperations.slice(readyOperations.indexOf('CreateCall'));
    expect(changes.length).toBeGreaterThanOrEqual(6);
    const before = carriers.bandwidth.journal.length + carriers.connect.journal.length;
    for (const name of changes) {
      await tab(name).click();
      await page.getByRole('button', { name: 'Execute query' }).click();
      await sees('No value found for');
    }
    expect(requests.length).toBeGreaterThan(0);
    expect(carriers.bandwidth.journal.length + carriers.connect.journal.length).toBe(before);
  }));

test('calls are followed with the key, and what the server refuses is shown', () =>
  visited(async ({ page, sees }) => {
    const follow = async () => {
      await page.getByRole('button', { name: 'New tab' }).click();
      await page.locator('.graphiql-query-editor .monaco-editor').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('subscription { callEvents { kind } }');
      await page.keyboard.press('Control+Enter');
    };
    await follow();
    await sees('UNAUTHENTICATED');
    await page.getByLabel('API key or token').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.getByText('forgotten when this page closes').waitFor();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await follow();
    await sees('"kind": "CREATED"');
  }));
