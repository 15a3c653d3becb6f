/** How many requests a page may still spend. */
export class RequestBudget {
  readonly #requests: number;
  #spent = 0;

  constructor(requests: number) {
    this.#requests = requests;
  }

  /** How many requests have been spent, those beyond the budget included. */
  get spent(): number {
    return this.#spent;
  }

  /** Spends one request, and tells whether it is within the budget. */
  spend(): boolean {
    this.#spent += 1;
    return this.#spent <= this.#requests;
  }
}
