import { describe, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { withProduct } from '../support/product.ts';
import { startStubServer } from '../support/stub-server.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

const misbehaved = 'PROVIDER_MISBEHAVED';
const sid = `CA${'1'.repeat(32)}`;
const record = `<Sid>${sid}</Sid><Status>completed</Status>`;
const call = `<RestcommResponse><Call>${record}</Call></RestcommResponse>`;
const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from(
  { length: 20 },
  (_, i) =>
    `<!ENTITY ${'abcdefghijklmnopqrstuv'[i + 1]} "&${'abcdefghijklmnopqrstuv'[i]};&${'abcdefghijklmnopqrstuv'[i]};">`,
).join('')}]>`;
const deep = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`;

/** What a Restcomm answers in place of a call, and what is said of it; undefined where it is one all the same. */
const documents: [name: string, document: string | Buffer, code: string | undefined][] = [
  ['a call', call, undefined],
  ['a call with a declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${call}`, undefined],
  ['a call with a mark of UTF-8', `\uFEFF${call}`, undefined],
  ['a call in CDATA', call.replace(sid, `<![CDATA[${sid}]]>`), undefined],
  ['a call with the five entities', call.replace('completed', '&lt;&gt;&amp;&apos;&quot;'), undefined],
  ['a call with a comment and an instruction', `<!-- x --><?evil do?>${call}`, undefined],
  ['a DTD', `<!DOCTYPE x>${call}`, misbehaved],
  ['a DTD elsewhere', `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd">${call}`, misbehaved],
  [
    'an entity that is a file',
    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${call.replace('completed', '&f;')}`,
    misbehaved,
  ],
  ['a billion laughs', `${laughs}${call.replace('completed', '&u;')}`, misbehaved],
  ['an unknown entity', call.replace('completed', '&nbsp;'), misbehaved],
  ['a control character by number, as XStream writes it', call.replace('completed', '&#x1;'), undefined],
  ['a character beyond all', call.replace('completed', '&#x110000;'), misbehaved],
  ['a NUL', call.replace('completed', '\u0000'), misbehaved],
  ['twenty levels', call.replace('completed', deep(20)), misbehaved],
  ['a hundred thousand levels', '<a>'.repeat(90_000), misbehaved],
  ['seventy thousand elements', `<RestcommResponse>${'<a/>'.repeat(70_000)}</RestcommResponse>`, misbehaved],
  [
    'ten thousand attributes',
    `<RestcommResponse ${Array.from({ length: 10_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    misbehaved,
  ],
  ['the same attribute twice', call.replace('<Call>', '<Call a="" a="">'), misbehaved],
  ['a name of a hundred thousand letters', `<${'a'.repeat(100_000)}/>`, misbehaved],
  ['a comment that never ends', `<!--${'-'.repeat(100_000)}`, misbehaved],
  ['CDATA that never ends', `<a><![CDATA[${']'.repeat(100_000)}`, misbehaved],
  ['brackets', '<'.repeat(100_000), misbehaved],
  ['ampersands', `<a>${'&'.repeat(100_000)}</a>`, misbehaved],
  ['an entity that never ends', `<a>&${'a'.repeat(100_000)}</a>`, misbehaved],
  ['two roots', call + call, misbehaved],
  ['no root', '<?xml version="1.0"?>', misbehaved],
  ['nothing', '', misbehaved],
  ['a root cut off', call.slice(0, -8), misbehaved],
  ['another root', '<html><body/></html>', misbehaved],
  ['HTML', '<!DOCTYPE html><html><br></html>', misbehaved],
  ['JSON', `{"sid":"${sid}"}`, misbehaved],
  ['no sid', '<RestcommResponse><Call><Status>completed</Status></Call></RestcommResponse>', misbehaved],
  ['another’s sid', call.replace(sid, `CA${'2'.repeat(32)}`), misbehaved],
  ['UTF-16 by its declaration', `<?xml version="1.0" encoding="UTF-16"?>${call}`, misbehaved],
  ['UTF-7 by its declaration', `<?xml version="1.0" encoding="UTF-7"?>${call}`, misbehaved],
  ['UTF-16 in fact', Buffer.from(`\uFEFF${call}`, 'utf16le'), misbehaved],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from(call), Buffer.of(0xc3, 0x28)]), misbehaved],
  ['a letter too long by a byte', Buffer.from(call.replace('completed', '\xC0\xAF'), 'latin1'), misbehaved],
];

interface Listed {
  readonly calls: { readonly unavailable: readonly { readonly code: string }[] };
}

describe.concurrent('a document from Restcomm', () => {
  it.for(documents)('that is or holds %s', async ([, document, code], { expect }) => {
    const carrier = await startStubServer((response) => {
      response.setHeader('content-type', 'application/xml');
      response.end(document);
    });
    const account = {
      key: 'connect-xml',
      provider: 'restcomm',
      format: 'xml',
      accountSid: `AC${'0'.repeat(32)}`,
      baseUrl: carrier.origin,
      auth: { username: 'user', password: 'password' },
    };
    const answer = await withProduct({ file: { accounts: [account] } }, ({ ask }) =>
      ask('query ($id: ID!) { call(id: $id) { status } }', { id: callId('connect-xml', sid) }),
    );
    await carrier.close();
    expect(answer.code).toBe(code);
    expect(carrier.requests).toHaveLength(1);
  });

  it('that has a list of a hundred thousand elements lets others be served', async ({ expect }) => {
    const member = '<a>b</a>'.repeat(20);
    const body = `<RestcommResponse><Calls page="0" pagesize="21">${`<Call>${member}</Call>`.repeat(5_000)}</Calls></RestcommResponse>`;
    const carrier = await startStubServer((response) => response.end(body));
    const account = {
      key: 'connect-xml',
      provider: 'restcomm',
      format: 'xml',
      accountSid: `AC${'0'.repeat(32)}`,
      baseUrl: carrier.origin,
      auth: { username: 'user', password: 'password' },
    };
    await withProduct(
      { file: { accounts: [account] }, limits: { maxBodyBytes: 2_000_000, readDeadline: '5s' } },
      async ({ ask }) => {
        const listing = ask<Listed>('{ calls { nodes { id } unavailable { code } } }');
        await pause(100);
        expect((await ask('{ accounts { key } }')).errors).toEqual([]);
        expect((await listing).data.calls.unavailable).toEqual([{ code: misbehaved }]);
      },
    );
    await carrier.close();
  });
});

describe.concurrent('a BXML document', () => {
  const speak = '<SpeakSentence>Hello</SpeakSentence>';
  const bxml = (inner: string) => `<Bxml>${inner}</Bxml>`;
  const good: [name: string, bxml: string][] = [
    ['a sentence', bxml(speak)],
    ['the older root', `<Response>${speak}</Response>`],
    ['a declaration', `<?xml version="1.0" encoding="utf-8"?>${bxml(speak)}`],
    ['nothing to do', '<Bxml/>'],
    ['an unknown verb', bxml('<Dance steps="3"/>')],
    ['letters of all kinds', bxml('<SpeakSentence>Grüße 你好 \u{1F600}</SpeakSentence>')],
    ['almost 64 KB', bxml('a'.repeat(65_536 - 13))],
    ['a hundred levels', bxml(deep(99))],
  ];
  const bad: [name: string, bxml: string][] = [
    ['nothing', ''],
    ['blanks', '   '],
    ['words', 'Hang up'],
    ['another root', '<html/>'],
    ['a root by another case', '<bxml/>'],
    ['a DTD', `<!DOCTYPE Bxml>${bxml(speak)}`],
    ['an entity that is a file', `<!DOCTYPE Bxml [<!ENTITY f SYSTEM "file:///etc/passwd">]>${bxml('&f;')}`],
    ['a billion laughs', `${laughs}${bxml('&u;')}`],
    ['an unknown entity', bxml('&nbsp;')],
    ['a NUL', bxml('\u0000')],
    ['a NUL by number', bxml('&#0;')],
    ['half a character', bxml('\ud800')],
    ['half a character by number', bxml('&#xD800;')],
    ['two roots', bxml('') + bxml('')],
    ['words behind it', `${bxml('')}words`],
    ['tags that cross', bxml('<a><b></a></b>')],
    ['a tag cut off', '<Bxml><Hangup'],
    ['UTF-16 by its declaration', `<?xml version="1.0" encoding="UTF-16"?>${bxml(speak)}`],
    ['XML 1.1', `<?xml version="1.1"?>${bxml('\u0001')}`],
    ['a byte more than 64 KB', bxml('a'.repeat(65_536 - 12))],
    ['64 K letters of three bytes', bxml('你'.repeat(40_000))],
    ['a hundred levels and one', bxml(deep(100))],
    ['twenty thousand levels', '<a>'.repeat(20_000)],
    ['brackets', '<'.repeat(60_000)],
    ['ampersands', bxml('&'.repeat(60_000))],
    ['a name of 60 000 letters', `<${'a'.repeat(60_000)}>`],
    [
      'a name of 60 000 letters that is closed by another',
      `<Bxml><${'a'.repeat(30_000)}></${'b'.repeat(30_000)}>`,
    ],
    ['an attribute without end', `<Bxml a="${'a'.repeat(60_000)}`],
    ['the same attribute often', `<Bxml ${'a="" '.repeat(10_000)}/>`],
    [
      'an undeclared prefix that repeats',
      `<Bxml ${Array.from({ length: 8_000 }, (_, i) => `a${i}=""`).join(' ')}>`,
    ],
    ['an instruction without end', `<Bxml><?${'x'.repeat(60_000)}`],
    ['a comment without end', `<Bxml><!--${'- '.repeat(30_000)}`],
  ];

  const replace = (document: string) =>
    withProduct({}, async ({ ask, bandwidth }) => {
      const { callId: id } = bandwidth.add({ state: 'answered' });
      const answer = await ask<{ updateCallBxml: { userErrors: { message: string; field: string[] }[] } }>(
        `mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) {
          userErrors { code message field } } }`,
        { input: { id: callId('bandwidth', id), bxml: document } },
      );
      return { ...answer, sent: writesIn(bandwidth.journal) };
    });

  it.for(good)('with %s is passed on as it is', async ([, document], { expect }) => {
    const { code, sent } = await replace(document);
    expect(code).toBeUndefined();
    expect(sent.map(({ method, body }) => [method, body])).toEqual([['PUT', document]]);
  });

  it.for(bad)('with %s is refused before anything is sent', async ([, document], { expect }) => {
    const { code, sent, data } = await replace(document);
    expect([code, sent]).toEqual(['INVALID_INPUT', []]);
    const [error] = data.updateCallBxml.userErrors;
    expect(error?.field).toEqual(['input', 'bxml']);
    expect(error?.message.length).toBeLessThan(300);
    // Nothing of the document but a name, at the most, stands in what is said of it.
    expect(error?.message).not.toMatch(/Hello|etc.passwd|a{100}/);
  });

  it('is not looked for at a provider that takes none', async ({ expect }) =>
    withProduct({}, async ({ ask, connect }) => {
      const { code } = await ask(
        'mutation ($i: UpdateCallBxmlInput!) { updateCallBxml(input: $i) { userErrors { code } } }',
        { i: { id: callId('connect', sid), bxml: '<Bxml/>' } },
      );
      expect([code, connect.journal.length]).toEqual(['UNSUPPORTED_BY_PROVIDER', 0]);
      expect(accountId('connect')).not.toBe('');
    }));
});
