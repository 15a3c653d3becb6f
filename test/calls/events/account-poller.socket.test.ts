import { expect, it } from 'vitest';
import { registry } from '../../../src/adapters/registry.ts';
import { AccountPoller } from '../../../src/calls/events/account-poller.ts';
import { patient as limits } from '../../../src/contract/contracted.ts';
import { startStubServer } from '../../support/stub-server.ts';

it('a poll that is given up since nobody subscribes any longer says nothing of its account', async () => {
  let [onRequest, onClose] = [() => {}, () => {}];
  const asked = new Promise<void>((resolve) => (onRequest = resolve));
  const closed = new Promise<void>((resolve) => (onClose = resolve));
  const provider = await startStubServer((response) => {
    response.on('close', onClose);
    onRequest();
  });
  const settings = {
    ...{ dialect: 'connect', accountSid: `AC${'0'.repeat(32)}`, baseUrl: provider.origin },
    auth: { username: 'user', password: 'password' },
  };
  const adapter = registry.RESTCOMM.create(settings, { key: 'rc', name: 'Restcomm', limits });
  const events = { observe: async () => undefined, knownCalls: () => [] };
  const poller = new AccountPoller({ adapter, hasWebhooks: false, events });
  poller.retain();
  await asked;
  poller.release();
  await closed;
  expect([adapter.health.state, adapter.health.code]).toEqual(['UNKNOWN', null]);
  await adapter.close();
  await provider.close();
});
