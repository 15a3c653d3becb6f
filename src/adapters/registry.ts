import type { AdapterFactory } from '../calls/calls-adapter.ts';
import type { Provider } from '../generated/schema.ts';
import { bandwidth } from './bandwidth/index.ts';
import { restcomm } from './restcomm/index.ts';

/** Every provider that there is. A new one is a line here, a folder beside this file, and its SDL. */
export const registry = {
  BANDWIDTH: bandwidth,
  RESTCOMM: restcomm,
} satisfies Record<Provider, AdapterFactory>;
