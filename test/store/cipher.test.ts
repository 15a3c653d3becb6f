import { describe, expect, it } from 'vitest';
import { Cipher } from '../../src/store/cipher.ts';

const text = '{"from":"+19195550100","name":"Grüße 📞"}';

describe('a cipher', () => {
  const cipher = new Cipher('a secret of the team', 'main');

  it('gives back what it has encrypted, in any process with the secret', () => {
    const encrypted = cipher.encrypt(text, 'a');
    expect(encrypted).not.toContain('9195550100');
    expect(new Cipher('a secret of the team', 'main').decrypt(encrypted, 'a')).toBe(text);
    expect(cipher.encrypt(text, 'a'), 'never alike').not.toBe(encrypted);
  });

  it('gives back nothing with another secret, account or place', () => {
    const encrypted = cipher.encrypt(text, 'a');
    expect(new Cipher('another secret', 'main').decrypt(encrypted, 'a')).toBeUndefined();
    expect(new Cipher('a secret of the team', 'other').decrypt(encrypted, 'a')).toBeUndefined();
    expect(cipher.decrypt(encrypted, 'b')).toBeUndefined();
  });

  it('gives back what was encrypted before its secret changed', () => {
    const later = new Cipher('a secret of the team', 'main');
    later.renew('another secret');
    expect(later.decrypt(cipher.encrypt(text, 'a'), 'a')).toBe(text);
    const digestOf = (of: Cipher) => Buffer.from(of.digest(text), 'base64url').subarray(0, 16);
    expect([later.proves(digestOf(cipher), text), later.proves(digestOf(later), text)]).toEqual([true, true]);
    expect(cipher.proves(digestOf(later), text)).toBe(false);
    expect(cipher.decrypt(later.encrypt(text, 'a'), 'a')).toBeUndefined();
  });

  it('gives back nothing that was changed or cut', () => {
    const encrypted = cipher.encrypt(text, 'a');
    const flipped = encrypted.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const changed of [flipped, encrypted.slice(0, -2), encrypted.slice(0, 20), '', '%']) {
      expect(cipher.decrypt(changed, 'a')).toBeUndefined();
    }
  });

  it('has digests that only the secret leads to', () => {
    expect(cipher.digest(text)).toBe(new Cipher('a secret of the team', 'main').digest(text));
    expect(cipher.digest(text)).not.toBe(new Cipher('a secret of the team', 'other').digest(text));
    expect(cipher.digest(text)).not.toBe(new Cipher('another secret', 'main').digest(text));
  });
});
