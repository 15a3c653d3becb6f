import type { CallDetailsResolvers } from '../../generated/resolvers.ts';

type TypeName = 'BandwidthCallDetails' | 'RestcommCallDetails';

/**
 * Creates the resolver of the interface `CallDetails`. The concrete type depends on the provider: details of
 * `ACME_VOICE` are `AcmeVoiceCallDetails`. The names are computed once, because a page has details for each call.
 *
 * @param providers the values of the enum `Provider`
 */
export function createCallDetails(providers: readonly string[]): CallDetailsResolvers {
  const names = new Map(providers.map((provider) => [provider, toTypeName(provider) as TypeName]));
  return { __resolveType: ({ provider }) => names.get(provider) ?? null };
}

/** The name of the type that has the details of a provider's calls. */
export function toTypeName(provider: string): string {
  const words = provider.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return `${words.join('')}CallDetails`;
}
