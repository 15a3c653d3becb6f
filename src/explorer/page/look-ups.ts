import type { ServerFacts } from './session.ts';

/** Runs an operation of a look-up against the server. */
export type Ask = (operation: { query: string }) => Promise<{ data?: Answer | null }>;

interface Answer {
  accounts?: readonly { id: string; provider: string; capabilities: readonly string[] }[];
  calls?: { nodes: readonly { id: string }[]; pageInfo: { endCursor: string | null } } | null;
}

/** What a placeholder stands for; undefined where the server has nothing of the kind. */
export type LookUps = ReadonlyMap<string, () => Promise<string | undefined>>;

/** How long a call just created may take to be answered, in seconds. */
const patience = 10;

/**
 * The placeholders that the variables of a tab may hold. With real accounts a ready tab places no call by
 * itself, and changes none that nobody named: numbers and live calls are filled in on the sandbox alone.
 */
export function createLookUps(ask: Ask, { sandbox }: ServerFacts): LookUps {
  const account = async (provider: string, capability: string) => {
    const { data } = await ask({ query: '{ accounts { id provider capabilities } }' });
    const accounts = data?.accounts?.filter((each) => each.provider === provider) ?? [];
    return (accounts.find(({ capabilities }) => capabilities.includes(capability)) ?? accounts[0])?.id;
  };
  const calls = async (parameters: string) => {
    const { data } = await ask({ query: `{ calls(${parameters}) { nodes { id } pageInfo { endCursor } } }` });
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
    if (found === undefined) await ask({ query: createAnsweredCall(accountId) });
    for (let waited = 0; found === undefined && waited < patience; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      found = await look();
    }
    return found;
  };
  const number = async (text: string) => (sandbox ? text : undefined);
  return new Map([
    ['<Bandwidth account>', () => account('BANDWIDTH', 'CREATE_CALL')],
    ['<Restcomm account>', () => account('RESTCOMM', 'CREATE_CALL')],
    ['<end cursor of ListCalls>', async () => (await calls('first: 5'))?.pageInfo.endCursor ?? undefined],
    ['<newest call>', async () => (await calls('first: 1'))?.nodes[0]?.id],
    ['<Bandwidth call in progress>', () => callInProgress('BANDWIDTH', 'UPDATE_BXML')],
    ['<Restcomm call in progress>', () => callInProgress('RESTCOMM', 'MUTE_CALL')],
    ['<your number>', () => number('+19195551234')],
    ['<number to call>', () => number('+19195550700')],
  ]);
}

/** The sandbox has numbers that end in 700 answered, and keeps the call up for an hour. */
function createAnsweredCall(accountId: string): string {
  return `mutation {
    createCall(input: {
      accountId: "${accountId}", from: "+19195550100", to: "+19195550700", answerUrl: "https://example.com/answer"
    }) { userErrors { code } }
  }`;
}
