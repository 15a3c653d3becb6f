import type { DocumentLanguage } from '../calls/calls-adapter.ts';
import { type CallbackFields, toRequestingCall } from './callback-event.ts';
import { hangupDocument } from './callback-proxy.ts';
import type { FoundScript } from './hosted-script.ts';
import type { Hosting } from './hosting.ts';

/**
 * The document at an address, in the language of the account.
 *
 * @param fields of the provider's request
 * @throws StoreFailure when the translation cannot be kept
 */
export async function toServed(
  hosting: Pick<Hosting, 'translate'>,
  { accountKey, script, index }: FoundScript,
  language: DocumentLanguage | undefined,
  fields: CallbackFields,
): Promise<string> {
  const bxml = script.documents[index];
  if (bxml === undefined) return hangupDocument;
  if (language === 'BXML') return bxml;
  const { baseUrl, call } = script;
  const { document } = await hosting.translate(accountKey, { bxml, baseUrl }, toRequestingCall(call, fields));
  return document ?? hangupDocument;
}
