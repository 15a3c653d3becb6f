import type { ProviderError } from '../../calls/failure.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';

/** A text that Restcomm refuses a create with, and the same in our words. */
interface Refusal {
  readonly status: number;
  readonly text: RegExp;
  readonly code: ProviderError['code'];
  readonly message: string;
  readonly field?: readonly string[];
}

/**
 * Restcomm Connect has no error envelope: bodies are empty, a plain text under a JSON or XML type, or a
 * page of the container. These texts are the ones that say for certain that nothing was dialled
 * (CallsEndpoint.putCall, CallManager.java; issue #1568 for the sid, #1637 for the extension).
 */
const refusals: readonly Refusal[] = [
  missing('From', 'from'),
  missing('To', 'to'),
  missing('Url', 'answerUrl'),
  {
    status: 400,
    text: /^Error type: /,
    code: 'INVALID_INPUT',
    message: 'does not take one of the telephone numbers',
  },
  {
    status: 500,
    text: /^The SIP Client .* is not registered or does not exist/s,
    code: 'INVALID_INPUT',
    message: 'knows no registered client by this name',
    field: ['input', 'to'],
  },
  {
    status: 500,
    text: /The Active Outbound Proxy is null/,
    code: 'PROVIDER_UNAVAILABLE',
    message: 'has no way out to the telephone network',
  },
  {
    status: 500,
    text: /^Not Allowed to make this outbound call/,
    code: 'RATE_LIMITED',
    message: 'does not place more calls for now',
  },
  {
    status: 500,
    text: /is an INVALID_SID sid value/,
    code: 'PROVIDER_FORBIDDEN',
    message: 'does not know the configured account',
  },
];

function missing(parameter: string, field: string): Refusal {
  return {
    status: 400,
    text: new RegExp(`^${parameter} can not be null`),
    code: 'INVALID_INPUT',
    message: 'needs a value here',
    field: ['input', field],
  };
}

/** What this answer to a create means, if it is one of them. */
export function findRefusal(answer: HttpResponse): Refusal | undefined {
  return refusals.find(({ status, text }) => status === answer.status && text.test(answer.text));
}
