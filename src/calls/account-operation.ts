import type { AccountUsage, Operation } from './operation.ts';

/** An operation as it is passed to the requests of one account: it counts them for the account as well. */
export class AccountOperation implements Operation {
  readonly #operation: Operation;
  readonly #usage: AccountUsage;

  constructor(operation: Operation, accountKey: string) {
    this.#operation = operation;
    this.#usage = operation.usage?.get(accountKey) ?? { requests: 0, milliseconds: 0 };
    operation.usage?.set(accountKey, this.#usage);
  }

  get signal(): Operation['signal'] {
    return this.#operation.signal;
  }

  get deadline(): Operation['signal'] {
    return this.#operation.deadline ?? this.#operation.signal;
  }

  get endsAt(): number {
    return this.#operation.endsAt ?? Number.POSITIVE_INFINITY;
  }

  get span(): Operation['span'] {
    return this.#operation.span;
  }

  get requests(): number {
    return this.#operation.requests;
  }

  set requests(requests: number) {
    this.#usage.requests += requests - this.#operation.requests;
    this.#operation.requests = requests;
  }

  get milliseconds(): number {
    return this.#operation.milliseconds;
  }

  set milliseconds(milliseconds: number) {
    this.#usage.milliseconds += milliseconds - this.#operation.milliseconds;
    this.#operation.milliseconds = milliseconds;
  }

  onSend(): void {
    this.#operation.onSend?.();
  }
}
