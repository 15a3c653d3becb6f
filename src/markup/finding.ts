/** One thing that the check or the translation of a BXML document has found. */
export interface Finding {
  /** ERROR: the document is refused. LOSS: it will not do all that is written. HINT: unknown, or without effect. */
  readonly level: 'ERROR' | 'LOSS' | 'HINT';
  /** A short name: of the broken rule, such as `value`, or of what is lost, such as `Transfer.callTimeout`. */
  readonly rule: string;
  /** One sentence. Quotes names of the document, never values: these may be numbers of people or passwords. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
}
