import { type ArgumentNode, Kind, type ObjectFieldNode, parse, type ValueNode } from 'graphql';
import { type Node, parseTree } from 'jsonc-parser';
import { mapBlockString, mapString, type SourceString } from './string-offsets.ts';

/** A BXML document in the operation or the variables of a tab. */
export interface BxmlInput {
  readonly document: InputString;
  /** The global id of the account or the call that the document is for. */
  readonly id: string;
  readonly of: 'account' | 'call';
}

interface InputString extends SourceString {
  readonly editor: 'operation' | 'variables';
}

/** Strings and objects of an argument, wherever they are written. */
type Input = InputString | ReadonlyMap<string, Input> | undefined;

/** Where fields of the schema take a document, and the id of its account or call. */
const places = [
  { field: 'checkBxml', bxml: ['bxml'], id: ['accountId'], of: 'account' },
  { field: 'createCall', bxml: ['input', 'document', 'bxml'], id: ['input', 'accountId'], of: 'account' },
  { field: 'updateCallBxml', bxml: ['input', 'bxml'], id: ['input', 'id'], of: 'call' },
] as const;

/** Finds the documents of a tab whose account or call is named; none while the operation cannot be parsed. */
export function findBxmlInputs(operation: string, variables: string): readonly BxmlInput[] {
  const values = fromJson(parseTree(variables), variables);
  return rootFields(operation).flatMap(({ name, arguments: given = [] }) => {
    const place = places.find(({ field }) => field === name.value);
    if (place === undefined) return [];
    const inputs = fromFields(given, operation, values);
    const [document, id] = [at(inputs, place.bxml), at(inputs, place.id)];
    return isString(document) && isString(id) ? [{ document, id: id.value, of: place.of }] : [];
  });
}

function rootFields(operation: string) {
  try {
    return parse(operation)
      .definitions.flatMap((each) =>
        each.kind === Kind.OPERATION_DEFINITION ? each.selectionSet.selections : [],
      )
      .filter((each) => each.kind === Kind.FIELD);
  } catch {
    return [];
  }
}

function fromFields(
  fields: readonly (ArgumentNode | ObjectFieldNode)[],
  source: string,
  variables: Input,
): Input {
  return new Map(fields.map(({ name, value }) => [name.value, fromGraphql(value, source, variables)]));
}

function fromGraphql(node: ValueNode, source: string, variables: Input): Input {
  if (node.kind === Kind.VARIABLE) return at(variables, [node.name.value]);
  if (node.kind === Kind.OBJECT) return fromFields(node.fields, source, variables);
  if (node.kind !== Kind.STRING || node.loc === undefined) return undefined;
  const [map, quotes] = node.block ? [mapBlockString, 3] : [mapString, 1];
  const [start, end] = [node.loc.start + quotes, node.loc.end - quotes];
  return { editor: 'operation', ...map(node.value, source.slice(start, end), start) };
}

function fromJson(node: Node | undefined, source: string): Input {
  if (node?.type === 'object') {
    return new Map(
      node.children?.map(({ children: [key, value] = [] }) => [key?.value, fromJson(value, source)] as const),
    );
  }
  if (node?.type !== 'string') return undefined;
  const [start, end] = [node.offset + 1, node.offset + node.length - 1];
  return { editor: 'variables', ...mapString(node.value, source.slice(start, end), start) };
}

function at(input: Input, path: readonly string[]): Input {
  return path.reduce<Input>((value, name) => (value instanceof Map ? value.get(name) : undefined), input);
}

function isString(input: Input): input is InputString {
  return input !== undefined && 'value' in input;
}
