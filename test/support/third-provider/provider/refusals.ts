import { isObject, parseJson } from '../../../../src/adapters/kit/rest/json.ts';
import {
  changes,
  type Refusals,
  reads,
  serverErrors,
  type Verdict,
} from '../../../../src/adapters/kit/rest/verdicts.ts';

/** What Acme's statuses mean, with the codes of its error bodies where they tell more. */
const verdicts: readonly Verdict[] = [
  { status: 400, type: '21220', code: 'CONFLICT', message: 'does not allow this to a call in its state' },
  { status: 400, type: '21201', code: 'INVALID_INPUT', message: 'needs a number', field: ['input', 'to'] },
  { status: 400, type: '21213', code: 'INVALID_INPUT', message: 'needs a number', field: ['input', 'from'] },
  { status: 400, code: 'INVALID_INPUT', message: 'does not accept a value' },
  { status: 401, code: 'PROVIDER_UNAUTHENTICATED', message: 'refuses the credentials' },
  { status: 403, code: 'PROVIDER_FORBIDDEN', message: 'does not allow this to the credentials' },
  { status: 404, on: ['get', ...changes], code: 'NOT_FOUND', message: 'has no such call' },
  { status: 404, code: 'PROVIDER_MISBEHAVED', message: 'is not known at the configured address' },
  { status: 429, code: 'RATE_LIMITED', message: 'has reached a limit on its requests' },
  { status: serverErrors, on: reads, code: 'PROVIDER_UNAVAILABLE', message: 'is out of order' },
];

export const refusals: Refusals = {
  verdicts,
  readError: (text) => {
    const body = text.length > 65_536 ? undefined : parseJson(text);
    return { text: '', ...(isObject(body) && typeof body.code === 'number' && { type: `${body.code}` }) };
  },
};
