import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { CostGuard } from '../../src/cost/cost-guard.ts';
import { createApollo } from '../../src/graphql/create-apollo.ts';
import { OperationCache } from '../../src/graphql/execution/operation-cache.ts';
import { formatError } from '../../src/graphql/format-error.ts';
import type { GuardedContext } from '../../src/graphql/guards/guards.ts';
import { Guards } from '../../src/graphql/guards/guards.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { main, read } from '../support/accounts-file.ts';

it('Apollo Server does not parse a text that is not known, whatever way it has come there', async () => {
  const schema = loadSchema();
  const config = read({ accounts: [main] });
  const apollo = createApollo({
    config,
    schema,
    log: pino({ level: 'silent' }),
    guard: new CostGuard(config.cost, schema),
    operations: new OperationCache(schema),
    formatError,
    refusalOf: (digest) => new GraphQLError(digest, { extensions: { code: 'BAD_REQUEST' } }),
  });
  const contextValue = { guards: new Guards([]), operation: {} } as unknown as GuardedContext;
  const { body } = await apollo.executeOperation({ query: '{ accounts {' }, { contextValue });
  await apollo.stop();
  expect(body).toMatchObject({
    singleResult: { errors: [{ message: expect.stringMatching(/^[\da-f]{64}$/) }] },
  });
});
