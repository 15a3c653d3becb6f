import { isUtf8 } from 'node:buffer';
import type { Account } from '../calls/account.ts';
import type { Forwarder } from '../calls/forwarding/forwarder.ts';
import { sha256 } from '../calls/sha256.ts';
import { checkBxml } from '../markup/check-bxml.ts';
import type { Finding } from '../markup/finding.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import {
  type ApplicationResponse,
  type Fetch,
  type Target,
  targetsOf,
  tellApplication,
  toRequest,
} from './application.ts';
import {
  type CallbackEvent,
  type CallbackFields,
  fieldOf,
  isAnswered,
  toCallbackEvent,
  toRequestingCall,
} from './callback-event.ts';
import type { HostedCall } from './hosted-script.ts';
import type { FoundScript, Hosting } from './hosting.ts';

/** Why an address of an application has given no document to run. */
export type ProxyFailure =
  | 'unreachable'
  | 'status'
  | 'no document'
  | 'invalid document'
  | 'busy'
  | 'not kept';

export interface CallbackProxyOptions {
  readonly hosting: Pick<Hosting, 'translate'>;
  readonly accountOf: (accountKey: string) => Account | undefined;
  readonly fetch: Fetch;
  /** Tells of what needs no answer in the background, with further attempts. */
  readonly forwarder: Pick<Forwarder, 'add'>;
  /** Called for each address that has failed, with the broken rules of its document, and for what a document loses. */
  readonly onFailure: (
    accountKey: string,
    verb: string,
    why: ProxyFailure,
    rules?: readonly string[],
  ) => void;
  readonly onLoss: (accountKey: string, rules: readonly string[]) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Milliseconds for all that is asked for one callback. */
  readonly timeout?: number;
}

/** Restcomm waits for six seconds, connecting included, and asks once (Restcomm-Connect restcomm.xml). */
const defaultTimeout = 5_000;
/** The share of the timeout that is left to the fallback. */
const fallbackShare = 0.4;
/** Callbacks that wait for applications at a time. */
const maxActive = 500;

/** The RCML that ends a call without a document to run. */
export const hangupDocument = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const emptyDocument = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/**
 * Stands between Restcomm and applications that are written for Bandwidth: Restcomm's form becomes an event, the BXML that
 * answers it becomes RCML. If no address of a callback gives a document that can be run, the call is hung up, since
 * Restcomm asks nobody else and leaves some calls up and silent.
 */
export class CallbackProxy {
  readonly #options: CallbackProxyOptions;
  readonly #now: () => number;
  #active = 0;

