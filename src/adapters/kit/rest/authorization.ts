import type { Operation } from '../../../calls/operation.ts';
import { toBasic } from '../../../runtime/to-basic.ts';

/** The `Authorization` header of an account's requests, and what to do when it is refused. */
export interface Authorization {
  /**
   * The header, or a promise where it has to be fetched first.
   *
   * @throws ProviderError or HttpFailure, before anything has been sent to the API itself
   */
  header(operation: Operation): string | Promise<string>;
  /** Notes that the header was answered with 401. True when another one can be had. */
  refused(header: string): boolean;
  /** What the client is told when the credentials are refused: whole sentences. */
  advice(kind: 'read' | 'write'): string;
  close(): Promise<void>;
}

/** The same user name and password with every request. @param advice a sentence; empty for none */
export function basicAuthorization(
  { username, password }: { readonly username: string; readonly password: string },
  advice = '',
): Authorization {
  const header = toBasic(username, password);
  return { header: () => header, refused: () => false, advice: () => advice, close: async () => undefined };
}
