import {
  type FieldNode,
  getNamedType,
  isUnionType,
  Kind,
  print,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostInput, Figures } from './figures-of.ts';

/** A field of the operation with all fragments written out. */
interface Expanded {
  readonly node: FieldNode;
  readonly on: string;
  readonly directives: number;
  readonly isLeftOut: boolean;
  readonly isExtra: boolean;
  readonly fields: readonly Expanded[];
}

/** Types that hold a call, so that none is read for them. */
const given = ['CreateCallPayload', 'CallEvent'];

/**
 * The figures, worked out in the plainest way there is: write every fragment out, then go down with the
 * number of times that each object is there. Takes exponential time; shares no code with what it checks.
 */
export function naiveFigures({ schema, document, operation, variables, accounts }: CostInput): Figures {
  const values: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const given = variables[variable.name.value];
    if (given === undefined && defaultValue) values[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  let [fragmentDirectives, nodes, requests] = [0, 0, 0];

  function argument(node: Pick<FieldNode, 'arguments'>, name: string): unknown {
    const value = node.arguments?.find((each) => each.name.value === name)?.value;
    return value && valueFromASTUntyped(value, values);
  }

  function isOut(node: Pick<FieldNode, 'directives'>): boolean {
    return (node.directives ?? []).some((each) => argument(each, 'if') === (each.name.value === 'skip'));
  }

  function expand({ selections }: SelectionSetNode, on: string, out: boolean): Expanded[] {
    const seen: string[] = [];
    return selections.flatMap((selection): Expanded[] => {
      const isLeftOut = out || isOut(selection);
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const isExtra = selection.alias !== undefined || seen.includes(name);
        if (selection.alias === undefined) seen.push(name);
        const fields = expandWithin(selection, on, isLeftOut);
        return [{ node: selection, on, directives, isLeftOut, isExtra, fields }];
      }
      fragmentDirectives += directives;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return expand(selection.selectionSet, selection.typeCondition?.name.value ?? on, isLeftOut);
      }
      const definition = document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
      );
      if (definition?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error('A fragment is missing.');
      return expand(definition.selectionSet, definition.typeCondition.name.value, isLeftOut);
    });
  }

  function expandWithin({ name, selectionSet }: FieldNode, on: string, out: boolean): Expanded[] {
    if (selectionSet === undefined) return [];
    const parent = schema.getType(on);
    const field =
      parent && 'getFields' in parent && !isUnionType(parent) ? parent.getFields()[name.value] : undefined;
    return expand(selectionSet, field ? getNamedType(field.type).name : '__Schema', out);
  }

  function size(node: FieldNode): number {
    const [first, last] = [argument(node, 'first'), argument(node, 'last')];
    const given = [first, last].filter((each) => typeof each === 'number');
    return given.length === 0 ? 20 : Math.min(500, Math.max(...given));
  }

  function countIn(fields: readonly Expanded[], times: number, calls: number, read: number): void {
    for (const each of fields) if (!each.isLeftOut) count(each, times, calls, read);
  }

  /** @param calls of the page around it, as `read` is the number of its accounts */
  function count({ node, on, fields }: Expanded, times: number, calls: number, read: number): void {
    const field = node.name.value;
    if (field === '__schema') {
      nodes += 1000 * times;
      return;
    }
    if (field === 'totalCount' || field === 'hasPreviousPage') requests += times * read;
    if (on === 'Mutation' && field !== '__typename') requests += times;
    if (field === 'calls') {
      const ids = argument(node, 'accountIds');
      const pages = on === 'Account' ? 1 : Array.isArray(ids) ? Math.min(ids.length, accounts) : accounts;
      nodes += times * size(node);
      requests += times * pages;
      countIn(fields, times, size(node), pages);
      return;
    }
    let [own, asking] = [0, 0];
    if (
      field === 'parent' ||
      (field === 'call' && !given.includes(on)) ||
      (field === 'node' && on === 'Query')
    )
      [own, asking] = [1, 1];
    if (field === 'account' || (field === 'call' && given.includes(on))) own = 1;
    let there = times;
    if (field === 'nodes' && on === 'Query') {
      const ids = argument(node, 'ids');
      there = times * (Array.isArray(ids) ? ids.length : 1);
      [own, asking] = [1, 1];
    }
    if (field === 'checkBxml') own = 500;
    if (field === 'timeline') [there, own] = [times * 10, 10];
    if (field === 'accounts') [there, own] = [times * accounts, 1];
    if (on === 'CallConnection' && (field === 'nodes' || field === 'edges')) there = times * calls;
    if (on === 'CallConnection' && field === 'unavailable') there = times * read;
    if (on === 'CallConnection' && field === 'skipped') there = times * read * 21;
    nodes += there * own;
    requests += there * asking;
    countIn(fields, there, calls, read);
  }

  const root = operation.operation === 'mutation' ? 'Mutation' : 'Query';
  const fields = expand(operation.selectionSet, root, false);
  const all = flatten(fields);
  countIn(fields, 1, 0, 0);
  return {
    depth: depthOf(fields),
    rootFields: fields.length,
    changes: root === 'Mutation' ? fields.filter(({ node }) => node.name.value !== '__typename').length : 0,
    fragments: [...print(document).matchAll(/\.\.\./g)].length,
    fields: all.length,
    aliases: all.filter(({ isExtra }) => isExtra).length,
    directives: fragmentDirectives + all.reduce((sum, { directives }) => sum + directives, 0),
    nodes,
    requests,
  };
}

function flatten(fields: readonly Expanded[]): Expanded[] {
  return fields.flatMap((each) => [each, ...flatten(each.fields)]);
}

function depthOf(fields: readonly Expanded[]): number {
  return Math.max(0, ...fields.map((each) => 1 + depthOf(each.fields)));
}
