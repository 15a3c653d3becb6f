import type { OperationResult } from 'graphql-ws';
import type { StreamOutcome } from './open-stream.ts';

/** A result that is serialized already. */
export class SerializedResult {
  readonly text: string;
  readonly data?: null;

  constructor(text: string) {
    this.text = text;
  }
}

/** The results of an operation, as graphql-ws takes them. */
export function toResults(outcome: StreamOutcome): OperationResult {
  if ('result' in outcome) return new SerializedResult(JSON.stringify(outcome.result));
  const { stream } = outcome;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const result = await stream.next();
      if (result === undefined) return { value: undefined, done: true };
      return { value: new SerializedResult(result.text), done: false };
    },
    async return() {
      stream.end('client');
      return { value: undefined, done: true };
    },
  } as AsyncIterableIterator<SerializedResult>;
}
