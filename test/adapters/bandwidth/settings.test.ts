import { describe, expect, it } from 'vitest';
import { bandwidth } from '../../../src/adapters/bandwidth/index.ts';
import { limits } from './support.ts';

const given = { accountId: '9900000', auth: { clientId: 'id', clientSecret: 'secret' } };

const problems = (entry: unknown) =>
  bandwidth.settings
    .safeParse(entry)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the settings', () => {
  it('have the addresses of Bandwidth by default', () => {
    expect(bandwidth.settings.parse(given)).toEqual({
      ...given,
      baseUrl: 'https://voice.bandwidth.com/api/v2',
      tokenUrl: 'https://api.bandwidth.com/api/v1/oauth2/token',
    });
  });

  it('take a user name and a password, an application and other addresses', () => {
    const entry = {
      accountId: '9900000',
      applicationId: 'a',
      baseUrl: 'http://127.0.0.1:1/api/v2',
      tokenUrl: 'http://127.0.0.1:1/token',
      auth: { username: 'u', password: 'p' },
    };
    expect(bandwidth.settings.parse(entry)).toEqual(entry);
  });

  it.each([
    ['no account', { auth: given.auth }, 'accountId'],
    ['an account as a number', { ...given, accountId: 9900000 }, 'accountId: must be a string; quote it'],
    ['an account that would change the path', { ...given, accountId: '..' }, 'accountId'],
    ['an unknown key', { ...given, account: 'x' }, 'Unrecognized key'],
    ['an empty application', { ...given, applicationId: '' }, 'applicationId'],
    ['another scheme', { ...given, baseUrl: 'ftp://voice.example' }, 'baseUrl: must be an absolute http'],
    ['no address', { ...given, tokenUrl: '/token' }, 'tokenUrl: must be an absolute http'],
    [
      'half of the credentials',
      { ...given, auth: { clientId: 'id' } },
      'auth: must hold clientId and clientSecret',
    ],
    [
      'both kinds of credentials',
      { ...given, auth: { ...given.auth, username: 'u', password: 'p' } },
      'auth: must hold clientId and clientSecret',
    ],
    ['an empty secret', { ...given, auth: { clientId: 'id', clientSecret: '' } }, 'auth'],
  ])('are refused with %s', (_, entry, problem) => {
    expect(problems(entry)?.join('\n')).toContain(problem);
  });

  it('make an adapter that tells what it can do, and no secret', async () => {
    const adapter = bandwidth.create(given, { key: 'main', name: 'Main', limits });
    expect(adapter.account).toEqual({
      key: 'main',
      name: 'Main',
      provider: 'BANDWIDTH',
      providerAccountId: '9900000',
      capabilities: [
        'CREATE_CALL',
        'REDIRECT_CALL',
        'HANG_UP_CALL',
        'CANCEL_CALL',
        'UPDATE_BXML',
        'CALL_EVENTS',
      ],
    });
    await adapter.close();
  });
});
