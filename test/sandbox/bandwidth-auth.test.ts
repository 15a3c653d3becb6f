import { describe, expect, it } from 'vitest';
import { ask, bandwidth, basic, members } from './emulated.ts';

const grant = { grant_type: 'client_credentials' };

describe('Bandwidth token endpoint', () => {
  it('issues a bearer token with its lifetime in seconds for client credentials', async () => {
    const { carrier } = await bandwidth({ tokenLifetime: 900 });
    const answer = await ask(carrier.tokenUrl, {
      form: grant,
      headers: { authorization: basic(carrier.clientId, carrier.clientSecret) },
    });
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 900 });
  });

  it.each([
    ['a wrong secret', 'wrong', grant, 401, 'invalid_client'],
    ['another grant', undefined, { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', undefined, { scope: 'x' }, 400, 'invalid_request'],
  ])('refuses %s', async (_, secret, form, status, error) => {
    const { carrier } = await bandwidth();
    const authorization = basic(carrier.clientId, secret ?? carrier.clientSecret);
    const answer = await ask(carrier.tokenUrl, { form, headers: { authorization } });
    expect(answer).toMatchObject({ status, data: { error } });
  });

  it('refuses JSON and GET', async () => {
    const { carrier } = await bandwidth();
    const authorization = basic(carrier.clientId, carrier.clientSecret);
    expect(await ask(carrier.tokenUrl, { json: grant, headers: { authorization } })).toMatchObject({
      status: 400,
    });
    expect(await ask(carrier.tokenUrl, { headers: { authorization } })).toMatchObject({ status: 405 });
  });
});

describe('Bandwidth authentication', () => {
  const unauthorized = (description: string) => ({ type: 'authentication-error', description, id: null });

  it.each([
    ['nothing', {}, 'Unauthorized'],
    ['another scheme', { authorization: 'Digest x' }, 'Unauthorized'],
    [
      'a wrong password',
      { authorization: basic('sandbox-user', 'x') },
      'The credentials provided were invalid',
    ],
    [
      'a name in other letters',
      { authorization: basic('Sandbox-User', 'sandbox-password') },
      'The credentials provided were invalid',
    ],
    ['no base64', { authorization: 'Basic ***' }, 'Failed to decode basic authentication token'],
    ['no colon', { authorization: `Basic ${btoa('user')}` }, 'Invalid basic authentication token'],
    ['a made-up token', { authorization: 'Bearer made-up' }, 'The credentials provided were invalid'],
  ])('answers %s with 401', async (_, headers, description) => {
    const { carrier, calls } = await bandwidth();
    const answer = await ask(carrier.baseUrl + calls, { headers });
    expect(answer).toMatchObject({ status: 401, data: unauthorized(description) });
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  });

  it('lets a token in until it expires or is revoked', async () => {
    const { carrier, calls, clock } = await bandwidth({ tokenLifetime: 60 });
    const fetchToken = async () => {
      const authorization = basic(carrier.clientId, carrier.clientSecret);
      return members(await ask(carrier.tokenUrl, { form: grant, headers: { authorization } })).access_token;
    };
    const knock = async (token: unknown) =>
      (await ask(carrier.baseUrl + calls, { headers: { authorization: `Bearer ${token}` } })).status;
    const first = await fetchToken();
    expect(await knock(first)).toBe(200);
    clock.advance(59_999);
    expect(await knock(first)).toBe(200);
    clock.advance(1);
    expect(await knock(first)).toBe(401);
    const second = await fetchToken();
    expect(await knock(second)).toBe(200);
    carrier.revokeTokens();
    expect(await knock(second)).toBe(401);
  });

  it('answers another account, and a user without voice, with 403 before it looks for the call', async () => {
    const { carrier, send, calls } = await bandwidth();
    const denied = { type: 'authorization-error', description: 'Access is denied', id: null };
    expect(await send('/accounts/1234567/calls/does-not-exist')).toMatchObject({ status: 403, data: denied });
    const authorization = basic(carrier.forbiddenUsername, carrier.forbiddenPassword);
    const answer = await ask(`${carrier.baseUrl}${calls}/does-not-exist`, { headers: { authorization } });
    expect(answer).toMatchObject({ status: 403, data: denied });
  });

  it('answers bad credentials on a fake call with 401, not 404', async () => {
    const { carrier, calls } = await bandwidth();
    expect(await ask(`${carrier.baseUrl}${calls}/does-not-exist`)).toMatchObject({ status: 401 });
  });
});
