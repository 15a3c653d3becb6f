import { describe, expect, test } from 'vitest';
import { restcomm } from '../../../src/adapters/restcomm/index.ts';

const sid = `AC${'a'.repeat(32)}`;
const auth = { username: sid, password: 'token' };
const baseUrl = 'https://cloud.restcomm.com/restcomm/2012-04-24';

describe('settings', () => {
  test('are Connect and JSON unless they say otherwise', () => {
    expect(restcomm.settings.parse({ accountSid: sid, baseUrl, auth })).toEqual({
      dialect: 'connect',
      accountSid: sid,
      baseUrl,
      auth,
      format: 'json',
    });
  });

  test('of an SBC have no account', () => {
    expect(restcomm.settings.parse({ dialect: 'sbc', baseUrl, auth, format: 'xml' })).toEqual({
      dialect: 'sbc',
      baseUrl,
      auth,
      format: 'xml',
    });
  });

  test.each([
    ['an unknown key', { accountSid: sid, baseUrl, auth, colour: 'red' }],
    ['an unknown dialect', { dialect: 'cloud', accountSid: sid, baseUrl, auth }],
    ['no account SID for Connect', { baseUrl, auth }],
    ['an e-mail address for an account SID', { accountSid: 'me@example.com', baseUrl, auth }],
    ['an account SID for SBC', { dialect: 'sbc', accountSid: sid, baseUrl, auth }],
    ['no base URL', { accountSid: sid, auth }],
    ['a base URL that is none', { accountSid: sid, baseUrl: 'cloud.restcomm.com', auth }],
    ['a base URL of another scheme', { accountSid: sid, baseUrl: 'ftp://cloud.restcomm.com', auth }],
    ['a base URL with credentials', { accountSid: sid, baseUrl: 'https://me:secret@host/', auth }],
    ['a base URL with a query', { accountSid: sid, baseUrl: `${baseUrl}?a=b`, auth }],
    ['no credentials', { accountSid: sid, baseUrl }],
    ['no password', { accountSid: sid, baseUrl, auth: { username: sid } }],
    ['a user name with a colon', { accountSid: sid, baseUrl, auth: { username: 'a:b', password: 'c' } }],
    ['an unknown format', { accountSid: sid, baseUrl, auth, format: 'yaml' }],
  ])('refuse %s', (_, settings) => {
    expect(restcomm.settings.safeParse(settings).success).toBe(false);
  });
});
