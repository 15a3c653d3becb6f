/** Where a placeholder's value comes from. */
export interface LookUp {
  /** Answers a connection under the name `found`. */
  query: string;
  take(found: Found): string | null | undefined;
  /** Makes something that the query will find within seconds, when there is nothing yet. */
  create?: string;
}

export interface Found {
  nodes: { id: string }[];
  pageInfo: { endCursor: string | null };
}

const BANDWIDTH_SANDBOX = 'QWNjb3VudDpiYW5kd2lkdGgtc2FuZGJveA';
const CONNECT_SANDBOX = 'QWNjb3VudDpjb25uZWN0LXNhbmRib3g';

/** The placeholders that the variables of a tab may hold. */
export const lookUps: ReadonlyMap<string, LookUp> = new Map([
  [
    '<end cursor of ListCalls>',
    { query: find('first: 5'), take: (found: Found) => found.pageInfo.endCursor },
  ],
  ['<newest call>', { query: find('first: 1'), take: firstId }],
  ['<Bandwidth call in progress>', callInProgress(BANDWIDTH_SANDBOX)],
  ['<Restcomm call in progress>', callInProgress(CONNECT_SANDBOX)],
]);

/** Names a sandbox account, so that on a server with real accounts a ready tab touches nobody's call. */
function callInProgress(accountId: string): LookUp {
  return {
    query: find(`first: 1, accountIds: ["${accountId}"], filter: { statuses: [IN_PROGRESS] }`),
    take: firstId,
    // The sandbox has numbers that end in 700 answered, and keeps the call up for an hour.
    create: `mutation {
      createCall(input: {
        accountId: "${accountId}", from: "+19195550100", to: "+19195550700", answerUrl: "https://example.com/answer"
      }) { userErrors { code } }
    }`,
  };
}

function find(callsArguments: string): string {
  return `{ found: calls(${callsArguments}) { nodes { id } pageInfo { endCursor } } }`;
}

function firstId(found: Found): string | undefined {
  return found.nodes[0]?.id;
}
