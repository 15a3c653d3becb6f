import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A person at the console, in a browser that has stored nothing. */
export interface ConsoleVisit {
  readonly page: Page;
  /** Addresses asked for. */
  readonly requests: string[];
  /** Errors and warnings of the browser's console, and what was thrown. */
  readonly complaints: string[];
  /** Bodies of the operations sent, by the name of the operation. */
  sent(operation: string): Operation[];
  readonly rows: Locator;
  /** The row of the call between two parties. */
  row(from: string, to: string): Locator;
  /** What stands beside the list. */
  readonly panel: Locator;
  go(fragment: string): Promise<unknown>;
  end(): Promise<void>;
}

export interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Behind /console. */
  readonly fragment?: string;
}

export async function visitConsole(
  browser: Browser,
  url: string,
  { fragment = '', ...options }: VisitOptions = {},
): Promise<ConsoleVisit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const [requests, complaints, operations]: [string[], string[], Operation[]] = [[], [], []];
  context.on('request', (request) => {
    requests.push(request.url());
    if (request.method() === 'POST') operations.push(request.postDataJSON());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(new URL(`/console${fragment}`, url).href);
  return {
    page,
    requests,
    complaints,
    sent: (name) =>
      operations.filter(({ query }) => new RegExp(`\\b${name}\\b`).test(query.split('{')[0] ?? '')),
    rows: page.locator('tbody tr'),
    row: (from, to) =>
      page.locator('tbody tr', { has: page.getByRole('link', { name: `${from} to ${to}` }) }),
    panel: page.getByRole('complementary'),
    go: (fragment) => page.evaluate(`location.hash = ${JSON.stringify(fragment)}`),
    end: () => context.close(),
  };
}

/** Waits until the page follows the calls. */
export async function isLive({ page }: ConsoleVisit): Promise<void> {
  await expect.poll(() => page.locator('.live-mark').textContent(), { timeout: 10_000 }).toBe('Live');
  await page.locator('tbody tr').first().waitFor();
}
