import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { z } from 'zod';

const count = z.coerce.number().int().nonnegative();
const name = z.string().optional();
const names = z.array(z.string());
/** The arguments of the directives in `schema/cost.graphql`, which describes them. */
const directives = z.object({
  cost: z.object({ weight: count }).default({ weight: 0 }),
  requests: z.object({ count, perAccount: count, accounts: name }).default({ count: 0, perAccount: 0 }),
  entries: z.object({ argument: name, perAccount: count.optional() }).default({}),
  listSize: z
    .object({ assumedSize: count, slicingArguments: names.default([]), sizedFields: names.optional() })
    .optional(),
});

/** How the cost of a field is computed. */
export interface FieldRule extends z.infer<typeof directives> {
  readonly type: GraphQLNamedType;
  /** Whether it is one of the `sizedFields` of the surrounding page. */
  readonly isSized: boolean;
}

/** Schemas are not changed, and one may serve many servers. */
const read = new WeakMap<GraphQLSchema, FieldRules>();

/** The rules of all fields of a schema, read from its directives. */
export class FieldRules {
  static from(schema: GraphQLSchema): FieldRules {
    const rules = read.get(schema) ?? new FieldRules(schema);
    read.set(schema, rules);
    return rules;
  }

  readonly schema: GraphQLSchema;
  /** Names of the arguments that a cost depends on. */
  readonly arguments: ReadonlySet<string | undefined>;
  readonly #rules = new Map<string, ReadonlyMap<string, FieldRule>>();

  constructor(schema: GraphQLSchema) {
    this.schema = schema;
    for (const parent of Object.values(schema.getTypeMap())) {
      if (!isObjectType(parent) && !isInterfaceType(parent)) continue;
      const fields = Object.values(parent.getFields());
      this.#rules.set(parent.name, new Map(fields.map((field) => [field.name, readRule(schema, field)])));
    }
    const all = [...this.#rules.values()].flatMap((rules) => [...rules.values()]);
    for (const { type, listSize } of all) {
      for (const sized of listSize?.sizedFields ?? [])
        Object.assign(this.of(type, sized) ?? {}, { isSized: true });
    }
    this.arguments = new Set(
      all.flatMap(({ requests, entries, listSize }) => [
        requests.accounts,
        entries.argument,
        ...(listSize?.slicingArguments ?? []),
      ]),
    );
  }

  /** Undefined if there is no such field. */
  of(parent: GraphQLNamedType | undefined, fieldName: string): FieldRule | undefined {
    return parent && this.#rules.get(parent.name)?.get(fieldName);
  }
}

function readRule(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): FieldRule {
  const type = getNamedType(field.type);
  const valuesOn = ({ astNode }: GraphQLNamedType | typeof field) =>
    schema.getDirectives().map((each) => [each.name, astNode && getDirectiveValues(each, astNode)] as const);
  const given = [...valuesOn(type), ...valuesOn(field)].filter(([, values]) => values);
  return { ...directives.parse(Object.fromEntries(given)), type, isSized: false };
}
