import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { launchChromium } from './chromium.ts';
import { type ConsoleServer, startConsole } from './console-server.ts';
import { isLive, visitConsole } from './console-visit.ts';

const apiKey = 'a-key-that-nobody-may-store';
let server: ConsoleServer;
/** On the sandbox, and asks for a key. */
let closed: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const keys = [{ name: 'person', sha256: hash('sha256', apiKey), may: ['read'] }];
  [server, closed, browser] = await Promise.all([
    startConsole(),
    runServer({ file: { access: { keys } } }),
    launchChromium(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), closed?.stop()]);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in what the page shows. */
async function violationsIn(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not hold.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
  );
}

async function aCall(): Promise<string> {
  const query = '{ calls(first: 1, filter: { statuses: [IN_PROGRESS] }) { nodes { id } } }';
  const { calls } = (await server.ask(query)) as { calls: { nodes: { id: string }[] } };
  return calls.nodes[0]?.id ?? '';
}

describe('the look', () => {
  test.each(['light', 'dark'] as const)('has no fault that axe knows, %s', async (colorScheme) => {
    const visit = await visitConsole(browser, server.url, { colorScheme, reducedMotion: 'reduce' });
    const { page, panel } = visit;
    await isLive(visit);
    expect(await violationsIn(page)).toEqual([]);
    for (const fragment of [`#call=${await aCall()}`, '#panel=accounts', '#panel=place']) {
      await visit.go(fragment);
      await panel.locator('dl, .accounts li, form').first().waitFor();
      expect(await violationsIn(page), fragment).toEqual([]);
    }
    await visit.go(`#call=${await aCall()}`);
    await panel.getByRole('button', { name: 'Hang up' }).click();
    expect(await violationsIn(page), 'dialog').toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.end();
  });

  test.each([360, 768, 1920])('needs no scrolling sideways at a width of %i', async (width) => {
    const visit = await visitConsole(browser, server.url, { viewport: { width, height: 740 } });
    const { page, panel } = visit;
    await isLive(visit);
    for (const fragment of ['#calls', `#call=${await aCall()}`, '#panel=accounts', '#panel=place']) {
      await visit.go(fragment);
      if (fragment !== '#calls') await panel.locator('dl, .accounts li, form').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), fragment).toBeLessThanOrEqual(
        width,
      );
    }
    await visit.end();
  });

  test('comes in less than 150 KB, under a policy without inline scripts and styles', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    let bytes = 0;
    await devtools.send('Network.enable');
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const response = await page.goto(new URL('/console', server.url).href);
    await page.locator('tbody tr').first().waitFor();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(150_000);
    const policy = response?.headers()['content-security-policy'];
    expect(policy).toContain("script-src 'self'; style-src 'self';");
    await context.close();
  });
});

describe('a key', () => {
  test('is asked for, and kept in memory only', async () => {
    const { page, end } = await visitConsole(browser, closed.url);
    await page.getByText('Sandbox: no real calls').waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.getByLabel('API key or token').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('does not accept this key').waitFor();
    await page.getByLabel('API key or token').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.locator('tbody tr').first().waitFor();
    await page.locator('.live-mark', { hasText: 'Live' }).waitFor();
    const stored = await page.evaluate<string>(
      'JSON.stringify([localStorage, sessionStorage]) + document.cookie',
    );
    expect(stored).not.toContain(apiKey);
    await page.reload();
    await page.getByLabel('API key or token').waitFor();
    await end();
  });

  test('that may only read places no call, and is told so', async () => {
    const { page, panel, end } = await visitConsole(browser, closed.url, { fragment: '#panel=place' });
    await page.getByLabel('API key or token').fill(apiKey);
    await page.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Place the call' }).click();
    await panel.getByRole('alert').waitFor();
    expect(await panel.getByRole('alert').textContent()).not.toContain('may or may not');
    await end();
  });
});

describe('what is out of order', () => {
  test('calls that have no position in the list are named below it', async () => {
    const { page, end } = await visitConsole(browser, server.url);
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query Calls(')) return route.continue();
      const response = await route.fetch();
      const text = await response.text();
      const account = { __typename: 'Account', id: 'x', name: 'Another account' };
      const row = { __typename: 'SkippedCall', account, providerCallId: 'c-9', reason: 'It has no time.' };
      await route.fulfill({
        response,
        body: text.replace('"skipped":[]', `"skipped":[${JSON.stringify(row)}]`),
      });
    });
    await page.reload();
    await page.getByText('Calls without a place in this list: 1').click();
    expect(await page.locator('details li').allTextContents()).toEqual([
      'Another account, c-9: It has no time.',
    ]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await end();
  });

  test('an account is named, with the age of what is shown, until it can be read again', async () => {
    const visit = await visitConsole(browser, server.url);
    const { page } = visit;
    await isLive(visit);
    // Somebody reads the account; the page looks at its health when it comes into view.
    const look = async () => {
      await server.ask('{ calls(first: 1) { unavailable { code } } }');
      await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    };
    const { faults } = server.carriers.connect;
    faults.add({ do: { kind: 'status', status: 403 } });
    await look();
    const banner = page.locator('.banner.warning');
    await banner.getByText('Restcomm Connect, sandbox cannot be read').waitFor({ timeout: 30_000 });
    await banner.getByText(/What you see is \d+ s old/).waitFor();
    expect(await visit.rows.count()).toBeGreaterThan(40);
    faults.clear();
    await look();
    await banner.waitFor({ state: 'detached', timeout: 50_000 });
    await expect.poll(() => visit.sent('Calls').length).toBeGreaterThan(1);
    await visit.end();
  });

  test('a server that goes away is told with the age of what is shown; once it is back, the list is read again', async () => {
    const { bandwidth } = server.carriers;
    const { from, to, callId } = bandwidth.add({
      direction: 'inbound',
      state: 'answered',
      from: '+14155550177',
    });
    const visit = await visitConsole(browser, server.url);
    const { page, rows } = visit;
    await isLive(visit);
    // An event, which the log of the next process does not know.
    const placed = await server.place();
    await visit.row(placed.from, placed.to).waitFor();
    await visit.row(from, to).waitFor({ timeout: 10_000 });
    const count = await rows.count();
    server.server.process.kill('SIGKILL');
    await page.getByText('Calls are not followed at the moment.').waitFor();
    await page.getByText(/What you see is \d+ s old/).waitFor();
    expect(await rows.count()).toBe(count);
    bandwidth.change(callId, { state: 'disconnected', disconnectCause: 'busy' });
    await server.restart();
    await page.getByText('Connected again').waitFor({ timeout: 20_000 });
    await expect.poll(() => visit.row(from, to).locator('.status').textContent()).toBe('Busy');
    await visit.end();
  });
});
