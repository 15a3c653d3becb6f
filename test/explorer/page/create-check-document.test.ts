import { expect, test } from 'vitest';
import { createCheckDocument, type Execute } from '../../../src/explorer/page/create-check-document.ts';
import { mapString } from '../../../src/explorer/page/string-offsets.ts';

type Result = Awaited<ReturnType<Execute>>;

const finding = { level: 'ERROR', rule: 'value', message: 'No.', line: 1, column: 1 } as const;
const accounts = [
  { id: 'S', provider: 'RESTCOMM', capabilities: [] },
  { id: 'R', provider: 'RESTCOMM', capabilities: ['CREATE_CALL'] },
];

/** A server that answers by the field asked for, and counts what it is asked. */
function answering(answers: Record<string, Result | Error>) {
  const asked: string[] = [];
  const check = createCheckDocument(async ({ query, variables }) => {
    const field = /(checkBxml|call|accounts)\b(?: \{|\((?!\$))/.exec(query)?.[1] ?? query;
    asked.push(`${field} ${JSON.stringify(variables)}`);
    const answer = answers[field] ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const input = (id: string, of: 'account' | 'call', bxml = '<a/>') =>
    ({ document: { editor: 'variables', ...mapString(bxml, bxml, 0) }, id, of }) as const;
  return { asked, check: (...of: Parameters<typeof input>) => check(input(...of)) };
}

const checked: Result = { data: { checkBxml: { findings: [finding] } } };

test.each([
  ['account', 'A', 'A', 1],
  ['call', 'C', 'K', 2],
  ['account', '<Restcomm account>', 'R', 2],
  ['call', '<Restcomm call in progress>', 'R', 2],
] as const)(
  'the findings for the %s %s are those of %s, and asked for once',
  async (of, id, accountId, count) => {
    const call: Result = { data: { call: { account: { id: 'K' } } } };
    const { asked, check } = answering({ checkBxml: checked, accounts: { data: { accounts } }, call });
    expect([await check(id, of), await check(id, of)]).toEqual([[finding], [finding]]);
    expect(asked).toHaveLength(count);
    expect(asked.at(-1)).toContain(`"accountId":"${accountId}"`);
    await check(id, of, '<b/>');
    expect(asked).toHaveLength(count + 1);
  },
);

test('a placeholder that would place a call is not looked up', async () => {
  const { asked, check } = answering({ call: { data: { call: null } } });
  expect(await check('<account with a new call>', 'account')).toEqual([]);
  expect(asked.filter((each) => !each.startsWith('call '))).toEqual([]);
});

test('a document that the server cannot check has no findings', async () => {
  const { asked, check } = answering({ checkBxml: { data: null } });
  expect([await check('A', 'account'), await check('A', 'account', '<b/>')]).toEqual([[], []]);
  expect(asked).toHaveLength(2);
});

test.each([
  ['refuses', {}],
  ['cannot be reached', new TypeError('fetch failed')],
])('a server that %s is not asked again', async (_, checkBxml) => {
  const { asked, check } = answering({ checkBxml });
  expect([await check('A', 'account'), await check('A', 'account', '<b/>')]).toEqual([[], []]);
  expect(asked).toHaveLength(1);
});
