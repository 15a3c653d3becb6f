import { randomBytes } from 'node:crypto';
import { HostedSecrets } from '../hosting/hosted-secret.ts';
import { Hosting, type HostingOptions } from '../hosting/hosting.ts';
import { Cipher } from '../store/cipher.ts';

/** Creates what hosts documents. Secrets are signed with the key of the account's cipher, which all processes have. */
export function createHosting(options: Omit<HostingOptions, 'secrets'>): Hosting {
  // Without a shared store, no other process has to know them.
  const own = new Cipher(randomBytes(32).toString('hex'), 'hosting');
  const sign = (accountKey: string, text: string) =>
    (options.cipherOf(accountKey) ?? own).digest(`hosting ${accountKey} ${text}`);
  return new Hosting({ ...options, secrets: new HostedSecrets(sign) });
}
