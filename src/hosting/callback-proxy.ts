import type { Account } from '../calls/account.ts';
import type { Forwarder } from '../calls/forwarding/forwarder.ts';
import { sha256 } from '../calls/sha256.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import { targetsOf, toRequest } from './application.ts';
import { type AskOptions, askForDocument } from './ask-for-document.ts';
import {
  type CallbackEvent,
  type CallbackFields,
  fieldOf,
  isAnswered,
  toCallbackEvent,
  toRequestingCall,
} from './callback-event.ts';
import type { FoundScript, HostedCall } from './hosted-script.ts';

export interface CallbackProxyOptions extends AskOptions {
  readonly accountOf: (accountKey: string) => Account | undefined;
  /** Tells of what needs no answer in the background, with further attempts. */
  readonly forwarder: Pick<Forwarder, 'add'>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

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
    if (this.#active >= maxActive) {
      this.#options.onFailure(accountKey, reference.verb, 'busy');
      return hangupDocument;
    }
    this.#active += 1;
    try {
      const next = toNextCall(script.call, reference, fields);
      const asked = { accountKey, reference, event: event(reference), call: next };
      return (await askForDocument(asked, this.#options)) ?? hangupDocument;
    } finally {
      this.#active -= 1;
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
    const fail = () => this.#options.onFailure(accountKey, reference.verb, 'not kept');
    await this.#options.forwarder.add(hook, forward).catch(fail);
  }
}

/** The call that runs the answer: the one that asks, or the leg that it has created. */
function toNextCall(call: HostedCall, { attribute }: CallbackReference, fields: CallbackFields): HostedCall {
  const requesting = toRequestingCall(call, fields);
  return attribute === 'transferAnswerUrl' ? { ...requesting, parentCallId: call.callId } : requesting;
}

function toRedirect(url: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Redirect method="POST">${url}</Redirect></Response>`;
}
