import { isUtf8 } from 'node:buffer';
import { checkBxml } from '../markup/check-bxml.ts';
import type { Finding } from '../markup/finding.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import { type ApplicationResponse, type Fetch, targetsOf, tellApplication } from './application.ts';
import type { CallbackEvent } from './callback-event.ts';
import type { HostedCall } from './hosted-script.ts';
import type { Hosting } from './hosting.ts';

/** Why an address of an application has given no document to run. */
export type ProxyFailure =
  | 'unreachable'
  | 'status'
  | 'no document'
  | 'invalid document'
  | 'busy'
  | 'not kept';

export interface AskOptions {
  readonly hosting: Pick<Hosting, 'translate'>;
  readonly fetch: Fetch;
  /** Called for each address that has failed, with the broken rules of its document. */
  readonly onFailure: (
    accountKey: string,
    verb: string,
    why: ProxyFailure,
    rules?: readonly string[],
  ) => void;
  /** Called for each document that loses something, with the rules of that. */
  readonly onLoss: (accountKey: string, rules: readonly string[]) => void;
  /** Milliseconds for all that is asked for one callback. */
  readonly timeout?: number;
}

/** What an application is asked. */
export interface Asked {
  readonly accountKey: string;
  readonly reference: CallbackReference;
  readonly event: CallbackEvent;
  /** The call that runs the document. */
  readonly call: HostedCall;
}

/** Restcomm waits for six seconds, connecting included, and asks once (Restcomm-Connect restcomm.xml). */
const defaultTimeout = 5_000;
/** The share of the timeout that is left to the fallback. */
const fallbackShare = 0.4;

/** The RCML for the document of an application, asked at its address and then its fallback; undefined if neither gives one. */
export async function askForDocument(asked: Asked, options: AskOptions): Promise<string | undefined> {
  const { timeout = defaultTimeout } = options;
  const targets = targetsOf(asked.reference);
  const deadline = AbortSignal.timeout(timeout);
  for (const target of targets) {
    const isLast = target === targets.at(-1);
    const own = isLast
      ? deadline
      : AbortSignal.any([deadline, AbortSignal.timeout(timeout * (1 - fallbackShare))]);
    const response = await tellApplication(options.fetch, target, asked.event, own).catch(() => undefined);
    const document = await toRunnable(response, asked, options);
    if (document !== undefined) return document;
  }
  return undefined;
}

/** The RCML for what an application has answered; undefined if it cannot be run. */
async function toRunnable(
  response: ApplicationResponse | undefined,
  { accountKey, reference, call }: Asked,
  { hosting, onFailure, onLoss }: AskOptions,
): Promise<string | undefined> {
  const fail = (why: ProxyFailure, findings?: readonly Finding[]) => {
    onFailure(accountKey, reference.verb, why, findings && rulesOf('ERROR', findings));
    return undefined;
  };
  if (response === undefined) return fail('unreachable');
  const { status, body, url } = response;
  if (status < 200 || status > 299) return fail('status');
  if (body.length === 0) return fail('no document');
  const bxml = body.toString();
  const checked = checkBxml(bxml);
  if (!isUtf8(body) || rulesOf('ERROR', checked).length > 0) return fail('invalid document', checked);
  try {
    const source = { bxml, baseUrl: url, tag: reference.tag };
    const { document, findings } = await hosting.translate(accountKey, source, call);
    if (document === undefined) return fail('invalid document', findings);
    const lost = rulesOf('LOSS', findings);
    if (lost.length > 0) onLoss(accountKey, lost);
    return document;
  } catch {
    return fail('not kept');
  }
}

function rulesOf(level: Finding['level'], findings: readonly Finding[]): readonly string[] {
  return findings.filter((finding) => finding.level === level).map(({ rule }) => rule);
}
