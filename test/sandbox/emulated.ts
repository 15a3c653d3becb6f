import { onTestFinished } from 'vitest';
import {
  type BandwidthOptions,
  type ConnectOptions,
  createManualClock,
  type SbcOptions,
  startBandwidth,
  startConnect,
  startSbc,
} from '../../src/sandbox/index.ts';

/** What came back: the text as sent, and the same parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: unknown;
}

/** What to send: `form` and `json` set their Content-Type, `headers` come last. */
export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

export async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { form, json } = question;
  const body = form
    ? new URLSearchParams(form).toString()
    : json === undefined
      ? question.body
      : JSON.stringify(json);
  const type = form
    ? 'application/x-www-form-urlencoded'
    : json === undefined
      ? undefined
      : 'application/json';
  const response = await fetch(url, {
    method: question.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...question.headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, data: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of a list or of an object, for tests that look inside. */
export function rows(answer: Answer): Record<string, unknown>[] {
  return answer.data as Record<string, unknown>[];
}

export function members(answer: Answer): Record<string, unknown> {
  return answer.data as Record<string, unknown>;
}

/** A Bandwidth on a manual clock, gone after the test, and a caller with its password. */
export async function bandwidth(options: BandwidthOptions = {}) {
  const clock = createManualClock();
  const carrier = await startBandwidth({ clock, ...options });
  onTestFinished(() => carrier.close());
  const calls = `/accounts/${carrier.accountId}/calls`;
  const send = (path: string, question: Question = {}) =>
    ask(carrier.baseUrl + path, {
      ...question,
      headers: { authorization: basic(carrier.username, carrier.password), ...question.headers },
    });
  return {
    clock,
    carrier,
    calls,
    send,
    get: (callId: string) => send(`${calls}/${callId}`),
    list: (query: Readonly<Record<string, string>> = {}) => send(`${calls}?${new URLSearchParams(query)}`),
    create: (changes: Readonly<Record<string, unknown>> = {}) =>
      send(calls, {
        json: {
          to: '+19195551234',
          from: '+19195554321',
          applicationId: carrier.applicationId,
          answerUrl: 'https://app.example/answer',
          ...changes,
        },
      }),
    update: (callId: string, json: unknown) => send(`${calls}/${callId}`, { json }),
    bxml: (callId: string, body: string, type = 'application/xml') =>
      send(`${calls}/${callId}/bxml`, { method: 'PUT', body, headers: { 'content-type': type } }),
  };
}

/** A Restcomm Connect on a manual clock, gone after the test, and a caller with its token. */
export async function connect(options: ConnectOptions = {}) {
  const clock = createManualClock();
  const carrier = await startConnect({ clock, ...options });
  onTestFinished(() => carrier.close());
  const account = `/Accounts/${carrier.accountSid}`;
  const send = (path: string, question: Question = {}) =>
    ask(carrier.baseUrl + path, {
      ...question,
      headers: { authorization: basic(carrier.accountSid, carrier.authToken), ...question.headers },
    });
  const create = (changes: Readonly<Record<string, string>> = {}, suffix = '.json') =>
    send(`${account}/Calls${suffix}`, {
      form: { From: '+19195554321', To: '+19195551234', Url: 'http://app.example/rcml', ...changes },
    });
  return {
    clock,
    carrier,
    account,
    send,
    create,
    get: (sid: string, suffix = '.json') => send(`${account}/Calls/${sid}${suffix}`),
    list: (query: Readonly<Record<string, string>> = {}, suffix = '.json') =>
      send(`${account}/Calls${suffix}?${new URLSearchParams(query)}`),
    modify: (sid: string, form: Readonly<Record<string, string>>, suffix = '.json') =>
      send(`${account}/Calls/${sid}${suffix}`, { form }),
  };
}

/** A Restcomm SBC on a manual clock, gone after the test, and a caller with its password. */
export async function sbc(options: SbcOptions = {}) {
  const clock = createManualClock();
  const carrier = await startSbc({ clock, ...options });
  onTestFinished(() => carrier.close());
  const send = (path: string, question: Question = {}) =>
    ask(carrier.baseUrl + path, {
      ...question,
      headers: { authorization: basic(carrier.username, carrier.password), ...question.headers },
    });
  return {
    clock,
    carrier,
    send,
    list: (query: Readonly<Record<string, string>> = {}, suffix = '.json') =>
      send(`/Calls${suffix}?${new URLSearchParams(query)}`),
  };
}
