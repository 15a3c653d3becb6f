import { type Abortable, Cancellation, type Listener } from '../../runtime/cancellation.ts';
import type { Operation } from '../operation.ts';

/**
 * An operation for one write of its own. Until it is sent, the client's going away ends it as the deadline does:
 * nobody waits for the call any more, and it is certain that none was placed. From then on only the deadline does:
 * to cut it off would stop nothing and make its outcome unknown.
 *
 * There is no moment in between. The signal fires either before `onSend`, and then the write is never sent, or
 * after it, and then only for the deadline.
 */
export class WriteOperation implements Operation, Listener {
  readonly signal = new Cancellation();
  readonly endsAt?: number;
  readonly #operation: Operation;
  #end: Abortable;

  constructor(operation: Operation) {
    this.#operation = operation;
    this.#end = operation.signal;
    if (operation.endsAt !== undefined) this.endsAt = operation.endsAt;
    this.#listen();
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
    this.#end.removeEventListener('abort', this);
    this.#end = this.#operation.deadline ?? this.#operation.signal;
    this.#listen();
  }

  /** The deadline has passed, or the client has left. */
  handleEvent(): void {
    this.signal.abort(this.#end.reason);
  }

  #listen(): void {
    if (this.#end.aborted) this.handleEvent();
    else this.#end.addEventListener('abort', this, { once: true });
  }
}
