import { type Abortable, Cancellation, type Listener } from '../../runtime/cancellation.ts';
import type { AccountUsage, Operation } from '../operation.ts';

/**
 * The operation of a single write. Before the write is sent, a client that disconnects aborts it as the deadline
 * does: then it is certain that nothing was done. Afterwards only the deadline aborts it, since aborting would not
 * undo the write but make its outcome unknown.
 *
 * There is no state in between. The signal fires either before `onSend`, and then the write is never sent, or after
 * it, and then only for the deadline.
 */
export class WriteOperation implements Operation, Listener {
  readonly signal = new Cancellation();
  readonly endsAt?: number;
  readonly usage?: Map<string, AccountUsage>;
  readonly callerId: string | undefined;
  readonly #operation: Operation;
  /** The signal that aborts the write at present. */
  #source: Abortable;

  constructor(operation: Operation, callerId?: string) {
    this.#operation = operation;
    this.callerId = callerId;
    this.#source = operation.signal;
    if (operation.endsAt !== undefined) this.endsAt = operation.endsAt;
    if (operation.usage !== undefined) this.usage = operation.usage;
    this.#listen();
  }

  get span(): Operation['span'] {
    return this.#operation.span;
  }

  get rows(): number {
    return this.#operation.rows ?? 0;
  }

  set rows(count: number) {
    this.#operation.rows = count;
  }

  get requests(): number {
    return this.#operation.requests;
  }

  set requests(requests: number) {
    this.#operation.requests = requests;
  }

  get milliseconds(): number {
    return this.#operation.milliseconds;
  }

  set milliseconds(milliseconds: number) {
    this.#operation.milliseconds = milliseconds;
  }

  onSend(): void {
    this.#source.removeEventListener('abort', this);
    this.#source = this.#operation.deadline ?? this.#operation.signal;
    this.#listen();
  }

  handleEvent(): void {
    this.signal.abort(this.#source.reason);
  }

  #listen(): void {
    if (this.#source.aborted) this.handleEvent();
    else this.#source.addEventListener('abort', this, { once: true });
  }
}
