import type { BxmlInput } from './find-bxml-inputs.ts';

/** A finding of `Query.checkBxml`. */
export interface Finding {
  readonly level: 'ERROR' | 'LOSS' | 'HINT';
  readonly rule: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Sends an operation to the server. */
export type Execute = (operation: {
  query: string;
  variables?: object;
}) => Promise<{ data?: CheckData | null | undefined }>;

interface CheckData {
  accounts?: readonly { id: string; provider: string; capabilities: readonly string[] }[];
  call?: { account: { id: string } } | null;
  checkBxml?: { findings: readonly Finding[] };
}

const check = `query ($bxml: String!, $accountId: ID!) {
  checkBxml(bxml: $bxml, accountId: $accountId) { findings { level rule message line column } }
}`;
const accountOfCall = 'query ($id: ID!) { call(id: $id) { account { id } } }';

/** Asks the server for the findings of a document. */
export type CheckDocument = (input: BxmlInput) => Promise<readonly Finding[]>;

/**
 * Creates a function that asks the server for the findings of a document; none where it cannot tell. Which account is
 * meant is asked once, and an unchanged document is not sent again. Placeholders are not filled, since that may place a call: their provider is what matters here.
 */
export function createCheckDocument(execute: Execute): CheckDocument {
  const accounts = new Map<string, Promise<string | undefined>>();
  let isOff = false;
  const ask: Execute = async (operation) => {
    if (isOff) return {};
    const result = await execute(operation).catch(() => ({}));
    // A result without `data` is a refusal of the request as a whole: repeating it for every change would not help.
    isOff = !('data' in result);
    return result;
  };
  const find = async (id: string): Promise<string | undefined> => {
    const provider = /^<(bandwidth|restcomm) /i.exec(id)?.[1]?.toUpperCase();
    if (provider === undefined) {
      return (await ask({ query: accountOfCall, variables: { id } })).data?.call?.account.id;
    }
    const { data } = await ask({ query: '{ accounts { id provider capabilities } }' });
    return data?.accounts?.find(
      (account) => account.provider === provider && account.capabilities.includes('CREATE_CALL'),
    )?.id;
  };
  const accountOf = ({ id, of }: BxmlInput) => {
    if (of === 'account' && !id.startsWith('<')) return id;
    const account = accounts.get(id) ?? find(id);
    accounts.set(id, account);
    return account;
  };
  let last: { key: string; findings: readonly Finding[] } | undefined;
  return async (input) => {
    const accountId = await accountOf(input);
    if (accountId === undefined) return [];
    const variables = { bxml: input.document.value, accountId };
    const key = JSON.stringify(variables);
    if (last?.key === key) return last.findings;
    const { data } = await ask({ query: check, variables });
    const findings = data?.checkBxml?.findings ?? [];
    last = { key, findings };
    return findings;
  };
}
