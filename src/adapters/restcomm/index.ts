import { createAdapterFactory } from '../../calls/calls-adapter.ts';
import { RestcommAdapter } from './adapter.ts';
import { settings } from './settings.ts';

/** Restcomm Connect and Restcomm SBC: one API in two dialects. */
export const restcomm = createAdapterFactory(
  settings,
  (checked, entry) => new RestcommAdapter(checked, entry),
  // An SBC's paths name no account; whose calls it lists is told by the user name alone.
  (checked) => [checked.baseUrl, checked.dialect === 'connect' ? checked.accountSid : checked.auth.username],
);
