import { isObject } from '../runtime/is-object.ts';
import type { EmbeddedCaller, EmbeddedOrigin, EmbeddedRequest } from './embedded-request.ts';

/** Thrown for a mistake in the code of the application. Its message names the option, and no value. */
export class Misuse extends TypeError {}

function require(isRight: boolean, message: string): void {
  if (!isRight) throw new Misuse(message);
}

const isText = (value: unknown) => value == null || typeof value === 'string';

/** @throws Misuse */
export function checkCaller(caller: EmbeddedCaller): void {
  const { id, accounts, may } = isObject(caller) ? caller : ({} as Record<string, unknown>);
  require(typeof id === 'string' && id !== '', 'An operation needs a `caller` with an `id`.');
  require(Array.isArray(accounts) &&
    accounts.every(
      (each) => typeof each === 'string',
    ), "`caller.accounts` must be a list of account keys or patterns, such as ['*'].");
  require(Array.isArray(may) &&
    may.every((each) => each === 'read' || each === 'write'), "`caller.may` must be ['read'] or ['write'].");
}

/** @throws Misuse */
export function checkOrigin({ caller, signal, requestId, headers }: EmbeddedOrigin): void {
  checkCaller(caller);
  require(signal == null ||
    typeof signal.addEventListener === 'function', '`signal` must be an AbortSignal.');
  require(isText(requestId), '`requestId` must be a string.');
  require(headers == null || isObject(headers), '`headers` must be an object.');
}

/** @throws Misuse */
export function checkRequest(request: EmbeddedRequest): void {
  const { query, document, documentId, operationName, variables } = request;
  require(isText(query), '`query` must be a string.');
  require(document == null || document.kind === 'Document', '`document` must be a parsed document.');
  require(isText(documentId), '`documentId` must be a string.');
  require(isText(operationName), '`operationName` must be a string.');
  require(variables == null || isObject(variables), '`variables` must be an object.');
}
