import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type ConsoleServer, startConsole } from './console-server.ts';
import { type ConsoleVisit, isLive, visitConsole } from './console-visit.ts';

let server: ConsoleServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startConsole(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function visited(fragment: string, use: (visit: ConsoleVisit) => Promise<void>): Promise<void> {
  const visit = await visitConsole(browser, server.url, { fragment });
  try {
    await isLive(visit);
    await use(visit);
    expect(visit.complaints).toEqual([]);
  } finally {
    await visit.end();
  }
}

interface Found {
  readonly id: string;
}

const find =
  'query ($s: [CallStatus!], $a: [ID!]) { calls(filter: { statuses: $s }, accountIds: $a) { nodes { id } } }';
/** The id of a call in one of the statuses at an account. */
async function idOf(account: string, ...statuses: string[]): Promise<string> {
  const { accounts } = (await server.ask('{ accounts { id key } }')) as {
    accounts: { id: string; key: string }[];
  };
  const id = accounts.find(({ key }) => key === account)?.id;
  const { calls } = (await server.ask(find, { s: statuses, a: [id] })) as { calls: { nodes: Found[] } };
  return calls.nodes[0]?.id ?? `no call at ${account}`;
}

/** An answered call at Bandwidth, of this test alone. */
async function answered(): Promise<string> {
  const { callId } = server.carriers.bandwidth.add({
    direction: 'inbound',
    state: 'answered',
    from: '+14155550199',
    to: '+19195550100',
  });
  const query = '{ accounts { key call(providerCallId: "ID") { id } } }'.replace('ID', callId);
  const { accounts } = (await server.ask(query).catch(async () => {
    throw new Error('the call cannot be read');
  })) as { accounts: { call: Found | null }[] };
  return accounts.find(({ call }) => call !== null)?.call?.id ?? 'no call';
}

const placed = () =>
  server.carriers.bandwidth.journal.filter(({ method, path }) => method === 'POST' && /calls$/.test(path));

describe('a call', () => {
  test.each([
    ['bandwidth-sandbox', ['IN_PROGRESS'], ['Redirect…', 'BXML…', 'Hang up…']],
    ['connect-sandbox', ['IN_PROGRESS'], ['Mute', 'Unmute', 'Redirect…', 'Hang up…']],
    ['sbc-sandbox', ['COMPLETED'], []],
    ['bandwidth-sandbox', ['COMPLETED'], []],
  ])('of %s that is %s offers what may be done: %s', async (account, statuses, expected) => {
    await visited(`#call=${await idOf(account, ...statuses)}`, async ({ panel }) => {
      await panel.getByText('Provider\u2019s id').or(panel.getByText("Provider's id")).waitFor();
      expect(await panel.getByRole('button').allTextContents()).toEqual(expected);
    });
  });

  test('is hung up after a question, and is shown as ended', async () =>
    visited(`#call=${await answered()}`, async ({ page, panel, sent }) => {
      await panel.getByRole('button', { name: 'Hang up' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click();
      expect(sent('UpdateCall')).toEqual([]);
      await panel.getByRole('button', { name: 'Hang up' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
      await expect
        .poll(() => panel.locator('.status').first().textContent(), { timeout: 10_000 })
        .toBe('Completed');
      expect(await panel.getByRole('button').count()).toBe(0);
      await panel.getByText('End reason').waitFor();
      const last = panel.getByRole('region', { name: 'What happened' }).getByRole('listitem').last();
      expect(await last.textContent()).toContain('Completed');
    }));

  test('is muted at once', async () =>
    visited(`#call=${await idOf('connect-sandbox', 'IN_PROGRESS')}`, async ({ panel, sent }) => {
      await panel.getByRole('button', { name: 'Mute', exact: true }).click();
      await panel.getByText('The call is muted.').waitFor();
      expect(sent('UpdateCall')[0]?.variables).toMatchObject({ change: { muted: true } });
    }));

  test('is redirected, and a refusal is told', async () =>
    visited(`#call=${await answered()}`, async ({ page, panel }) => {
      const { faults } = server.carriers.bandwidth;
      await panel.getByRole('button', { name: 'Redirect' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Address of the document').fill('https://example.com/next');
      faults.add({ when: { method: 'POST' }, times: 1, do: { kind: 'status', status: 409 } });
      await dialog.getByRole('button', { name: 'Redirect' }).click();
      await dialog.getByText('Not possible now').waitFor();
      await dialog.getByRole('button', { name: 'Redirect' }).click();
      await panel.getByText('The call runs the new document.').waitFor();
    }));

  test('runs new BXML; an error in it is told with line and column, and marked', async () =>
    visited(`#call=${await answered()}`, async ({ page, panel }) => {
      await panel.getByRole('button', { name: 'BXML' }).click();
      const dialog = page.getByRole('dialog');
      const editor = dialog.getByLabel('BXML');
      await editor.fill('<Bxml>\n  <Hangup/>\n</Bxm>');
      await dialog.getByRole('button', { name: 'Replace' }).click();
      await dialog
        .getByRole('alert')
        .getByText(/\(line 3, column \d+\)/)
        .waitFor();
      await dialog.getByRole('button', { name: /^Go to line 3, column \d+$/ }).click();
      const start = await page.evaluate('document.activeElement.selectionStart');
      expect(start).toBeGreaterThanOrEqual('<Bxml>\n  <Hangup/>\n'.length);
      await editor.fill('<Bxml>\n  <Pause duration="30"/>\n</Bxml>');
      await dialog.getByRole('button', { name: 'Replace' }).click();
      await panel.getByText('The call runs the new BXML.').waitFor();
    }));

  test('at Restcomm runs BXML that this server hosts; what is lost of it is told first', async () => {
    const hosting = await startConsole({ publicUrl: 'https://calls.example' });
    try {
      const { accounts } = (await hosting.ask(
        '{ accounts { key calls(first: 1, filter: { statuses: [IN_PROGRESS] }) { nodes { id } } } }',
      )) as { accounts: { key: string; calls: { nodes: Found[] } }[] };
      const id = accounts.find(({ key }) => key === 'connect-sandbox')?.calls.nodes[0]?.id;
      const visit = await visitConsole(browser, hosting.url, { fragment: `#call=${id}` });
      const { page, panel, sent, complaints } = visit;
      await isLive(visit);
      await panel.getByRole('button', { name: 'BXML' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('BXML').fill('<Bxml>\n  <Ring duration="2"/>\n  <Ring duration="3"/>\n</Bxml>');
      await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
      const findings = dialog.getByRole('list', { name: 'Findings' }).getByRole('listitem');
      await expect.poll(() => findings.count()).toBe(2);
      expect(await findings.last().textContent()).toMatch(/^Loss\. .*no ring tone\. Go to line 3, column 3$/);
      await dialog.getByRole('button', { name: 'Replace with these losses' }).click();
      await panel.getByText('The call runs the new BXML.').waitFor();
      expect(sent('UpdateBxml').map(({ variables }) => variables.onLoss)).toEqual(['REFUSE', 'ACCEPT']);
      expect(complaints).toEqual([]);
      await visit.end();
    } finally {
      await hosting.stop();
    }
  });

  test('that nobody knows is said to be unknown', async () => {
    const id = await answered();
    server.carriers.bandwidth.remove(server.carriers.bandwidth.calls.at(-1)?.callId ?? '');
    await visited(`#call=${id}`, async ({ panel }) => {
      await panel.getByText('does not know this call').waitFor();
    });
  });
});

describe('the form that places a call', () => {
  const fill = async ({ panel }: ConsoleVisit, to: string) => {
    await panel.getByLabel('From', { exact: true }).fill('+19195550100');
    await panel.getByLabel('To', { exact: true }).fill(to);
    await panel.getByLabel('Address of the document').fill('https://example.com/answer');
  };

  test('places one call however often its button is pressed, and shows it', () =>
    visited('#panel=place', async (visit) => {
      const { page, panel, sent } = visit;
      await panel.getByText('costs money').waitFor();
      const before = placed().length;
      await fill(visit, '+1 (919) 555-0111');
      await panel.getByRole('button', { name: 'Place the call' }).dblclick();
      await panel.getByRole('heading', { name: '+19195550100 to +19195550111' }).waitFor();
      expect(page.url()).toContain('#call=');
      expect(placed().length - before).toBe(1);
      const keys = sent('CreateCall').map(
        ({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey,
      );
      expect(new Set(keys).size).toBe(1);
      await visit.row('+19195550100', '+19195550111').waitFor();
    }));

  test('says what is wrong at the field, and goes there', () =>
    visited('#panel=place', async (visit) => {
      const { panel } = visit;
      await fill(visit, '+1 919 555 0111 ext. 7');
      await panel.getByRole('button', { name: 'Place the call' }).click();
      const field = panel.getByLabel('To', { exact: true });
      await panel.locator('.field [role=alert]').waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await panel.locator('input[name=to]:focus').count()).toBe(1);
    }));

  test('keeps its key for another try after no answer, so that the call is found and none is placed twice', () =>
    visited('#panel=place', async (visit) => {
      const { page, panel, sent } = visit;
      const before = placed().length;
      await fill(visit, '+19195550700');
      // The server places the call, and its answer is lost.
      let lost = 0;
      await page.route('**/graphql', async (route) => {
        if (!route.request().postData()?.includes('mutation CreateCall') || lost++ > 0)
          return route.continue();
        await route.fetch();
        return route.abort();
      });
      const button = panel.getByRole('button', { name: 'Place the call' });
      await button.click();
      await panel.getByText('none is placed twice').waitFor();
      await button.click();
      await panel.getByRole('heading', { name: '+19195550100 to +19195550700' }).waitFor();
      expect(sent('CreateCall')).toHaveLength(2);
      expect(placed().length - before).toBe(1);
      visit.complaints.splice(0);
      const keys = sent('CreateCall').map(
        ({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey,
      );
      expect(new Set(keys).size).toBe(1);
    }));
});
