import type { Operation } from '../../calls/operation.ts';

/** Who we are to Bandwidth: the `Authorization` header, and what to do when it is refused. */
export interface Auth {
  /** Told to the client when the credentials are refused. */
  readonly advice: string;
  /**
   * A promise where it has to be fetched first.
   *
   * @throws ProviderError or HttpFailure, before anything has been asked of the Voice API
   */
  header(operation: Operation): string | Promise<string>;
  /** The header was answered with 401. True when another one can be had. */
  refused(header: string): boolean;
  close(): Promise<void>;
}

/** The user name and password in every request. Bandwidth ends this on 2026-12-02. */
export class BasicAuth implements Auth {
  readonly advice =
    'Bandwidth ends authentication by user name and password on 2026-12-02: configure a client id and secret.';
  readonly #header: string;

  constructor(username: string, password: string) {
    this.#header = toBasic(username, password);
  }

  header(): string {
    return this.#header;
  }

  refused(): boolean {
    return false;
  }

  async close(): Promise<void> {}
}

/** RFC 7617, in UTF-8. Both parts are case-sensitive. */
export function toBasic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
}
