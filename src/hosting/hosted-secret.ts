import { createHash, randomBytes } from 'node:crypto';
import { Cipher } from '../store/cipher.ts';

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

/**
 * The secrets in the paths of hosted documents and callbacks. Each ends in a message authentication code, so that a forged one
 * costs no request to the store. It is made with the key of the account's cipher, which all processes have.
 */
export class HostedSecrets {
  /** By the part of a secret that names the account. */
  readonly #accounts = new Map<string, string>();
  readonly #cipherOf: (accountKey: string) => Cipher | undefined;
  /** Without a shared store, no other process has to verify them. */
  readonly #own = new Cipher(randomBytes(32).toString('hex'), 'hosting');

  constructor(cipherOf: (accountKey: string) => Cipher | undefined) {
    this.#cipherOf = cipherOf;
  }

  /** Reads secrets of this account from now on. */
  know(accountKey: string): void {
    this.#accounts.set(tagOf(accountKey).toString('base64url'), accountKey);
  }

  /** The id of a document that follows in a call. It is derived from the text, so that the same document is kept once. */
  toId(accountKey: string, text: string): string {
    return this.#sign(accountKey, `id ${text}`, lengths.id);
  }

  create(kind: HostedKind, { accountKey, id, index }: HostedPlace): string {
    const position = Buffer.alloc(lengths.index);
    position.writeUInt16BE(index);
    const payload = Buffer.concat([tagOf(accountKey), Buffer.from(id, 'base64url'), position]);
    const text = payload.toString('base64url');
    return text + this.#sign(accountKey, `${kind} ${text}`, lengths.code);
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
    if (!this.#keyOf(accountKey).proves(code, toSigned(accountKey, `${kind} ${text}`))) return undefined;
    const id = payload.subarray(lengths.account, lengths.account + lengths.id).toString('base64url');
    return { accountKey, id, index: payload.readUInt16BE(lengths.account + lengths.id) };
  }

  #sign(accountKey: string, text: string, bytes: number): string {
    const digest = this.#keyOf(accountKey).digest(toSigned(accountKey, text));
    return Buffer.from(digest, 'base64url').subarray(0, bytes).toString('base64url');
  }

  #keyOf(accountKey: string): Cipher {
    return this.#cipherOf(accountKey) ?? this.#own;
  }
}

function toSigned(accountKey: string, text: string): string {
  return `hosting ${accountKey} ${text}`;
}

function tagOf(accountKey: string): Buffer {
  return createHash('sha256').update(accountKey).digest().subarray(0, lengths.account);
}
