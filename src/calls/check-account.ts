import type { Capability } from '../generated/schema.ts';
import type { Account } from './account.ts';
import { Refusal } from './failure.ts';

/**
 * Refuses what the account cannot do, before anything is sent.
 *
 * @param field the path of the argument that the error names
 * @throws Refusal UNSUPPORTED_BY_PROVIDER
 */
export function requireCapability(account: Account, capability: Capability, field: readonly string[]): void {
  if (account.capabilities.includes(capability)) return;
  const message = `${account.provider} cannot do ${capability} on account ${account.key}: see Account.capabilities.`;
  throw new Refusal('UNSUPPORTED_BY_PROVIDER', message, { field });
}

/** Says that the provider of an account runs no documents, in BXML or another language. */
export function noDocuments({ provider, key }: Account): string {
  return `${provider} runs no documents on account ${key}.`;
}

/**
 * Refuses an input with a block of another provider, such as `bandwidth: {…}` for an account at Restcomm, which could
 * not be honoured.
 *
 * @param field the path of the input
 * @throws Refusal UNSUPPORTED_BY_PROVIDER that names the block
 */
export function refuseForeignBlocks(account: Account, input: object, field: readonly string[]): void {
  const own = account.provider.toLowerCase();
  const foreign = Object.entries(input).find(
    ([name, value]) => name !== own && typeof value === 'object' && value !== null,
  )?.[0];
  if (foreign === undefined) return;
  const message = `\`${foreign}\` means nothing to ${account.provider}, the provider of account ${account.key}.`;
  throw new Refusal('UNSUPPORTED_BY_PROVIDER', message, { field: [...field, foreign] });
}
