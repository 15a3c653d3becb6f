import { GraphQLError, type ValidationRule } from 'graphql';

/** Refuses a subscription where there are none: graphql-js would find out only when it is to execute it. */
export const knownOperationTypes: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} in this API.`, { nodes: node }));
  },
});
