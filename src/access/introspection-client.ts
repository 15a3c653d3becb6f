import { Agent, errors, request } from 'undici';
import type { IntrospectionSettings } from '../config/introspection-settings.ts';
import { toBasic } from '../runtime/to-basic.ts';
import { parseRecord } from './parse-record.ts';

/** Bytes of an answer. */
const maxBytes = 64 * 1024;

/** The issuer has answered, but not as RFC 7662, section 2.2, defines. */
export class UnusableAnswer extends Error {}

/**
 * Creates a function that asks the issuer about a token and returns the members of the answer (RFC 7662, section 2). The
 * token is sent again if its connection was lost, since asking changes nothing.
 *
 * The function rejects with UnusableAnswer, or with the error of a request without an answer. Neither holds the token.
 */
export function createIntrospectionClient({ url, clientId, clientSecret, timeout }: IntrospectionSettings) {
  const dispatcher = new Agent({
    connect: { timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: maxBytes,
  });
  const headers = {
    authorization: toBasic(encode(clientId), encode(clientSecret)),
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const send = async (body: string, signal: AbortSignal) => {
    const response = await request(url, { dispatcher, method: 'POST', headers, body, signal });
    return { status: response.statusCode, text: await response.body.text() };
  };
  return async (token: string): Promise<Readonly<Record<string, unknown>>> => {
    const body = `token=${encode(token)}&token_type_hint=access_token`;
    const signal = AbortSignal.timeout(timeout);
    const { status, text } = await send(body, signal).catch((error: unknown) => {
      if (!isLost(error)) throw error;
      return send(body, signal);
    });
    if (status !== 200) throw new UnusableAnswer(`The introspection endpoint answers ${status}.`);
    const claims = parseRecord(text);
    if (typeof claims?.active === 'boolean') return claims;
    throw new UnusableAnswer('The introspection endpoint does not tell whether a token is active.');
  };
}

/** Encodes a value of a form. Credentials are encoded in the same way before they are joined (RFC 6749, section 2.3.1). */
function encode(text: string): string {
  return new URLSearchParams({ _: text }).toString().slice(2);
}

/** The server may close an idle connection while a request is written to it. */
function isLost(error: unknown): boolean {
  return error instanceof errors.SocketError || (error as NodeJS.ErrnoException).code === 'ECONNRESET';
}
