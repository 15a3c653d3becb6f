/**
 * For adapters of further providers: the port, and what every adapter needs and no provider owns. An adapter is
 * `createAdapterFactory(settings, create, identify)`, with the SDL of its provider: see `ProviderDefinition`.
 */
export { z } from 'zod';
export type { Account } from '../../calls/account.ts';
export type { AccountHealth } from '../../calls/account-health.ts';
export { normalizeAddress } from '../../calls/address.ts';
export type { Call, Details, Instant } from '../../calls/call.ts';
export {
  type AccountEntry,
  type AdapterFactory,
  type CallsAdapter,
  createAdapterFactory,
  type Limits,
  type ProviderDefinition,
} from '../../calls/calls-adapter.ts';
export type { CallHint, WebhookFields } from '../../calls/events/webhook.ts';
export { ProviderError } from '../../calls/failure.ts';
export { isMatch } from '../../calls/filter.ts';
export type { CallFilter, NewCall, Redirect } from '../../calls/new-call.ts';
export type { Operation } from '../../calls/operation.ts';
export type { Page, PageRequest, Position, SkippedRow } from '../../calls/page.ts';
export { timeOf } from '../../calls/time-of.ts';
export type { CallDirection, CallEnd, CallEndReason, CallStatus, Provider } from '../../generated/schema.ts';
export { findTarget } from '../../upstream/headers/link-header.ts';
export { readJson } from '../../upstream/read-json.ts';
export type { HttpResponse } from '../../upstream/response-reader.ts';
export { OutOfOrder, TooManyRows } from './by-number/list-failures.ts';
export type { NumberPage, NumberQuery, NumberSource } from './by-number/number-source.ts';
export { readPage as readPageByNumber } from './by-number/read-page.ts';
export { ListMemory } from './by-token/list-memory.ts';
export { readPage as readPageByToken } from './by-token/read-page.ts';
export { type TokenPage, type TokenQuery, type TokenSource, toToken } from './by-token/token-source.ts';
export { toInstant } from './dates/to-instant.ts';
export { type Meanings, meaningOf, spelled } from './meaning-of.ts';
export { toRow } from './placed-call.ts';
export { readTexts, timeOfState } from './read-webhook.ts';
export { type Authorization, basicAuthorization } from './rest/authorization.ts';
export { CallsApi } from './rest/calls-api.ts';
export type { CallsApiOptions, Read, Write } from './rest/calls-request.ts';
export { ClientCredentials, type ClientCredentialsOptions } from './rest/client-credentials.ts';
export { isObject, parseJson, toText } from './rest/json.ts';
export { misbehaved, notAsked, notFound, unsupported } from './rest/provider-errors.ts';
export { toForm } from './rest/to-form.ts';
export {
  changes,
  type Refusals,
  type RequestKind,
  reads,
  serverErrors,
  type Verdict,
} from './rest/verdicts.ts';
