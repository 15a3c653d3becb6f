import type { GraphQLSchema } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { createServer } from '../../src/server/create-server.ts';
import { main, read } from '../support/accounts-file.ts';

/** graphql-js calls a resolver with four arguments, a compiled operation with three. */
async function start(schema: GraphQLSchema) {
  const given: number[] = [];
  for (const type of [schema.getQueryType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve = () => null } = field;
      field.resolve = (...all) => {
        given.push(all.length);
        return resolve(...all);
      };
    }
  }
  const server = await createServer(read({ accounts: [main] }, { LOG_LEVEL: 'silent' }), schema);
  onTestFinished(() => server.close());
  /** Bodies and numbers of arguments of an operation that is sent four times. */
  const askFourTimes = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    given.length = 0;
    const bodies: string[] = [];
    for (let times = 0; times < 4; times += 1) {
      const { body } = await server.app.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query },
        headers,
      });
      bodies.push(body);
    }
    return { bodies, given: [...given] };
  };
  return askFourTimes;
}

const answer = `${JSON.stringify({ data: { accounts: [{ key: 'main' }] } })}\n`;
const compiledFromTheThirdOn = { bodies: Array(4).fill(answer), given: [4, 4, 3, 3] };

describe('an operation that is sent repeatedly', () => {
  it('is executed by graphql-js twice, compiled from then on', async () => {
    const askFourTimes = await start(loadSchema());
    expect(await askFourTimes('{ accounts { key } }')).toEqual(compiledFromTheThirdOn);
  });

  it('is refused each time, and not executed, if it is a subscription', async () => {
    const askFourTimes = await start(loadSchema(['"Events." type Subscription { "One." event: Int }']));
    const { bodies, given } = await askFourTimes('subscription { event }');
    expect(given).toEqual([]);
    expect(new Set(bodies).size).toBe(4);
    for (const body of bodies) expect(body).toMatch(/text\/event-stream.*"code":"BAD_REQUEST"/);
  });

  it('is compiled and not traced where a gateway asks for a trace of a subgraph', async () => {
    const subgraph =
      '"A subgraph." type _Service { "SDL." sdl: String! } extend type Query { "SDL." _service: _Service! }';
    const askFourTimes = await start(loadSchema([subgraph]));
    const trace = { 'apollo-federation-include-trace': 'ftv1' };
    expect(await askFourTimes('query Traced { accounts { key } }', trace)).toEqual(compiledFromTheThirdOn);
    expect(await askFourTimes('query Later { accounts { key } }')).toEqual(compiledFromTheThirdOn);
  });
});
