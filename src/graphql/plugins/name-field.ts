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
 * Gives one code and the path of the argument to every error in a `DateTime` or a `URL`, as the refusals of
 * resolvers have them. For a literal graphql-js names neither, and Apollo Server replaces the code; for a variable
 * graphql-js names the variable alone.
 */
export const nameField: ApolloServerPlugin = {
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

/** The path within a variable, which graphql-js puts between the value and the cause: `… at "f.ids[0]"; …`. */
function namesIn(message: string, cause: string): Names {
  const [, path = ''] = / at "\w+([\w.[\]]*)"$/.exec(message.slice(0, -`; ${cause}`.length)) ?? [];
  return path.match(/\w+/g) ?? [];
}

/** Where the first use of a variable stands, and what is within the variable from there. */
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

/** Where a value stands, which may be the default of a variable. */
function fieldOfLiteral(document: DocumentNode, value: ASTNode): Names {
  const { names, definition } = find(document, (node) => node === value) ?? { names: [] };
  return definition === undefined ? names : fieldOfVariable(document, definition, names);
}

interface Place {
  /** Of the argument, and of the fields of input objects and the indices of lists in it. */
  readonly names: Names;
  /** The variable whose default it is. */
  readonly definition?: VariableDefinitionNode;
}

function find(
  document: DocumentNode,
  isWanted: (node: ASTNode, parent: ASTNode | undefined) => boolean,
): Place | undefined {
  let place: Place | undefined;
  visit(document, {
    enter(node, _, parent, path, ancestors) {
      const around = [...ancestors, ...(parent === undefined ? [] : [parent])].filter(isNode);
      if (!isWanted(node, around.at(-1))) return undefined;
      const definition = around.find((each) => each.kind === Kind.VARIABLE_DEFINITION);
      place = { names: namesOn(document, path), ...(definition && { definition }) };
      return BREAK;
    },
  });
  return place;
}

function isNode(item: ASTNode | readonly ASTNode[]): item is ASTNode {
  return 'kind' in item;
}

/** @param path from the document on, as `visit` gives it */
function namesOn(document: DocumentNode, path: readonly (string | number)[]): Names {
  let at: unknown = document;
  return path.flatMap((key, i) => {
    at = (at as Record<string | number, unknown>)[key];
    if (path[i - 1] === 'values') return [`${key}`];
    const { kind, name } = at as { kind?: Kind; name?: { value: string } };
    return name !== undefined && (kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD) ? [name.value] : [];
  });
}
