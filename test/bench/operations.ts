import { aliases, callIdOf } from './figures.ts';

/** The operations that clients send, and what they hold of ours. */
const fields = `id provider providerCallId from to direction status providerStatus
  createdAt startedAt answeredAt endedAt updatedAt duration endReason providerEndReason callerName
  account { key }`;

const aliased = Array.from({ length: aliases }, (_, i) => i);

export const operations = {
  list: `query List($ids: [ID!], $first: Int, $after: String, $orderBy: CallOrder!) {
    calls(first: $first, after: $after, accountIds: $ids, orderBy: $orderBy) {
      nodes { ${fields} }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  one: `query One($id: ID!) { call(id: $id) { ${fields} } }`,
  twenty: `query Twenty(${aliased.map((i) => `$id${i}: ID!`).join(', ')}) {
    ${aliased.map((i) => `c${i}: call(id: $id${i}) { ...C }`).join(' ')}
  }
  fragment C on Call { ${fields} }`,
  create: `mutation Create($input: CreateCallInput!) {
    createCall(input: $input) { call { id status from to createdAt } replayed userErrors { code message } }
  }`,
};

/** What `createCall` is given besides the account. */
export const createInput = {
  from: '+19195550100',
  to: '+19195550199',
  answerUrl: 'https://example.com/answer',
  // Their defaults, given because graphql-jit takes a missing value that has a default for a fault.
  answerMethod: 'POST',
  fallbackMethod: 'POST',
  statusMethod: 'POST',
};

/** The key that the facade is asked with; its hash is in the accounts file. */
export const accessKey = 'bench-'.padEnd(64, '0');

/** An account's key in the configuration. */
export function keyOf(providerAccountId: string): string {
  return `bandwidth-${providerAccountId}`;
}

export function accountId(key: string): string {
  return toGlobalId(`Account:${key}`);
}

/** Global ids of so many calls of an account. */
export function callIds(first: number, count: number, providerAccountId = ''): string[] {
  const key = keyOf(providerAccountId);
  return Array.from({ length: count }, (_, i) => toGlobalId(`Call:${key}:${callIdOf(first + i)}`));
}

function toGlobalId(text: string): string {
  return Buffer.from(text).toString('base64url');
}
