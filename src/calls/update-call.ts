import type { Finding } from '../markup/finding.ts';
import type { Call } from './call.ts';
import type { CallKey } from './call-loader.ts';
import type { Calls } from './calls.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { refuseForeignBlocks, requireCapability } from './check-account.ts';
import { checkDocument } from './check-document.ts';
import type { CallChange, Document } from './new-call.ts';
import type { Operation } from './operation.ts';
import { WriteOperation } from './placing/write-operation.ts';

interface ChangedCall {
  /** Reads the changed call, when the client selects it; null when it cannot be found. */
  readonly call: () => Promise<Call | null>;
}

/**
 * Ends, redirects or mutes a call.
 *
 * @throws Failure when the call was not changed; OUTCOME_UNKNOWN when it may have been
 * @throws Forbidden when the caller may only read the account
 */
export function updateCall(calls: Calls, key: CallKey, change: CallChange): Promise<ChangedCall> {
  return changeCall(calls, key, (adapter, { providerCallId }, operation) => {
    const { account } = adapter;
    const { end, redirect, muted } = change;
    if (end !== undefined) {
      requireCapability(account, end === 'CANCEL' ? 'CANCEL_CALL' : 'HANG_UP_CALL', changeField('end'));
      return adapter.end(providerCallId, end, operation).then(() => calls.readSoon(key));
    }
    if (redirect !== undefined) {
      requireCapability(account, 'REDIRECT_CALL', changeField('redirect'));
      refuseForeignBlocks(account, redirect, changeField('redirect'));
      return adapter.redirect(providerCallId, redirect, operation);
    }
    requireCapability(account, 'MUTE_CALL', changeField('muted'));
    return adapter.mute(providerCallId, muted === true, operation);
  });
}

/** Replaces the document that a call runs. Throws as `updateCall` does. */
export async function updateCallBxml(
  calls: Calls,
  key: CallKey,
  document: Document,
): Promise<ChangedCall & { readonly losses: readonly Finding[] }> {
  let losses: readonly Finding[] = [];
  const changed = await changeCall(calls, key, (adapter, { providerCallId }, operation) => {
    requireCapability(adapter.account, 'UPDATE_BXML', ['input', 'id']);
    losses = checkDocument(adapter, document, ['input', 'bxml']);
    return adapter.replaceBxml(providerCallId, document.bxml, operation);
  });
  return { ...changed, losses };
}

async function changeCall(
  calls: Calls,
  key: CallKey,
  change: (adapter: CallsAdapter, key: CallKey, operation: Operation) => Promise<void>,
): Promise<ChangedCall> {
  const adapter = calls.writable(key.accountKey, ['input', 'id']);
  await change(adapter, key, new WriteOperation(calls.operation, calls.callerId));
  calls.record.done.push(key);
  return {
    async call() {
      const call = await calls.reread(key);
      if (call !== null) calls.observe(call);
      return call;
    },
  };
}

function changeField(name: keyof CallChange): string[] {
  return ['input', 'change', name];
}
