import { createAdapterFactory } from '../../../../src/calls/calls-adapter.ts';
import { AcmeAdapter } from './adapter.ts';
import { settings } from './settings.ts';

/** A provider in the manner of Twilio's Calls of 2010-04-01. */
export const acme = createAdapterFactory(
  settings,
  (checked, entry) => new AcmeAdapter(checked, entry),
  ({ baseUrl, accountSid }) => [baseUrl, accountSid],
);
