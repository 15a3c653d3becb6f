import type { Received } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { toTime } from './call.ts';
import { type CreateBody, readCreate } from './create-rules.ts';
import { refuse } from './errors.ts';
import { drawCallId, type Setting } from './setting.ts';

/** Seconds named in Retry-After. */
const RETRY_AFTER = '1';

/**
 * `POST /accounts/{accountId}/calls`: 201, Location, and the whole of the request echoed with its defaults and its
 * passwords masked. There is no idempotency key: sent twice it calls twice. Source: Bandwidth spec, createCall.
 */
export function createCall(setting: Setting, request: Received): Reply {
  const read = readCreate(request.body, setting.options.applicationId);
  if ('wrong' in read) return refuse(400, read.wrong);
  if (setting.queue.isFull) {
    return refuse(429, 'Account call creation rate limit exceeded', { 'Retry-After': RETRY_AFTER });
  }
  if (countSessions(setting) >= setting.options.maxSessions) {
    return refuse(429, 'Account concurrent call limit exceeded', { 'Retry-After': RETRY_AFTER });
  }
  const { body } = read;
  const now = setting.clock.now();
  const callId = drawCallId(setting.random);
  const entry = setting.roster.insert(
    {
      applicationId: body.applicationId,
      accountId: setting.options.accountId,
      callId,
      parentCallId: null,
      to: body.to,
      from: body.from,
      direction: 'outbound',
      state: 'queued',
      enqueuedTime: toTime(now),
      startTime: null,
      answerTime: null,
      endTime: null,
      disconnectCause: null,
      errorMessage: null,
      errorId: null,
      lastUpdate: toTime(now),
    },
    { createdAt: now, visibleFrom: now + setting.options.readLag },
  );
  const timeout = numberOr(body.callTimeout, 30);
  setting.queue.enter(entry, { priority: numberOr(body.priority, 5), timeout });
  const callUrl = `${setting.baseUrl}/accounts/${setting.options.accountId}/calls/${callId}`;
  return {
    status: 201,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', Location: callUrl },
    body: JSON.stringify(
      toEcho(body, { accountId: setting.options.accountId, callId, callUrl, enqueuedTime: toTime(now) }),
    ),
  };
}

/** Members and order of the spec's createCallResponseExample; what was not set is null. */
function toEcho(
  body: CreateBody,
  made: { accountId: string; callId: string; callUrl: string; enqueuedTime: string },
) {
  const secret = (value: unknown) => (typeof value === 'string' ? '*****' : null);
  return {
    applicationId: body.applicationId,
    accountId: made.accountId,
    callId: made.callId,
    to: body.to,
    from: body.from,
    enqueuedTime: made.enqueuedTime,
    callUrl: made.callUrl,
    callTimeout: numberOr(body.callTimeout, 30),
    callbackTimeout: numberOr(body.callbackTimeout, 15),
    tag: body.tag ?? null,
    answerMethod: body.answerMethod ?? 'POST',
    answerUrl: body.answerUrl,
    answerFallbackMethod: body.answerFallbackMethod ?? 'POST',
    answerFallbackUrl: body.answerFallbackUrl ?? null,
    disconnectMethod: body.disconnectMethod ?? 'POST',
    disconnectUrl: body.disconnectUrl ?? null,
    username: body.username ?? null,
    password: secret(body.password),
    fallbackUsername: body.fallbackUsername ?? null,
    fallbackPassword: secret(body.fallbackPassword),
    priority: numberOr(body.priority, 5),
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** Calls dialled and not over; only counted where there is a limit. */
function countSessions(setting: Setting): number {
  if (setting.options.maxSessions === Number.POSITIVE_INFINITY) return 0;
  return setting.roster
    .inOrder()
    .filter(({ call }) => call.state === 'initiated' || call.state === 'answered').length;
}
