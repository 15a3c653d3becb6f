import type { HttpResponse } from '../../upstream/response-reader.ts';
import { toProviderErrorId } from '../kit/rest/to-provider-error-id.ts';
import { isObject, parseJson, toText } from './wire.ts';

/**
 * For the log the status, the type and the id; for the client the id, to quote to support. The texts may repeat
 * what was sent.
 */
export function causeOf(answer: HttpResponse): { readonly cause: string; readonly providerErrorId?: string } {
  const { type, id } = readBody(answer);
  const cause = [`answered ${answer.status}`, type, id].filter(Boolean).join(', ');
  const providerErrorId = toProviderErrorId(id);
  return providerErrorId === undefined ? { cause } : { cause, providerErrorId };
}

interface ErrorBody {
  readonly type: string;
  readonly description: string;
  readonly id: string;
}

/** The error body (Bandwidth spec, voiceApiError): nothing in it is required, and gateways send HTML. */
export function readBody({ text }: HttpResponse): ErrorBody {
  const body = text.length > 65_536 ? undefined : parseJson(text);
  const member = (name: string) => (isObject(body) ? (toText(body[name]) ?? '').slice(0, 500) : '');
  return { type: member('type'), description: member('description'), id: member('id') };
}
