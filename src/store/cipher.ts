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
  readonly #accountKey: string;
  /** The keys of the current secret, and those of the previous one. */
  #keys: readonly [Keys, ...Keys[]];

  /** @param accountKey so that no two accounts have the same keys */
  constructor(secret: string, accountKey: string) {
    this.#accountKey = accountKey;
    this.#keys = [deriveKeys(secret, accountKey)];
  }

  /** Takes another secret. What was encrypted with the previous one can still be decrypted. */
  renew(secret: string): void {
    const [present] = this.#keys;
    const keys = deriveKeys(secret, this.#accountKey);
    if (!keys.encryption.equals(present.encryption)) this.#keys = [keys, present];
  }

  /** @param place where it is stored: a text that was moved elsewhere cannot be decrypted */
  encrypt(text: string, place: string): string {
    const nonce = randomBytes(nonceLength);
    const [{ encryption }] = this.#keys;
    const cipher = createCipheriv(algorithm, encryption, nonce).setAAD(Buffer.from(place));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url');
  }

  /** Undefined for what was encrypted with another secret, or is no encrypted text. */
  decrypt(encrypted: string, place: string): string | undefined {
    for (const { encryption } of this.#keys) {
      const text = decryptWith(encryption, encrypted, place);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** A keyed digest: of a telephone number, a plain one could be found by trying all numbers. */
  digest(text: string): string {
    const [{ digest }] = this.#keys;
    return createHmac('sha256', digest).update(text).digest('base64url');
  }

  /**
   * Whether these bytes begin the digest of the text, by this secret or the one before. The time that it takes tells nothing
   * of the digest.
   */
  proves(bytes: Buffer, text: string): boolean {
    return this.#keys.some(({ digest }) => {
      const begin = createHmac('sha256', digest).update(text).digest().subarray(0, bytes.length);
      return bytes.length === begin.length && timingSafeEqual(begin, bytes);
    });
  }
}

interface Keys {
  readonly encryption: Buffer;
  readonly digest: Buffer;
}

function deriveKeys(secret: string, accountKey: string): Keys {
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `calls-graphql ${accountKey} ${use}`, 32));
  return { encryption: derive('encryption'), digest: derive('digest') };
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
