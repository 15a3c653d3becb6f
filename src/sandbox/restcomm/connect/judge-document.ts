import { SaxesParser } from 'saxes';
import type { WebhookResult } from '../../webhooks/webhook.ts';

/**
 * What becomes of a call with the response to a request for its document:
 * - `run`: the document is executed
 * - `silent`: the call goes on without one
 * - `hangup`: it is hung up
 * - `not-found`, `failed`: the fallback is asked; without one, `failed` fails the call
 */
export type Verdict = 'run' | 'silent' | 'hangup' | 'not-found' | 'failed';

const XML_TYPES = new Set(['text/xml', 'application/xml', 'text/html']);
const OTHER_TYPES = new Set(['audio/wav', 'audio/wave', 'audio/x-wav', 'text/plain']);
const VERBS = new Set('Dial Email Fax Gather Hangup Pause Play Record Redirect Reject Say Sms'.split(' '));

/**
 * Success is exactly 200. A body with a Content-Length must be well-formed XML whatever its type and status. Source:
 * Restcomm-Connect VoiceInterpreter.onDownloaderResponse and Downloader.
 */
export function judgeDocument(result: WebhookResult): Verdict {
  if (result.kind === 'held') return 'silent';
  if (result.kind !== 'response') return 'failed';
  const { status, headers, body } = result;
  const verbs = readVerbs(body);
  if (verbs === undefined && body !== '' && headers['content-length'] !== undefined) return 'failed';
  if (status === 404) return 'not-found';
  if (status !== 200) return 'failed';
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined) return 'hangup';
  if (!XML_TYPES.has(type)) return OTHER_TYPES.has(type) ? 'run' : 'silent';
  const [first = 'Hangup'] = verbs ?? [];
  return first === 'Hangup' || first === 'Reject' ? 'hangup' : 'run';
}

/** The verbs of a document, those within unknown elements too; undefined if it is not well-formed. */
function readVerbs(document: string): readonly string[] | undefined {
  const verbs: string[] = [];
  let wrong = document === '';
  const parser = new SaxesParser();
  parser.on('error', () => {
    wrong = true;
  });
  parser.on('opentag', ({ name }) => {
    if (VERBS.has(name)) verbs.push(name);
  });
  // Bare ampersands are repaired before parsing.
  parser.write(document.replace(/&(?!#?\w+;)/g, '&amp;')).close();
  return wrong ? undefined : verbs;
}
