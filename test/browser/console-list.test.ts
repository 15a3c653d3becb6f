import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type ConsoleServer, startConsole } from './console-server.ts';
import { type ConsoleVisit, isLive, type VisitOptions, visitConsole } from './console-visit.ts';

let server: ConsoleServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startConsole(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Nobody may complain, and no other origin may be asked, whatever a person does. */
async function visited(use: (visit: ConsoleVisit) => Promise<void>, options?: VisitOptions): Promise<void> {
  const visit = await visitConsole(browser, server.url, options);
  try {
    await isLive(visit);
    await use(visit);
    expect(visit.complaints).toEqual([]);
    const { origin } = new URL(server.url);
    expect(visit.requests.filter((address) => new URL(address).origin !== origin)).toEqual([]);
  } finally {
    await visit.end();
  }
}

const timesIn = ({ rows }: ConsoleVisit) =>
  rows.locator('time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));

describe('the list', () => {
  test('shows the newest calls of all accounts, and says that they are real', () =>
    visited(async (visit) => {
      await visit.page.getByText('Real calls, real money').waitFor();
      const times = await timesIn(visit);
      expect(times.length).toBe(50);
      expect(times).toEqual([...times].sort().reverse());
      const accounts = new Set(await visit.rows.locator('.cell-account').allTextContents());
      expect([...accounts].sort()).toEqual(server.carriers.accounts.map(({ name }) => name).sort());
      expect(await visit.rows.first().locator('.status').textContent()).toMatch(/^[A-Z]/);
      // One list and one look at the accounts, and no row asks for itself.
      expect([visit.sent('Calls').length, visit.sent('Accounts').length]).toEqual([1, 1]);
    }));

  test('reads on as it is scrolled, 200 calls and more, each once', () =>
    visited(async (visit) => {
      const { page, rows } = visit;
      while ((await rows.count()) < 200) {
        await page.mouse.wheel(0, 20_000);
        await page.waitForTimeout(20);
      }
      const links = await rows
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      expect(new Set(links).size).toBe(links.length);
      const times = await timesIn(visit);
      expect(times).toEqual([...times].sort().reverse());
    }));

  test('ends at 2,000 calls, says so, and begins anew at the top', () =>
    visited(async ({ page, rows, sent, go }) => {
      const end = page.getByText('The list ends at 2000 calls. Filters show older ones.');
      // Ten calls in place of each, so that it takes few pages.
      await page.route('**/graphql', async (route) => {
        if (!/query Calls\b/.test(route.request().postDataJSON()?.query)) return route.continue();
        const response = await route.fetch();
        const { data } = await response.json();
        const copies = (call: { id: string }) =>
          Array.from({ length: 10 }, (_, i) => ({ ...call, id: `${call.id}${i}` }));
        data.calls.nodes = data.calls.nodes.flatMap(copies);
        return route.fulfill({ response, json: { data } });
      });
      await go('#direction=OUTBOUND');
      while (!(await end.isVisible())) {
        await page.mouse.wheel(0, 100_000);
        await page.waitForTimeout(20);
      }
      const read = sent('Calls').length;
      expect(await rows.count()).toBe(2000);
      await page.mouse.wheel(0, 100_000);
      // Again, since what the wheel has scrolled may come later.
      const rowsAtTop = async () => {
        await page.evaluate('scrollTo(0, 0)');
        return rows.count();
      };
      await expect.poll(rowsAtTop).toBe(500);
      expect(sent('Calls').length).toBe(read + 1);
    }));

  test('is filtered by the address, which a person changes with the filters', () =>
    visited(
      async (visit) => {
        const { page, rows } = visit;
        const statuses = () => rows.locator('.status').allTextContents();
        await expect.poll(async () => new Set(await statuses())).toEqual(new Set(['Busy']));
        await page.getByLabel('Status').selectOption('Failed');
        await expect.poll(async () => new Set(await statuses())).toEqual(new Set(['Failed']));
        await page.getByLabel('Direction').selectOption('Outbound');
        await expect.poll(() => page.url()).toContain('#status=FAILED&direction=OUTBOUND');
        await expect
          .poll(async () => new Set(await rows.locator('.cell-direction').allTextContents()))
          .toEqual(new Set(['Outbound']));
        // What is filtered for is in no address that the server sees.
        expect(visit.requests.filter((address) => address.includes('FAILED'))).toEqual([]);
        await page.reload();
        expect(await page.getByLabel('Status').inputValue()).toBe('FAILED');
        await page.goBack();
        await expect.poll(() => page.getByLabel('Direction').inputValue()).toBe('');
        await page.getByRole('button', { name: 'Clear' }).click();
        await expect.poll(async () => (await rows.count()) > 40).toBe(true);
      },
      { fragment: '#status=BUSY' },
    ));

  test('finds the calls of a number, and says what is wrong with one', () =>
    visited(async ({ page, rows, complaints }) => {
      const number = (await rows.first().locator('.cell-to').textContent()) ?? '';
      await page.getByRole('textbox', { name: 'To' }).fill(`${number.slice(0, 5)} ${number.slice(5)}`);
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => new Set(await rows.locator('.cell-to').allTextContents()))
        .toEqual(new Set([number]));
      await page.getByRole('textbox', { name: 'To' }).fill('+1 919 CALL-NOW');
      await page.keyboard.press('Enter');
      await page.locator('.filters [role=alert]').waitFor();
      expect(await page.getByRole('textbox', { name: 'To' }).getAttribute('aria-invalid')).toBe('true');
      expect(complaints.splice(0)).toEqual([]);
    }));
});

describe('a change elsewhere', () => {
  test('a new call slides in, and its end is shown, without a look at the list', () =>
    visited(async (visit) => {
      const { id, from, to } = await server.place();
      const row = visit.row(from, to);
      await row.waitFor({ timeout: 10_000 });
      await expect.poll(() => row.locator('.status').textContent()).toMatch(/Queued|Dialling/);
      expect(await row.getAttribute('class')).toContain('fresh');
      await server.hangUp(id);
      await expect.poll(() => row.locator('.status').textContent(), { timeout: 10_000 }).toBe('Canceled');
      expect(visit.sent('Calls')).toHaveLength(1);
    }));

  test('a call at the carrier is found, and what becomes of it', () =>
    visited(async (visit) => {
      const { bandwidth } = server.carriers;
      const given = { direction: 'inbound', state: 'answered', from: '+14155550166' };
      const { callId, from, to } = bandwidth.add(given);
      const status = visit.row(from, to).locator('.status');
      await status.waitFor();
      bandwidth.change(callId, { state: 'disconnected', disconnectCause: 'hangup' });
      await expect.poll(() => status.textContent()).toBe('Completed');
      expect(visit.sent('Calls')).toHaveLength(1);
    }));

  test('nothing moves under the eyes of who reads further down; a button leads to the new calls', () =>
    visited(async (visit) => {
      const { page, rows } = visit;
      await page.mouse.wheel(0, 600);
      await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(300);
      const read = rows.nth(20);
      const before = [await read.textContent(), (await read.boundingBox())?.y];
      const { from, to } = await server.place();
      const button = page.getByRole('button', { name: '1 new call' });
      await button.waitFor({ timeout: 10_000 });
      expect(await visit.row(from, to).count()).toBe(0);
      expect((await read.boundingBox())?.y).toBe(before[1]);
      await button.click();
      await visit.row(from, to).waitFor();
      await expect.poll(() => page.evaluate('scrollY')).toBe(0);
    }));

  test('a call that no longer matches the filter leaves the list', () =>
    visited(
      async (visit) => {
        const { id, from, to } = await server.place();
        const row = visit.row(from, to);
        await row.waitFor({ timeout: 10_000 });
        await server.hangUp(id);
        await row.waitFor({ state: 'detached', timeout: 10_000 });
      },
      { fragment: '#status=live' },
    ));
});

describe('the keyboard', () => {
  test('goes through the list, opens a call, and comes back to it', () =>
    visited(async ({ page, rows, panel }) => {
      await rows.first().getByRole('link').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      const second = rows.nth(1).locator('a:focus');
      const name = await second.getAttribute('aria-label');
      await page.keyboard.press('Enter');
      await panel.getByRole('heading', { name: name ?? '' }).waitFor();
      expect(await panel.locator(':focus').count()).toBe(1);
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      expect(await rows.locator('a:focus').getAttribute('aria-label')).toBe(name);
    }));
});
