import type { Call } from '../../src/calls/call.ts';
import type { KeyedCall } from '../../src/calls/placing/idempotency.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { aNewCall } from '../support/new-call.ts';
import { someAccount, someCall } from '../support/some-call.ts';

/** Stands for one POST: what is given is called each time that a call is to be placed. */
export class PostingAdapter extends ArrayAdapter {
  readonly #post: () => Promise<string>;

  /** @param post gives the id of the call placed */
  constructor(post: () => Promise<string>) {
    super(someAccount());
    this.#post = post;
  }

  override async create(): Promise<Call> {
    return someCall({ account: this.account, providerCallId: await this.#post() });
  }
}

/** The same call for everybody who asks with this key. */
export function keyed(key: string, post: () => Promise<string>): KeyedCall {
  return {
    adapter: new PostingAdapter(post),
    callerId: 'someone',
    key,
    call: aNewCall(),
  };
}
