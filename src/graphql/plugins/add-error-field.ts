import type { ApolloServerPlugin } from '@apollo/server';
import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  Kind,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

type Names = readonly string[];

/**
 * Adds `extensions.code` INVALID_INPUT and `extensions.field`, the path of the argument, to every error of the scalars
 * `DateTime` and `URL`, as refusals of resolvers have them. graphql-js names no argument for a literal and only the
 * variable for a variable, and Apollo Server replaces the code.
 */
export const addErrorField: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, document }) {
        for (const error of errors) if (document !== undefined) complete(error, document);
      },
    };
  },
};

function complete(error: GraphQLError, document: DocumentNode): void {
  const { originalError: cause, nodes: [node] = [] } = error;
  if (!(cause instanceof GraphQLError) || cause.extensions.code !== 'INVALID_INPUT' || !node) return;
  const isVariable = node.kind === Kind.VARIABLE_DEFINITION;
  const field = isVariable
    ? fieldOfVariable(document, node, namesIn(error.message, cause.message))
    : fieldOfLiteral(document, node);
  Object.assign(error.extensions, { code: 'INVALID_INPUT', field });
  if (!isVariable) error.message = `\`${field.join('.')}\` got an invalid value; ${cause.message}`;
}

/** The path within a variable, which graphql-js prints between the value and the cause: `… at "f.ids[0]"; …`. */
function namesIn(message: string, cause: string): Names {
  const [, path = ''] = / at "\w+([\w.[\]]*)"$/.exec(message.slice(0, -`; ${cause}`.length)) ?? [];
  return path.match(/\w+/g) ?? [];
}

/** The path of the argument that first uses a variable, followed by the path within the variable. */
function fieldOfVariable(document: DocumentNode, definition: VariableDefinitionNode, within: Names): Names {
  const { value: name } = definition.variable.name;
  // Another operation may have a variable of the same name.
  const own = document.definitions.filter(
    (each) => each.kind !== Kind.OPERATION_DEFINITION || each.variableDefinitions?.includes(definition),
  );
  const use = find({ ...document, definitions: own }, (node) => {
    return node.kind === Kind.VARIABLE && node.name.value === name && node !== definition.variable;
  });
  return [...(use?.names ?? [name]), ...within];
}

/** The path of a literal, which may be in the default value of a variable. */
function fieldOfLiteral(document: DocumentNode, value: ASTNode): Names {
  const { names, definition } = find(document, (node) => node === value) ?? { names: [] };
  return definition === undefined ? names : fieldOfVariable(document, definition, names);
}

interface ValueLocation {
  /** The argument, then fields of input objects and indices of lists. */
  readonly names: Names;
  /** The variable, if the value is in its default. */
  readonly definition: VariableDefinitionNode | undefined;
}

function find(document: DocumentNode, predicate: (node: ASTNode) => boolean): ValueLocation | undefined {
  let location: ValueLocation | undefined;
  visit(document, {
    enter(node, _key, _parent, path) {
      if (!predicate(node)) return undefined;
      location = locate(document, path);
      return BREAK;
    },
  });
  return location;
}

/** @param path from the document to the node, as `visit` passes it */
function locate(document: DocumentNode, path: readonly (string | number)[]): ValueLocation {
  const names: string[] = [];
  let definition: VariableDefinitionNode | undefined;
  let at: unknown = document;
  for (const [i, key] of path.entries()) {
    at = (at as Record<string | number, unknown>)[key];
    const node = at as ASTNode;
    if (path[i - 1] === 'values') names.push(`${key}`);
    else if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) names.push(node.name.value);
    else if (node.kind === Kind.VARIABLE_DEFINITION) definition = node;
  }
  return { names, definition };
}
