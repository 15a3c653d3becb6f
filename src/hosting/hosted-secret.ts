import { createHash } from 'node:crypto';

/** What the provider asks for: a document, or the response to a callback of one. */
export type HostedKind = 'document' | 'callback';

/** What a secret stands for: one of the addresses of a script. */
export interface HostedPlace {
  readonly accountKey: string;
  /** Of the script, in base64url. */
  readonly id: string;
  /** Of the document or callback among those of the script. */
  readonly index: number;
}

/** Bytes of each part. An id of 192 bits cannot be guessed; neither can the code that authenticates it. */
const lengths = { account: 4, id: 24, index: 2, code: 16 };
const payloadCharacters = 40;
const codeCharacters = 22;
const shape = new RegExp(`^[\\w-]{${payloadCharacters + codeCharacters}}$`);

/** A keyed digest, the same in all processes that share the key. */
export interface Signature {
  /** In base64url. */
  sign(accountKey: string, text: string): string;
  /** Whether these bytes begin the digest of the text. */
  proves(accountKey: string, bytes: Buffer, text: string): boolean;
}

/**
 * The secrets in the paths of hosted documents and callbacks. Each ends in a message authentication code, so that a forged one
 * costs no request to the store.
 */
export class HostedSecrets {
  /** By the part of a secret that names the account. */
  readonly #accounts = new Map<string, string>();
  readonly #signature: Signature;

  constructor(signature: Signature) {
    this.#signature = signature;
  }

  /** Reads secrets of this account from now on. */
  know(accountKey: string): void {
    this.#accounts.set(tagOf(accountKey).toString('base64url'), accountKey);
  }

  /** The id of a document that follows in a call. It is derived from the text, so that the same document is kept once. */
  toId(accountKey: string, text: string): string {
    const digest = Buffer.from(this.#signature.sign(accountKey, `id ${text}`), 'base64url');
    return digest.subarray(0, lengths.id).toString('base64url');
  }

  create(kind: HostedKind, { accountKey, id, index }: HostedPlace): string {
    const position = Buffer.alloc(lengths.index);
    position.writeUInt16BE(index);
    const payload = Buffer.concat([tagOf(accountKey), Buffer.from(id, 'base64url'), position]);
    const text = payload.toString('base64url');
    return text + this.#codeOf(kind, accountKey, text);
  }

  /** What a secret stands for; undefined if it was not made with the key of a known account. */
  read(kind: HostedKind, secret: string): HostedPlace | undefined {
    if (!shape.test(secret)) return undefined;
    const text = secret.slice(0, payloadCharacters);
    const payload = Buffer.from(text, 'base64url');
    const accountKey = this.#accounts.get(payload.subarray(0, lengths.account).toString('base64url'));
    if (accountKey === undefined) return undefined;
    const code = Buffer.from(secret.slice(payloadCharacters), 'base64url');
    // The last character has bits that are not part of the code.
    if (code.toString('base64url') !== secret.slice(payloadCharacters)) return undefined;
    if (!this.#signature.proves(accountKey, code, `${kind} ${text}`)) return undefined;
    const id = payload.subarray(lengths.account, lengths.account + lengths.id).toString('base64url');
    return { accountKey, id, index: payload.readUInt16BE(lengths.account + lengths.id) };
  }

  #codeOf(kind: HostedKind, accountKey: string, text: string): string {
    const digest = Buffer.from(this.#signature.sign(accountKey, `${kind} ${text}`), 'base64url');
    return digest.subarray(0, lengths.code).toString('base64url');
  }
}

function tagOf(accountKey: string): Buffer {
  return createHash('sha256').update(accountKey).digest().subarray(0, lengths.account);
}
