import { type GraphQLSchema, isEnumType, validateSchema } from 'graphql';
import type { ProviderDefinition } from '../calls/calls-adapter.ts';
import { ConfigError } from '../config/config.ts';
import { loadSchema } from '../graphql/load-schema.ts';
import { toTypeName } from '../graphql/resolvers/call-details.ts';

/**
 * Loads the schema with the types of further providers.
 *
 * @throws ConfigError if it is no valid schema, or lacks what a provider has to add
 */
export function loadSchemaOf(adapters: readonly ProviderDefinition[], isSubgraph: boolean): GraphQLSchema {
  const toError = (message: string) => ({ path: 'adapters', message });
  let schema: GraphQLSchema;
  try {
    schema = loadSchema(
      adapters.map(({ typeDefs }) => typeDefs),
      isSubgraph,
    );
  } catch (error) {
    throw new ConfigError([toError(`make no schema: ${(error as Error).message}`)]);
  }
  if (adapters.length === 0) return schema;
  const invalid = validateSchema(schema).map(({ message }) => toError(`make no schema: ${message}`));
  const values = schema.getType('Provider');
  const missing = adapters.flatMap(({ provider }, i) => {
    const type = toTypeName(provider);
    const parts = [
      ...(isEnumType(values) && values.getValue(provider)
        ? []
        : [`the value ${provider} of the enum Provider`]),
      ...(schema.getType(type) ? [] : [`the type ${type}`]),
    ];
    return parts.map((part) => ({ path: `adapters[${i}].typeDefs`, message: `must add ${part}` }));
  });
  if (invalid.length + missing.length > 0) throw new ConfigError([...invalid, ...missing]);
  return schema;
}
