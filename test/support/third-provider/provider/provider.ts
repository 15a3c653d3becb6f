import type { Provider } from '../../../../src/generated/schema.ts';

/** Generated from the SDL where a provider is part of the product. */
export const provider = 'ACME' as string as Provider;
