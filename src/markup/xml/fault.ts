/** Why a text is no document, and the offset at which it goes wrong. */
export class Fault extends Error {
  readonly at: number;

  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}
