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
  const use = find({ ...document, definitions: own }, (node, parent) => {
    return node.kind === Kind.VARIABLE && node.name.value === name && parent !== definition;
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
  readonly definition?: VariableDefinitionNode;
}

function find(
  document: DocumentNode,
  predicate: (node: ASTNode, parent: ASTNode | undefined) => boolean,
): ValueLocation | undefined {
  let location: ValueLocation | undefined;
  visit(document, {
    enter(node, _, parent, path, ancestors) {
      const parents = [...ancestors, ...(parent === undefined ? [] : [parent])].filter(isNode);
      if (!predicate(node, parents.at(-1))) return undefined;
      const definition = parents.find((each) => each.kind === Kind.VARIABLE_DEFINITION);
      location = { names: namesOn(document, path), ...(definition && { definition }) };
      return BREAK;
    },
  });
  return location;
}

function isNode(item: ASTNode | readonly ASTNode[]): item is ASTNode {
  return 'kind' in item;
}

/** @param path from the document to the node, as `visit` passes it */
function namesOn(document: DocumentNode, path: readonly (string | number)[]): Names {
  let at: unknown = document;
  return path.flatMap((key, i) => {
    at = (at as Record<string | number, unknown>)[key];
    if (path[i - 1] === 'values') return [`${key}`];
    const { kind, name } = at as { kind?: Kind; name?: { value: string } };
    return name !== undefined && (kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD) ? [name.value] : [];
  });
}
