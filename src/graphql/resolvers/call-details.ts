import type { CallDetailsResolvers } from '../../generated/resolvers.ts';

type TypeName = 'BandwidthCallDetails' | 'RestcommCallDetails';

/**
 * The concrete type of a call's details, by the provider that they are of: `ACME_VOICE` has `AcmeVoiceCallDetails`.
 * The names are made once, since a page has as many details as calls.
 *
 * @param providers the values of the enum `Provider`
 */
export function createCallDetails(providers: readonly string[]): CallDetailsResolvers {
  const names = new Map(providers.map((provider) => [provider, toTypeName(provider) as TypeName]));
  return { __resolveType: ({ provider }) => names.get(provider) ?? null };
}

function toTypeName(provider: string): string {
  const words = provider.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return `${words.join('')}CallDetails`;
}
