import { GraphQLError, type ValidationRule } from 'graphql';

/** A validation rule: the schema has a root type for the operation. graphql-js checks this only on execution. */
export const knownOperationTypes: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} in this API.`, { nodes: node }));
  },
});
