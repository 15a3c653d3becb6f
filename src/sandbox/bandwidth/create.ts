import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import { toTime } from './call.ts';
import { CALLBACK_TIMEOUT_SECONDS, toHooks } from './call-hooks.ts';
import { type CarrierContext, drawCallId } from './carrier-context.ts';
import { type CreateBody, readCreate } from './create-rules.ts';
import { refuse } from './errors.ts';

/** Seconds named in Retry-After. */
const RETRY_AFTER = '1';

/**
 * `POST /accounts/{accountId}/calls`: 201, Location, and the whole of the request echoed with its defaults and its
 * passwords masked. There is no idempotency key: sent twice it calls twice. Source: Bandwidth spec, createCall.
 */
export function createCall(context: CarrierContext, request: Received): Reply {
  const read = readCreate(request.body, context.options.applicationId);
  if ('wrong' in read) return refuse(400, read.wrong);
  if (context.queue.isFull) {
    return refuse(429, 'Account call creation rate limit exceeded', { 'Retry-After': RETRY_AFTER });
  }
  if (countSessions(context) >= context.options.maxSessions) {
    return refuse(429, 'Account concurrent call limit exceeded', { 'Retry-After': RETRY_AFTER });
  }
  const { body } = read;
  const now = context.clock.now();
  const callId = drawCallId(context.random);
  const entry = context.table.insert(
    {
      applicationId: body.applicationId,
      accountId: context.options.accountId,
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
    { createdAt: now, visibleFrom: now + context.options.readLag },
  );
  context.hooks.set(entry.call, toHooks(body));
  const timeout = numberOr(body.callTimeout, 30);
  context.queue.enter(entry, { priority: numberOr(body.priority, 5), timeout });
  const callUrl = `${context.baseUrl}/accounts/${context.options.accountId}/calls/${callId}`;
  return {
    status: 201,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', Location: callUrl },
    body: JSON.stringify(
      toEcho(body, { accountId: context.options.accountId, callId, callUrl, enqueuedTime: toTime(now) }),
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
    callbackTimeout: numberOr(body.callbackTimeout, CALLBACK_TIMEOUT_SECONDS),
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

/** The number of active calls. Counted only if there is a limit. */
function countSessions(context: CarrierContext): number {
  if (context.options.maxSessions === Number.POSITIVE_INFINITY) return 0;
  return context.table.inOrder().filter(({ call }) => call.state === 'initiated' || call.state === 'answered')
    .length;
}
