import { accountId } from './client-ids.ts';

export { aNewCall } from '../../src/contract/contracted.ts';

const required = {
  from: '+19195550100',
  to: '+19195550123',
  answerUrl: 'https://example.com/answer',
};

/** The same call as a client asks for it: the variables of a `createCall($input: CreateCallInput!)`. */
export function createVariables(accountKey: string, changes: object = {}) {
  return { input: { accountId: accountId(accountKey), ...required, ...changes } };
}

/** An operation for these variables. */
export const createQuery = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { userErrors { code } replayed call { id providerCallId } }
}`;

export interface Created {
  readonly createCall: {
    readonly userErrors: readonly { readonly code: string }[];
    readonly replayed: boolean;
    readonly call: { readonly id: string; readonly providerCallId: string } | null;
  };
}
