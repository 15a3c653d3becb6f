import { getNamedType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FieldRules } from '../../src/cost/field-rules.ts';
import { defaultPageSize } from '../../src/cost/list-limits.ts';
import { schema } from './asked.ts';

const rules = new FieldRules(schema);
const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : [],
  )
  .map(({ type, field }) => ({
    path: `${type.name}.${field.name}`,
    parent: type.name,
    returned: getNamedType(field.type).name,
    rule: rules.of(type, field.name),
  }));

describe('the directives of the schema', () => {
  it('give a request to each field of a mutation', () => {
    const mutations = fields.filter(({ parent }) => parent === 'Mutation');
    expect(mutations.length).toBeGreaterThan(2);
    for (const { path, rule } of mutations) expect([path, rule?.requests.count]).toEqual([path, 1]);
  });

  it('give each connection its requests, and the size that the resolver reads', () => {
    const connections = fields.filter(({ returned }) => returned.endsWith('Connection'));
    expect(connections.map(({ path }) => path).sort()).toEqual(['Account.calls', 'Query.calls']);
    for (const { rule } of connections) {
      expect(rule?.listSize).toMatchObject({
        assumedSize: defaultPageSize,
        slicingArguments: ['first', 'last'],
        sizedFields: ['edges', 'nodes'],
      });
      expect((rule?.requests.count ?? 0) + (rule?.requests.perAccount ?? 0)).toBe(1);
      expect(rule?.cost.weight).toBe(1);
    }
  });

  it('count each call, account and node, but for the calls of a page, which are counted with the page', () => {
    const objects = fields.filter(({ returned }) => ['Call', 'Account', 'Node'].includes(returned));
    const free = objects.filter(({ rule }) => rule?.cost.weight === 0).map(({ path }) => path);
    expect(objects.length).toBeGreaterThan(10);
    expect(free.sort()).toEqual(['CallConnection.nodes', 'CallEdge.node']);
  });
});
