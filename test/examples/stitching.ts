import { makeExecutableSchema } from '@graphql-tools/schema';
import { stitchSchemas } from '@graphql-tools/stitch';
import { createCallsApi } from '../../src/index.ts';

const customers = makeExecutableSchema({
  typeDefs: 'type Query { customer(id: ID!): Customer } type Customer { id: ID! number: String! }',
  resolvers: { Query: { customer: (_, { id }) => ({ id, number: '+19195551234' }) } },
});

/** One gateway over calls and customers. Its executor keeps every limit, and `Customer.calls` is a filter. */
export async function createGateway() {
  const calls = await createCallsApi({ sandbox: true });
  const schema = stitchSchemas({
    subschemas: [
      { schema: customers },
      {
        schema: calls.schema,
        executor: ({ document, variables, operationName, context }) =>
          calls.execute({ document, variables, operationName, caller: context?.caller }) as never,
      },
    ],
  });
  return { schema, close: () => calls.close() };
}
