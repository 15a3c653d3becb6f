import { randomBytes } from 'node:crypto';
import { HostedSecrets } from '../hosting/hosted-secret.ts';
import { Hosting, type HostingOptions } from '../hosting/hosting.ts';
import { Cipher } from '../store/cipher.ts';

/** Creates the hosting of documents. Secrets are signed with the key of the account's cipher, which all processes have. */
export function createHosting(options: Omit<HostingOptions, 'secrets'>): Hosting {
  // Without a shared store, no other process has to verify them.
  const own = new Cipher(randomBytes(32).toString('hex'), 'hosting');
  const cipherOf = (accountKey: string) => options.cipherOf(accountKey) ?? own;
  const toSigned = (accountKey: string, text: string) => `hosting ${accountKey} ${text}`;
  const secrets = new HostedSecrets({
    sign: (key, text) => cipherOf(key).digest(toSigned(key, text)),
    proves: (key, code, text) => cipherOf(key).proves(code, toSigned(key, text)),
  });
  return new Hosting({ ...options, secrets });
}
