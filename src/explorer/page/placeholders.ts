import type { ServerFacts } from './session.ts';

/** Functions that look up the value of each placeholder; undefined if the server has no such value. */
export type Placeholders = ReadonlyMap<string, () => Promise<string | undefined>>;

/** Sends an operation to the server. */
export type Execute = (operation: { query: string }) => Promise<{ data?: LookUpData | null }>;

interface LookUpData {
  accounts?: readonly { id: string; provider: string; capabilities: readonly string[] }[];
  calls?: { nodes: readonly { id: string }[]; pageInfo: { endCursor: string | null } } | null;
}

/** Seconds to wait until a created call is answered. */
const timeout = 10;

/**
 * Creates the placeholders that the variables of a tab may contain. Numbers and active calls are filled only in the
 * sandbox: with real accounts a default tab must not place or change a call by itself.
 */
export function createPlaceholders(execute: Execute, { sandbox }: ServerFacts): Placeholders {
  const account = async (provider: string, capability: string) => {
    const { data } = await execute({ query: '{ accounts { id provider capabilities } }' });
    const accounts = data?.accounts?.filter((each) => each.provider === provider) ?? [];
    return (accounts.find(({ capabilities }) => capabilities.includes(capability)) ?? accounts[0])?.id;
  };
  const calls = async (parameters: string) => {
    const { data } = await execute({
      query: `{ calls(${parameters}) { nodes { id } pageInfo { endCursor } } }`,
    });
    return data?.calls ?? undefined;
  };
  const callInProgress = async (provider: string, capability: string) => {
    const accountId = sandbox ? await account(provider, capability) : undefined;
    if (accountId === undefined) return undefined;
    const look = async () => {
      const filter = `first: 1, accountIds: ["${accountId}"], filter: { statuses: [IN_PROGRESS] }`;
      return (await calls(filter))?.nodes[0]?.id;
    };
    let found = await look();
    if (found === undefined) await execute({ query: createAnsweredCall(accountId) });
    for (let waited = 0; found === undefined && waited < timeout; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      found = await look();
    }
    return found;
  };
  const accountWithNewCall = async () => {
    const found = (await account('RESTCOMM', 'CREATE_CALL')) ?? (await account('BANDWIDTH', 'CREATE_CALL'));
    if (sandbox && found !== undefined) await execute({ query: createAnsweredCall(found) });
    return found;
  };
  const number = async (text: string) => (sandbox ? text : undefined);
  return new Map([
    ['<Bandwidth account>', () => account('BANDWIDTH', 'CREATE_CALL')],
    ['<Restcomm account>', () => account('RESTCOMM', 'CREATE_CALL')],
    ['<account with a new call>', accountWithNewCall],
    ['<end cursor of ListCalls>', async () => (await calls('first: 5'))?.pageInfo.endCursor ?? undefined],
    ['<newest call>', async () => (await calls('first: 1'))?.nodes[0]?.id],
    ['<Bandwidth call in progress>', () => callInProgress('BANDWIDTH', 'UPDATE_BXML')],
    ['<Restcomm call in progress>', () => callInProgress('RESTCOMM', 'MUTE_CALL')],
    ['<your number>', () => number('+19195551234')],
    ['<number to call>', () => number('+19195550700')],
  ]);
}

/** In the sandbox a call to a number that ends in 700 is answered and lasts for an hour. */
function createAnsweredCall(accountId: string): string {
  return `mutation {
    createCall(input: {
      accountId: "${accountId}", from: "+19195550100", to: "+19195550700", answerUrl: "https://example.com/answer"
    }) { userErrors { code } }
  }`;
}
