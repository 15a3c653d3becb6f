import {
  type GraphQLCompositeType,
  type GraphQLField,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { schema } from './asked.ts';

/** Types that fragments are made on, and inline ones too. */
const fragmentTypes = [
  'Query',
  'Call',
  'Account',
  'CallConnection',
  'CallEdge',
  'PageInfo',
  'Node',
  'CallDetails',
];
const deepest = 5;

/** How each argument may be written; the variables are those of `someVariables`. */
const ways: Readonly<Record<string, readonly string[]>> = {
  first: ['', 'first: 3', 'first: 0', 'first: $n', 'first: $d', 'first: 600', 'last: $n'],
  ids: ['ids: ["a", "b"]', 'ids: $ids', 'ids: []', 'ids: "a"'],
  accountIds: ['', '', 'accountIds: ["a"]', 'accountIds: $accounts', 'accountIds: []'],
  id: ['id: "a"'],
  accountId: ['accountId: "a"'],
  bxml: ['bxml: "<Bxml/>"'],
  providerCallId: ['providerCallId: "c"'],
  name: ['name: "Call"'],
  input: ['input: $create', 'input: $update', 'input: $bxml'],
};
const inputOf: Readonly<Record<string, string>> = {
  createCall: '$create',
  updateCall: '$update',
  updateCallBxml: '$bxml',
};
const directives = [
  '',
  '',
  '',
  '',
  '',
  '',
  '@include(if: $yes)',
  '@skip(if: $no)',
  '@skip(if: $yes)',
  '@include(if: false)',
];

/**
 * A valid document (but for merging, and for what it declares and does not use), made of a list of choices:
 * where the list is at its end, the simplest choice is made, so that every list ends in a document.
 */
export function someDocument(choices: readonly number[]): string {
  let next = 0;
  let aliases = 0;
  const pick = (many: number) => (choices[next++] ?? 0) % many;
  const oneOf = <T>(list: readonly T[]) => list[pick(list.length)] as T;
  const fragments = Array.from({ length: pick(5) }, () => oneOf(fragmentTypes));

  /** @param from the first fragment that may be spread: those before it may spread what this stands in */
  function selections(type: GraphQLCompositeType, depth: number, from: number): string {
    return `{ ${Array.from({ length: 1 + pick(4) }, () => selection(type, depth, from)).join(' ')} }`;
  }

  function selection(type: GraphQLCompositeType, depth: number, from: number): string {
    const directive = oneOf(directives);
    switch (pick(5)) {
      case 1: {
        const spreadable = fragments.flatMap((on, i) => (i >= from && on === type.name ? [`F${i}`] : []));
        return spreadable.length === 0 ? '__typename' : `...${oneOf(spreadable)} ${directive}`;
      }
      case 2: {
        const narrower = isObjectType(type) ? type : oneOf(schema.getPossibleTypes(type));
        const on = pick(2) === 0 && narrower !== type ? `on ${narrower.name}` : '';
        return `... ${on} ${directive} ${selections(on === '' ? type : narrower, depth + 1, from)}`;
      }
      default:
        return field(type, depth, from, directive);
    }
  }

  function field(type: GraphQLCompositeType, depth: number, from: number, directive: string): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const leaves = fields.filter((each) => isLeafType(getNamedType(each.type)));
    const deep = fields.filter((each) => isCompositeType(getNamedType(each.type)));
    const alias = pick(4) === 1 ? `a${aliases++}: ` : '';
    const chosen =
      depth < deepest && deep.length > 0 && pick(3) !== 0
        ? oneOf(deep)
        : leaves.length > 0
          ? oneOf(leaves)
          : undefined;
    if (chosen === undefined) return `${alias}__typename ${directive}`;
    if (type.name === 'Query' && pick(9) === 8) return `${alias}__schema ${directive} { types { name } }`;
    const inner = getNamedType(chosen.type);
    const braces = isCompositeType(inner) ? selections(inner, depth + 1, from) : '';
    return `${alias}${chosen.name}${argumentsOf(chosen)} ${directive} ${braces}`;
  }

  function argumentsOf({ name, args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((arg) =>
      arg.name === 'input' ? [`input: ${inputOf[name]}`] : oneOf(ways[arg.name] ?? ['']),
    );
    const written = given.filter((each) => each !== '');
    return written.length === 0 ? '' : `(${written.join(', ')})`;
  }

  const definitions = fragments.map((on, i) => {
    const type = schema.getType(on);
    if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type))
      throw new Error(`${on} is no type.`);
    return `fragment F${i} on ${on} ${selections(type, 1, i + 1)}`;
  });
  const root = pick(6) === 5 ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('There is no root.');
  const word = root.name === 'Mutation' ? 'mutation' : 'query';
  return `${word} Q(${declarations}) ${selections(root, 0, 0)} ${definitions.join(' ')}`;
}

const declarations =
  '$n: Int, $d: Int = 4, $ids: [ID!]!, $accounts: [ID!], $yes: Boolean!, $no: Boolean! = false, ' +
  '$create: CreateCallInput!, $update: UpdateCallInput!, $bxml: UpdateCallBxmlInput!';
