import type { Markup } from '../../voice/read-markup.ts';
import type { WebhookResult } from '../../webhooks/webhook.ts';
import { readRcml } from './rcml/read-rcml.ts';

/**
 * What becomes of a call with the response to a request for its document:
 * - a document, which is executed
 * - `silent`: the call goes on without one
 * - `hangup`: it is hung up
 * - `not-found`, `failed`: the fallback is asked; without one, `failed` fails the call
 */
export type Verdict = Markup | 'silent' | 'hangup' | 'not-found' | 'failed';

const XML_TYPES = new Set(['text/xml', 'application/xml', 'text/html']);
const AUDIO_TYPES = new Set(['audio/wav', 'audio/wave', 'audio/x-wav']);

/**
 * Success is exactly 200. A body with a Content-Length must be well-formed XML whatever its type and status, unless it
 * is unchecked. Audio is played and text spoken. Source: Restcomm-Connect VoiceInterpreter.onDownloaderResponse and
 * Downloader.
 */
export function judgeDocument(result: WebhookResult, url: string, isUnchecked = false): Verdict {
  if (result.kind === 'held') return 'silent';
  if (result.kind !== 'response') return 'failed';
  const { status, headers, body } = result;
  const document = body === '' ? undefined : readRcml(body);
  const isChecked = !isUnchecked && headers['content-length'] !== undefined;
  if (document === undefined && body !== '' && isChecked) return 'failed';
  if (status === 404) return 'not-found';
  if (status !== 200) return 'failed';
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined) return 'hangup';
  if (AUDIO_TYPES.has(type)) return holding('Play', url);
  if (type === 'text/plain') return holding('Say', body);
  if (!XML_TYPES.has(type)) return 'silent';
  return document ?? 'hangup';
}

function holding(name: string, text: string): Markup {
  return { name: 'Response', attributes: {}, children: [{ name, attributes: {}, children: [text] }] };
}
