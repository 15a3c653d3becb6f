import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { type Product, startProduct } from '../support/product.ts';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.close());

interface Report {
  readonly findings: readonly { readonly level: string; readonly rule: string; readonly line: number }[];
  readonly document: string | null;
}

async function report(account: string, bxml: string) {
  const { data, code } = await product.ask<{ checkBxml: Report }>(
    'query ($bxml: String!, $id: ID!) { checkBxml(bxml: $bxml, accountId: $id) { findings { level rule line } document } }',
    { bxml, id: accountId(account) },
  );
  return { ...data?.checkBxml, code };
}

const speak = '<Bxml>\n<SpeakSentence>Hello</SpeakSentence>\n</Bxml>';

describe('checkBxml', () => {
  it('shows what each provider gets, and asks none', async () => {
    expect(await report('bandwidth', speak)).toMatchObject({ findings: [], document: speak });
    const { findings, document } = await report('connect', speak);
    expect(findings).toEqual([]);
    expect(document).toContain('<Say voice="woman" language="en">Hello</Say>');
    expect(await report('sbc', speak)).toMatchObject({
      findings: [{ level: 'ERROR', rule: 'provider' }],
      document: null,
    });
    const { bandwidth, connect, sbc } = product;
    expect([bandwidth, connect, sbc].map(({ journal }) => journal.length)).toEqual([0, 0, 0]);
  });

  it('tells what is wrong, what is unknown and what is lost, in the order of the document', async () => {
    const bxml =
      '<Bxml>\n<Pause duration="0.5"/>\n<PlayAudio x="1">https://app.example/a.wav</PlayAudio>\n</Bxml>';
    expect((await report('connect', bxml)).findings).toEqual([
      { level: 'LOSS', rule: 'Pause.duration', line: 2 },
      { level: 'HINT', rule: 'PlayAudio', line: 3 },
      { level: 'HINT', rule: 'attribute', line: 3 },
      { level: 'LOSS', rule: 'PlayAudio.x', line: 3 },
    ]);
    const wrong = { findings: [{ level: 'ERROR', rule: 'value', line: 2 }], document: null };
    expect(await report('connect', bxml.replace('0.5', '0'))).toMatchObject({ document: null });
    expect(await report('bandwidth', '<Bxml>\n<Pause duration="0"/></Bxml>')).toMatchObject(wrong);
    expect((await report('bandwidth', '<Bxml>')).findings).toEqual([
      { level: 'ERROR', rule: 'xml', line: 1 },
    ]);
  });

  it('refuses an account that the caller does not see', async () => {
    expect((await report('nobody', speak)).code).toBe('NOT_FOUND');
  });

  it('is as costly as a long list: ten at most in one operation', async () => {
    const fields = (count: number) =>
      Array.from(
        { length: count },
        (_, i) => `a${i}: checkBxml(bxml: "", accountId: "${accountId('sbc')}") { document }`,
      );
    const ask = async (count: number) => (await product.ask(`{ ${fields(count).join(' ')} }`)).code;
    expect([await ask(10), await ask(11)]).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });
});
