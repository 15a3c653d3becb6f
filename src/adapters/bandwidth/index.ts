import { createAdapterFactory } from '../../calls/calls-adapter.ts';
import { BandwidthAdapter } from './adapter.ts';
import { settings } from './settings.ts';

/** Bandwidth Programmable Voice, version 2 of its API. */
export const bandwidth = createAdapterFactory(
  settings,
  (checked, entry) => new BandwidthAdapter(checked, entry),
  ({ baseUrl, accountId }) => [baseUrl, accountId],
);
