import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type ExplorerServer, startServer } from './running-server.ts';
import { type Visit, visit } from './visit.ts';

const inOperation = '.graphiql-query-editor';
const inVariables = '.graphiql-editor-tool';

let server: ExplorerServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function fill({ page }: Visit, editor: Locator, text: string): Promise<void> {
  await editor.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  // The editor adds closing brackets and quotation marks.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
}

/** How far the first mark in an editor begins from a word that the editor shows, in pixels. */
const distance = ({ page }: Visit, editor: string, mark: string, word: string) =>
  page.evaluate<number>(`{
    const editor = document.querySelector('${editor}');
    const texts = document.createTreeWalker(editor.querySelector('.view-lines'), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const at = texts.currentNode.data.indexOf('${word}');
      if (at >= 0) range.setStart(texts.currentNode, at);
      if (at >= 0) range.setEnd(texts.currentNode, at + 1);
    }
    const [is, should] = [editor.querySelector('${mark}'), range].map((each) => each.getBoundingClientRect());
    Math.hypot(is.left - should.left, is.top - should.top);
  }`);

test('what the server finds in a BXML document is marked where it stands, in variables and in the operation', async () => {
  const visitor = await visit(browser, server.url);
  const { page, tab, requests, complaints } = visitor;
  try {
    await tab('SayASentence').click();
    const [operation, variables] = [page.locator(inOperation), page.locator(inVariables)];
    const bxml =
      '<Bxml>\n  <SpeakSentence voice="julie">"Hi"</SpeakSentence>\n  <Pause duration="x"/>\n</Bxml>';
    await fill(
      visitor,
      variables,
      JSON.stringify({ accountId: '<Restcomm account>', from: 'a', to: 'b', bxml }),
    );
    await variables.locator('.finding.error').waitFor();
    expect(await distance(visitor, inVariables, '.squiggly-error', 'duration')).toBeLessThan(4);
    await fill(visitor, variables, '{}');
    await expect.poll(() => variables.locator('.finding').count()).toBe(0);

    const call = (text: string) =>
      `{ checkBxml(accountId: "<Restcomm account>", bxml: """\n${text}\n""") { document } }`;
    await fill(visitor, operation, call(bxml.replace('"x"', '"1"')));
    await operation.locator('.finding.loss').waitFor();
    expect(await distance(visitor, inOperation, '.squiggly-warning', 'voice')).toBeLessThan(4);

    expect(complaints).toEqual([]);
    const { origin } = new URL(server.url);
    expect(requests.filter((address) => /^http/.test(address) && new URL(address).origin !== origin)).toEqual(
      [],
    );
  } finally {
    await visitor.end();
  }
});
