import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

/**
 * Returns the SDL that `_service` has for a gateway (Apollo Federation 2), from the documents of the schema:
 *
 * - Calls and accounts are entities by their global ids, so that other subgraphs may extend them.
 * - `PageInfo` is shareable, on the type: every subgraph with connections as Relay has them defines it.
 * - `Query.node` and `Query.nodes` are left out. A supergraph has them from one subgraph, which would have to know the
 *   objects of all others.
 * - `@oneOf` is declared, since composition does not know it. `@cost` and `@listSize` are those of the federation,
 *   whose weights are integers and not texts as in the GraphQL Cost Directives specification.
 */
export function subgraphSdl(documents: readonly DocumentNode[]): string {
  const whole: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: documents.flatMap((each) => each.definitions),
  };
  const offered = visit(whole, {
    FieldDefinition: {
      enter: ({ name }, _key, _parent, _path, ancestors) => {
        const type = ancestors.at(-1) as { readonly name?: { readonly value: string } } | undefined;
        return type?.name?.value === 'Query' && notOffered.has(name.value) ? null : undefined;
      },
    },
    ObjectTypeDefinition: {
      leave: (node) => {
        const directive = added[node.name.value];
        return directive && { ...node, directives: [...(node.directives ?? []), directive] };
      },
    },
    Directive: {
      leave: (node) =>
        node.name.value === 'cost' ? { ...node, arguments: node.arguments?.map(withWholeNumber) } : undefined,
    },
    DirectiveDefinition: ({ name }) => (imported.has(name.value) ? null : undefined),
  });
  return `${link}\n\n${print(offered)}\n`;
}

const link = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])

directive @oneOf on INPUT_OBJECT`;

function withWholeNumber(argument: ArgumentNode): ArgumentNode {
  const { value } = argument;
  return value.kind === Kind.STRING
    ? { ...argument, value: { kind: Kind.INT, value: value.value } }
    : argument;
}

const notOffered = new Set(['node', 'nodes']);
const imported = new Set(['cost', 'listSize']);
const added: Readonly<Record<string, ConstDirectiveNode>> = {
  Account: directiveOf('@key(fields: "id")'),
  Call: directiveOf('@key(fields: "id")'),
  PageInfo: directiveOf('@shareable'),
};

function directiveOf(text: string): ConstDirectiveNode {
  const [definition] = parse(`type T ${text}`).definitions;
  const [directive] =
    definition !== undefined && 'directives' in definition ? (definition.directives ?? []) : [];
  if (directive === undefined) throw new TypeError(text);
  return directive as ConstDirectiveNode;
}
