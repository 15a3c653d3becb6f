import { isObject } from '../runtime/is-object.ts';
import type { EmbeddedCaller, EmbeddedOrigin, EmbeddedRequest } from './embedded-request.ts';

/** Thrown for a mistake in the code of the application. Its message names the option, and no value. */
export class Misuse extends TypeError {}

function check(isRight: boolean, message: string): void {
  if (!isRight) throw new Misuse(message);
}

const isText = (value: unknown) => value == null || typeof value === 'string';

/** @throws Misuse */
export function checkCaller(caller: EmbeddedCaller): void {
  const { id, accounts, may } = isObject(caller) ? caller : ({} as Record<string, unknown>);
  check(typeof id === 'string' && id !== '', 'An operation needs a `caller` with an `id`.');
  check(
    Array.isArray(accounts) && accounts.every((each) => typeof each === 'string'),
    "`caller.accounts` must be a list of account keys or patterns, such as ['*'].",
  );
  check(
    Array.isArray(may) && may.every((each) => each === 'read' || each === 'write'),
    "`caller.may` must be ['read'] or ['write'].",
  );
}

/** @throws Misuse */
export function checkOrigin({ caller, signal, requestId, headers }: EmbeddedOrigin): void {
  checkCaller(caller);
  check(signal == null || typeof signal.addEventListener === 'function', '`signal` must be an AbortSignal.');
  check(isText(requestId), '`requestId` must be a string.');
  check(headers == null || isObject(headers), '`headers` must be an object.');
}

/** @throws Misuse */
export function checkRequest(request: EmbeddedRequest): void {
  const { query, document, documentId, operationName, variables } = request;
  check(isText(query), '`query` must be a string.');
  check(document == null || document.kind === 'Document', '`document` must be a parsed document.');
  check(isText(documentId), '`documentId` must be a string.');
  check(isText(operationName), '`operationName` must be a string.');
  check(variables == null || isObject(variables), '`variables` must be an object.');
}