  constructor(options: CallbackProxyOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** The RCML that answers a callback. Never rejects. */
  async answer({ accountKey, script, index, url }: FoundScript, fields: CallbackFields): Promise<string> {
    const reference = script.callbacks[index];
    const account = this.#options.accountOf(accountKey);
    if (reference === undefined || account === undefined) return hangupDocument;
    const event = (of: CallbackReference) =>
      toCallbackEvent(fields, { account, reference: of, call: script.call, now: this.#now() });
    const tell = (of: CallbackReference) => this.#tell(accountKey, of, event(of), script.call);
    if (reference.available !== undefined) await tell(reference.available);
    if (!isAnswered(reference)) {
      await tell(reference);
      return emptyDocument;
    }
    // The caller has hung up, of which Bandwidth tells nobody here.
    if (reference.attribute === 'recordCompleteUrl' && fields.Digits === 'hangup') return emptyDocument;
    // No leg could be created. Restcomm does not run the answer, but the verb behind the Dial, which asks again.
    const hasNoLeg =
      fieldOf(fields, 'DialCallStatus') !== undefined && fieldOf(fields, 'DialCallSid') === undefined;
    if (reference.attribute === 'transferCompleteUrl' && hasNoLeg) return toRedirect(url);
    if (this.#active >= maxActive) return this.#fail(accountKey, reference, 'busy', hangupDocument);
    this.#active += 1;
    try {
      const ask = (target: Target, signal: AbortSignal) =>
        tellApplication(this.#options.fetch, target, event(reference), signal);
      return await this.#ask(accountKey, reference, ask, toNextCall(script.call, reference, fields));
    } finally {
      this.#active -= 1;
    }
  }

  async #ask(
    accountKey: string,
    reference: CallbackReference,
    ask: (target: Target, signal: AbortSignal) => Promise<ApplicationResponse>,
    call: HostedCall,
  ): Promise<string> {
    const { timeout = defaultTimeout } = this.#options;
    const targets = targetsOf(reference);
    const deadline = AbortSignal.timeout(timeout);
    for (const target of targets) {
      const isLast = target === targets.at(-1);
      const own = isLast
        ? deadline
        : AbortSignal.any([deadline, AbortSignal.timeout(timeout * (1 - fallbackShare))]);
      const document = await ask(target, own).then(
        (response) => this.#run(accountKey, reference, response, call),
        () => this.#fail(accountKey, reference, 'unreachable', undefined),
      );
      if (document !== undefined) return document;
    }
    return hangupDocument;
  }

  /** The RCML for what an application has answered; undefined if it cannot be run. */
  async #run(
    accountKey: string,
    reference: CallbackReference,
    { status, body, url }: ApplicationResponse,
    call: HostedCall,
  ): Promise<string | undefined> {
    const fail = (why: ProxyFailure, findings?: readonly Finding[]) =>
      this.#fail(accountKey, reference, why, undefined, findings && rulesOf('ERROR', findings));
    if (status < 200 || status > 299) return fail('status');
    if (body.length === 0) return fail('no document');
    const bxml = body.toString();
    const checked = checkBxml(bxml);
    if (!isUtf8(body) || rulesOf('ERROR', checked).length > 0) return fail('invalid document', checked);
    try {
      const source = { bxml, baseUrl: url, tag: reference.tag };
      const { document, findings } = await this.#options.hosting.translate(accountKey, source, call);
      if (document === undefined) return fail('invalid document', findings);
      const lost = rulesOf('LOSS', findings);
      if (lost.length > 0) this.#options.onLoss(accountKey, lost);
      return document;
    } catch {
      return fail('not kept');
    }
  }

  /** Resolves once what is told is kept: an answer before it would have the provider forget it. Never rejects. */
  async #tell(
    accountKey: string,
    reference: CallbackReference,
    event: CallbackEvent,
    { root }: HostedCall,
  ): Promise<void> {
    const [target] = targetsOf(reference);
    const { url, method, headers, body = Buffer.alloc(0) } = toRequest(target, event);
    const forward = { method, contentType: headers['content-type'], body, query: '' };
    // By the address without the event, so that what is told to one address by GET keeps its order, too.
    const hook = { accountKey, id: sha256(`${root} ${target.url}`), target: { ...target, url } };
    await this.#options.forwarder
      .add(hook, forward)
      .catch(() => this.#fail(accountKey, reference, 'not kept', undefined));
  }

  #fail<T>(
    accountKey: string,
    { verb }: CallbackReference,
    why: ProxyFailure,
    then: T,
    rules?: readonly string[],
  ): T {
    this.#options.onFailure(accountKey, verb, why, rules);
    return then;
  }
}

function rulesOf(level: Finding['level'], findings: readonly Finding[]): readonly string[] {
  return findings.filter((finding) => finding.level === level).map(({ rule }) => rule);
}

/** The call that runs the answer: the one that asks, or the leg that it has created. */
function toNextCall(call: HostedCall, { attribute }: CallbackReference, fields: CallbackFields): HostedCall {
  const requesting = toRequestingCall(call, fields);
  return attribute === 'transferAnswerUrl' ? { ...requesting, parentCallId: call.callId } : requesting;
}

function toRedirect(url: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Redirect method="POST">${url}</Redirect></Response>`;
}
