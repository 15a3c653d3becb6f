import type { Browser, Locator, Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/** What the server answered to an operation, and with which variables it was asked. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: unknown;
  /** After the page has filled in the placeholders. */
  variables: Record<string, unknown>;
}

/** A person's first visit to the explorer, in a browser that has stored nothing. */
export interface Visit {
  page: Page;
  /** Addresses asked for, by the page and its workers. */
  requests: string[];
  /** Errors and warnings of the console, and what was thrown. */
  complaints: string[];
  tab(name: string): Locator;
  /** Opens a tab, presses the button, and waits for the answer to this very operation. */
  run(name: string): Promise<Answer>;
  /** Waits for the response pane to show a text. */
  sees(text: string): Promise<void>;
  end(): Promise<void>;
}

export async function visit(browser: Browser, url: string, width = 1280): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();

  const tab = (name: string) => page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) });
  return {
    page,
    requests,
    complaints,
    tab,
    async run(name) {
      await tab(name).click();
      const answered = page.waitForResponse((response) => sends(response.request(), name));
      await page.getByRole('button', { name: 'Execute query' }).click();
      const response = await answered;
      return { ...(await response.json()), variables: operationOf(response.request())?.variables };
    },
    sees: (text) =>
      expect.poll(() => shownIn(page.locator('.graphiql-response')), { timeout: 5000 }).toContain(text),
    end: () => context.close(),
  };
}

/** The visible text of an editor, which breaks long values over several lines, in any order and indented. */
async function shownIn(editor: Locator): Promise<string> {
  const lines = await editor
    .locator('.view-line')
    .evaluateAll((elements) =>
      elements.map(({ textContent, style }) => ({ text: textContent, top: Number.parseInt(style.top, 10) })),
    );
  return lines
    .sort((one, other) => one.top - other.top)
    .map(({ text }) => text?.replaceAll('\u00a0', ' ').trim())
    .join('');
}

function sends(request: Request, name: string): boolean {
  return new RegExp(`^(query|mutation) ${name}\\b`, 'm').test(operationOf(request)?.query ?? '');
}

function operationOf(request: Request): { query?: string; variables: Record<string, unknown> } | null {
  return request.method() === 'POST' ? request.postDataJSON() : null;
}
