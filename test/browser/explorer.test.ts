import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { readyOperations } from './ready-operations.ts';
import { type ExplorerServer, startServer } from './running-server.ts';
import { type Answer, type Visit, visit } from './visit.ts';

interface Connection {
  nodes: { id: string }[];
  edges: { node: { id: string } }[];
  pageInfo: { endCursor: string };
}

let server: ExplorerServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visited(use: (visit: Visit) => Promise<void>): Promise<void> {
  const visitor = await visit(browser, server.url);
  try {
    await use(visitor);
    expect(visitor.complaints).toEqual([]);
    expect(visitor.requests.filter((address) => isElsewhere(address))).toEqual([]);
  } finally {
    await visitor.end();
  }
}

function isElsewhere(address: string): boolean {
  return !address.startsWith('data:') && new URL(address).origin !== new URL(server.url).origin;
}

function expectDone({ data, errors }: Answer): void {
  expect(errors).toBeUndefined();
  const fields = Object.values(data ?? {});
  expect(fields).not.toEqual([]);
  for (const field of fields) expect(field).not.toBeNull();
  for (const field of fields) expect(field).not.toHaveProperty('userErrors.0');
}

describe('the page', () => {
  test('shows a dozen tabs, asks no other origin and leaves no complaint in the console', () =>
    visited(async ({ page, tab, requests }) => {
      expect(await page.title()).toBe('calls-graphql');
      expect(readyOperations.length).toBeGreaterThanOrEqual(12);
      for (const name of [...readyOperations, 'FollowCalls']) expect(await tab(name).count(), name).toBe(1);
      await page.waitForLoadState('networkidle');
      expect(requests.some((address) => address.includes('graphql.worker'))).toBe(true);
    }));

  test('comes with a policy that lets nothing run but its own files', async () => {
    const { headers } = await fetch(server.url, { headers: { accept: 'text/html' } });
    const policy = headers.get('content-security-policy');
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'"]) {
      expect(policy?.split('; ')).toContain(rule);
    }
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test("shows the schema's descriptions", () =>
    visited(async ({ page }) => {
      const response = await page.request.post(server.url, {
        data: { query: '{ __type(name: "Query") { fields { name description } } }' },
      });
      const { data } = await response.json();
      const calls = data.__type.fields.find(({ name }: { name: string }) => name === 'calls');
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
      const docs = page.locator('.graphiql-doc-explorer');
      const start = calls.description.split(/[.\n`]/)[0];
      expect(start).not.toBe('');
      await docs.getByText(start).first().waitFor();
    }));

  test('runs what a person types into a new tab, and keeps it for the next visit', () =>
    visited(async ({ page, tab, sees }) => {
      await page.getByRole('button', { name: 'New tab' }).click();
      await page.locator('.graphiql-query-editor .monaco-editor').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('query Mine { accounts { key } }');
      await page.keyboard.press('Control+Enter');
      await sees('bandwidth-sandbox');
      await tab('Mine').waitFor();
      // GraphiQL writes its tabs half a second after they change.
      const stored = () => page.evaluate<string>("localStorage.getItem('graphiql:tabState')");
      await expect.poll(stored, { timeout: 20_000 }).toContain('query Mine { accounts { key }');
      await page.reload();
      await tab('Mine').waitFor();
      expect(await tab('ListCalls').count()).toBe(1);
    }));
});

describe('a person at the page', () => {
  test('is told that the calls are not real, and what the last answer cost', () =>
    visited(async ({ page, run }) => {
      await page.getByText('Sandbox', { exact: true }).waitFor();
      expect(await page.getByLabel('API key or token').count()).toBe(0);
      await run('ListCalls');
      const figures = page.getByLabel('Last answer');
      await expect.poll(() => figures.textContent()).toMatch(/^200 · \d+ ms · [\d.]+ KB$/);
    }));

  test('is led to it from the root of the server', () =>
    visited(async ({ page }) => {
      for (const path of ['/', '/graphql/']) {
        await page.goto(new URL(path, server.url).href);
        expect(page.url()).toBe(server.url);
      }
    }));

  test('reads the last line of an editor: no scrollbar lies over it', () =>
    visited(async ({ page, run, tab }) => {
      await run('ListCalls');
      await tab('UpdateBxml').click();
      await page.locator('.graphiql-query-editor .view-line').last().waitFor();
      const bars = page.locator('.monaco-editor .scrollbar.horizontal:visible');
      const widths = await bars.evaluateAll((elements) =>
        elements.map((element) => element.querySelector('.slider')?.getBoundingClientRect().width ?? 0),
      );
      const whole = await bars.evaluateAll((elements) =>
        elements.map((element) => element.getBoundingClientRect().width),
      );
      // A slider as wide as its bar has nothing to scroll, and is not shown.
      for (const [index, width] of widths.entries()) expect([0, whole[index]]).toContain(width);
    }));

  test('uses it on a window of 420 pixels', async () => {
    const { page, run, end } = await visit(browser, server.url, 420);
    try {
      expectDone(await run('Accounts'));
      const [operation, answer] = await Promise.all(
        ['.graphiql-query-editor', '.graphiql-response'].map((name) => page.locator(name).boundingBox()),
      );
      expect(operation?.width).toBeGreaterThan(350);
      expect(answer?.width).toBeGreaterThan(350);
      expect(answer?.height).toBeGreaterThan(200);
      expect(answer?.y).toBeGreaterThan((operation?.y ?? 0) + (operation?.height ?? 0));
      const overflow = await page.evaluate('document.documentElement.scrollWidth');
      expect(overflow).toBe(420);
    } finally {
      await end();
    }
  });

  test('waits for less than 1.3 MB until the editor is there', async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      let bytes = 0;
      await devtools.send('Network.enable');
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
      await page.goto(server.url);
      await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(bytes).toBeGreaterThan(500_000);
      expect(bytes).toBeLessThan(1_300_000);
    } finally {
      await context.close();
    }
  });
});

describe('the ready operations', () => {
  test('list calls, follow the cursor, and place a call', () =>
    visited(async ({ run, sees }) => {
      const first = (await run('ListCalls')).data?.calls as Connection;
      expect(first.nodes).toHaveLength(5);
      await sees(first.nodes[0]?.id ?? '');

      const { data, variables } = await run('NextPage');
      const next = data?.calls as Connection;
      // Its hints may differ from those of the cursor shown above: the same place all the same.
      expect(variables).toEqual({ after: expect.stringMatching(/^[\w-]{40,}$/) });
      const ids = next.edges.map(({ node }) => node.id);
      expect(ids).toHaveLength(5);
      // A call that has arrived meanwhile moves the last of the first page on to the next.
      const again = first.nodes.map(({ id }) => id).filter((id) => ids.includes(id));
      expect(again.length).toBeLessThan(5);
      expect(again).toEqual(ids.slice(0, again.length));
      expect(again).toEqual(first.nodes.slice(5 - again.length).map(({ id }) => id));
      await sees(ids[0] ?? '');

      const created = (await run('CreateCall')).data?.createCall as { call: { id: string } };
      expect(created.call.id).toMatch(/^[\w-]+$/);
      await sees(created.call.id);
    }));

  test('work one after another, in order', () =>
    visited(async ({ run }) => {
      for (const name of readyOperations) expectDone(await run(name));
    }));

  test('answer the same call when CreateOnce runs twice', () =>
    visited(async ({ run }) => {
      const first = (await run('CreateOnce')).data?.createCall as { call: { id: string } };
      const second = (await run('CreateOnce')).data?.createCall;
      expect(second).toMatchObject({ replayed: true, call: { id: first.call.id } });
    }));

  test.each(readyOperations)('%s works as the first thing anybody does', (name) =>
    visited(async ({ page, run }) => {
      expectDone(await run(name));
      // The editor checks operation and variables against the schema a moment after they change.
      await page.waitForTimeout(1000);
      expect(await page.locator('.squiggly-error').count()).toBe(0);
    }),
  );

  test('end a call for good when HangUp runs, and find another the next time', () =>
    visited(async ({ run }) => {
      const first = await run('HangUp');
      const second = await run('HangUp');
      expectDone(second);
      expect(second.variables).not.toEqual(first.variables);
    }));

  test('follow calls until the button stops it', () =>
    visited(async ({ page, tab, sees }) => {
      await tab('FollowCalls').click();
      const streamed = page.waitForResponse((response) => isStream(response.headers()));
      await page.getByRole('button', { name: 'Execute query' }).click();
      const request = (await streamed).request();
      await sees('"callEvents"');
      await sees('connect-sandbox');
      const ended = page.waitForEvent('requestfailed', (each) => each === request);
      await page.getByRole('button', { name: 'Stop query' }).click();
      expect((await ended).failure()?.errorText).toBe('net::ERR_ABORTED');
    }));
});

function isStream({ 'content-type': type = '' }: Record<string, string>): boolean {
  return type.startsWith('text/event-stream');
}
