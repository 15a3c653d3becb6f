import type { ScriptTarget } from '../call-hooks.ts';

/** A conference with its members. Its webhooks are those of the member that has created it. */
export interface ConferenceRoom {
  readonly id: string;
  readonly name: string;
  readonly target: ScriptTarget | undefined;
  readonly timeout: number;
  readonly tag: string | undefined;
  /** The ids of their calls. */
  readonly members: Set<string>;
}
