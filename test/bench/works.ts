import {
  accounts,
  aliases,
  callIdOf,
  dialledAccount,
  pageSize,
  walkedAccount,
  walkedPage,
} from './figures.ts';
import type { Asked, Client } from './load.ts';
import { accessKey, accountId, callIds, createInput, keyOf, operations } from './operations.ts';

/**
 * The same piece of work, asked for in GraphQL and of the yardsticks that know none.
 *
 * Each client, counted from 0, asks for something of its own: another call, or a list that is a little
 * longer or shorter. What several ask for at a time the facade asks for once, and nobody would be the
 * wiser about what a request costs.
 */
export interface Work {
  readonly name: string;
  /** What a GraphQL server is sent. */
  readonly graphql: (client: number) => Client;
  /** What the hand-written handler and the pass-through are sent. */
  readonly rest: (client: number) => Client;
  /** Fields in which no two answers are the same. */
  readonly own?: readonly string[];
}

/** 50, 51, 49, 52, …: fifty on the average. */
function sizeOf(client: number): number {
  return pageSize + (client % 2 === 0 ? -1 : 1) * Math.ceil((client % 32) / 2);
}

function post(path: string, content: object): Asked {
  const headers = { 'content-type': 'application/json', 'x-api-key': accessKey };
  return { method: 'POST', path, headers, body: JSON.stringify(content) };
}

function toOperation(query: string, variables: object): Asked {
  return post('/graphql', { query, variables });
}

function get(path: string): Asked {
  return { method: 'GET', path, headers: {} };
}

function always(asked: Asked): Client {
  return { next: () => asked };
}

function list(name: string, path: string, keys: readonly string[], orderBy = 'NEWEST_FIRST'): Work {
  const ids = keys.map(accountId);
  return {
    name,
    graphql: (client) => always(toOperation(operations.list, { ids, first: sizeOf(client), orderBy })),
    rest: (client) => always(get(`${path}/${sizeOf(client)}`)),
    own: ['endCursor'],
  };
}

const [account] = accounts;
/** More than a client asks for in one go. */
const reserved = 100_000;

function oneCall(client: number, toAsked: (number: number) => Asked): Client {
  let number = client * reserved;
  return { next: () => toAsked(number++) };
}

/** Page by page to the end, and from the beginning again. */
function walk(toAsked: (after: string | null) => Asked): Client {
  let after: string | null = null;
  return {
    next: () => toAsked(after),
    hear: (answer) => {
      const { hasNextPage, endCursor } = JSON.parse(answer).data?.calls.pageInfo ?? {};
      after = hasNextPage ? endCursor : null;
      return hasNextPage === true;
    },
  };
}

/** 500 is the largest page. */
function walkedSizeOf(client: number): number {
  return walkedPage - (client % 32);
}

export const works: readonly Work[] = [
  list('list of 50', '/list', [keyOf(account)]),
  list('oldest 50', '/oldest', [keyOf(account)], 'OLDEST_FIRST'),
  {
    name: 'one call',
    graphql: (client) =>
      oneCall(client, (number) => toOperation(operations.one, { id: callIds(number, 1, account)[0] })),
    rest: (client) => oneCall(client, (number) => get(`/call/${callIdOf(number)}`)),
  },
  {
    name: 'twenty aliases',
    graphql: (client) => {
      // Not all of one account, which lets no more than 320 requests wait at a time.
      const ids = callIds(client * aliases, aliases, accounts[client % accounts.length]);
      return always(toOperation(operations.twenty, Object.fromEntries(ids.map((id, i) => [`id${i}`, id]))));
    },
    rest: (client) => always(get(`/calls/${client * aliases}/${accounts[client % accounts.length]}`)),
  },
  list('four accounts', '/merged', accounts.map(keyOf)),
  list('Restcomm JSON', '/restcomm-json', ['restcomm-json']),
  list('Restcomm XML', '/restcomm-xml', ['restcomm-xml']),
  {
    name: 'walk of 10 000',
    graphql: (client) => {
      const page = {
        ids: [accountId(keyOf(walkedAccount))],
        first: walkedSizeOf(client),
        orderBy: 'NEWEST_FIRST',
      };
      return walk((after) => toOperation(operations.list, { ...page, after }));
    },
    rest: (client) => walk((after) => get(`/walk/${walkedSizeOf(client)}/${after ?? '0'}`)),
    own: ['endCursor'],
  },
  {
    name: 'createCall',
    graphql: () =>
      always(
        toOperation(operations.create, {
          input: { accountId: accountId(keyOf(dialledAccount)), ...createInput },
        }),
      ),
    rest: () => always(post('/create', createInput)),
    own: ['id', 'createdAt'],
  },
];
