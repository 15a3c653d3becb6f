import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const algorithm = 'aes-256-gcm';
/** Bytes of a nonce, which is random: NIST SP 800-38D, section 8.2.2, allows 2^32 texts by one key. */
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts what a store holds of the calls of one account, since stores are backed up and shown to people. The keys are
 * derived from a secret that all processes have (HKDF, RFC 5869).
 */
export class Cipher {
  readonly #key: Buffer;
  readonly #digestKey: Buffer;
  readonly #previous: Cipher | undefined;

  /**
   * @param accountKey so that no two accounts have the same keys
   * @param previous decrypts what was encrypted before the secret changed
   */
  constructor(secret: string, accountKey: string, previous?: Cipher) {
    this.#previous = previous;
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `calls-graphql ${accountKey} ${use}`, 32));
    this.#key = derive('encryption');
    this.#digestKey = derive('digest');
  }

  /** @param place where it is stored: a text that was moved elsewhere cannot be decrypted */
  encrypt(text: string, place: string): string {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, this.#key, nonce).setAAD(Buffer.from(place));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url');
  }

  /** Undefined for what was encrypted with another secret, or is no encrypted text. */
  decrypt(encrypted: string, place: string): string | undefined {
    const previous = this.#previous;
    const own = decryptWith(this.#key, encrypted, place);
    return own !== undefined || previous === undefined ? own : decryptWith(previous.#key, encrypted, place);
  }

  /** A keyed digest: of a telephone number, a plain one could be found by trying all numbers. */
  digest(text: string): string {
    return createHmac('sha256', this.#digestKey).update(text).digest('base64url');
  }

  /**
   * Whether these bytes begin the digest of the text, by this secret or the one before. The time that it takes tells nothing
   * of the digest.
   */
  proves(bytes: Buffer, text: string): boolean {
    const begin = createHmac('sha256', this.#digestKey).update(text).digest().subarray(0, bytes.length);
    if (bytes.length === begin.length && timingSafeEqual(begin, bytes)) return true;
    return this.#previous?.proves(bytes, text) ?? false;
  }
}

function decryptWith(key: Buffer, encrypted: string, place: string): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
    return (
      decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch {
    return undefined;
  }
}
