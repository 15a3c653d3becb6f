import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCreateForm, toEndForm, toRedirectForm } from '../../../src/adapters/restcomm/to-request.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import { codePoint } from '../../support/code-point.ts';

const call: NewCall = {
  from: '+12125550100',
  to: '+12125550101',
  answerUrl: 'https://example.com/answer?a=1&b=2',
  answerMethod: 'POST',
  fallbackMethod: 'POST',
  statusMethod: 'POST',
};

const read = (form: string) => Object.fromEntries(new URLSearchParams(form));
const created = (members: Partial<NewCall>) => read(toCreateForm({ ...call, ...members }));

function refusal(act: () => unknown): ProviderError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('toCreateForm', () => {
  test('holds what is given and nothing else', () => {
    expect(created({})).toEqual({
      From: '+12125550100',
      To: '+12125550101',
      Url: call.answerUrl,
      Method: 'POST',
    });
  });

  test('escapes a plus sign, which would be a blank', () => {
    expect(toCreateForm(call)).toContain('From=%2B12125550100&');
  });

  test('holds everything that can be given', () => {
    const all = {
      answerMethod: 'GET',
      fallbackUrl: 'https://example.com/fallback',
      fallbackMethod: 'GET',
      statusUrl: 'https://example.com/status',
      statusMethod: 'GET',
      ringTimeout: 30,
    } as const;
    expect(created(all)).toMatchObject({
      Method: 'GET',
      FallbackUrl: 'https://example.com/fallback',
      FallbackMethod: 'GET',
      StatusCallback: 'https://example.com/status',
      StatusCallbackMethod: 'GET',
      Timeout: '30',
    });
  });

  test.each([
    '1234',
    '*72#',
    '+12125550101?X-A=b',
    'sip:bob@127.0.0.1:5080',
    'sips:bob@example.com?X-A=b',
    'bob@example.com',
    'client:alice',
    'client:alice smith',
    'client:alice?X-A=b',
  ])('takes %s to call', (to) => {
    expect(created({ to }).To).toBe(to);
  });

  test.each([
    ['', 'to'],
    ['alice', 'to'],
    ['client:', 'to'],
    ['not a number', 'to'],
    ['sip:', 'to'],
    ['sip:bob@host\r\nEvil: 1', 'to'],
    ['"Bob" <sip:bob@example.com>', 'to'],
    ['sip:bob@example.com,sip:eve@example.com', 'to'],
    ['sip:bob@example.com@evil.example', 'to'],
    ['client:bob@example.com', 'to'],
    ['+19195550100;ext=12', 'to'],
  ])('refuses to call %j', (to, field) => {
    expect(refusal(() => created({ to }))).toMatchObject({ code: 'INVALID_INPUT', field: ['input', field] });
  });

  test.each(['alice', '+12125550100', 'alice smith', 'sip:alice@example.com'])(
    'takes the caller %s',
    (from) => {
      expect(created({ from }).From).toBe(from);
    },
  );

  test.each(['a@b@c', '<alice@example.com>', 'sip:'])('refuses the caller %j', (from) => {
    expect(refusal(() => created({ from }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'from'],
    });
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses a ring timeout of %s', (ringTimeout) => {
    expect(refusal(() => created({ ringTimeout }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'ringTimeout'],
    });
  });

  test('lets no text break out of its parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (name) => {
        const form = (() => {
          try {
            return toCreateForm({ ...call, from: name, to: `client:${name}` });
          } catch (error) {
            expect(error).toBeInstanceOf(ProviderError);
            return toCreateForm(call);
          }
        })();
        expect(form).toMatch(/^From=[\w.*%+-]*&To=[\w.*%+-]*&Url=[\w.*%+-]*&Method=POST$/);
      }),
    );
  });
});

describe('toRedirectForm', () => {
  const redirect = { url: 'https://example.com/next', method: 'POST', fallbackMethod: 'POST' } as const;

  test('holds what is given and nothing else', () => {
    expect(read(toRedirectForm(redirect, false))).toEqual({ Url: redirect.url, Method: 'POST' });
  });

  test('says again that the call is muted', () => {
    expect(read(toRedirectForm(redirect, true))).toMatchObject({ Mute: 'true' });
  });

  test('holds everything that can be given', () => {
    const restcomm = { moveConnectedCallLeg: true, statusUrl: 'https://example.com/status' };
    const all = {
      ...redirect,
      method: 'GET',
      fallbackUrl: 'https://example.com/f',
      fallbackMethod: 'GET',
    } as const;
    expect(read(toRedirectForm({ ...all, restcomm }, false))).toEqual({
      Url: redirect.url,
      Method: 'GET',
      FallbackUrl: 'https://example.com/f',
      FallbackMethod: 'GET',
      StatusCallback: 'https://example.com/status',
      StatusCallbackMethod: 'POST',
      MoveConnectedCallLeg: 'true',
    });
    const get = { ...restcomm, statusMethod: 'GET', moveConnectedCallLeg: false } as const;
    expect(read(toRedirectForm({ ...all, restcomm: get }, false))).not.toHaveProperty('MoveConnectedCallLeg');
    expect(read(toRedirectForm({ ...all, restcomm: get }, false)).StatusCallbackMethod).toBe('GET');
  });
});

test.each([
  ['HANG_UP', false, 'Status=completed'],
  ['HANG_UP', true, 'Status=completed'],
  ['CANCEL', false, 'Status=canceled'],
  ['CANCEL', true, 'Status=canceled&Mute=true'],
] as const)('%s, muted: %s, is %s', (how, isMuted, form) => {
  expect(toEndForm(how, isMuted)).toBe(form);
});
