import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { CostInput } from './figures-of.ts';

const folder = fileURLToPath(new URL('../../schema/', import.meta.url));

/** The SDL of the product, every file of it. */
export const typeDefs: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** The product's schema without resolvers. */
export const schema = buildSchema(typeDefs.join('\n'));

/** The first operation of a document, asked by someone who may see `accounts` accounts. */
export function asked(
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
  accounts = 2,
): CostInput {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('There is no operation.');
  return { schema, document, operation, variables, accounts };
}

/** `make(0) make(1) …`, `times` of them. */
export function repeat(times: number, make: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => make(index)).join(' ');
}

/** Selects two times what the next fragment selects, and so on: 2ⁿ in a few lines. */
export function bomb(
  fragments: number,
  onType = 'Call',
  twice = 'a: parent { ...F# } b: parent { ...F# }',
): string {
  const each = repeat(
    fragments,
    (i) => `fragment F${i} on ${onType} { ${twice.replaceAll('#', `${i + 1}`)} }`,
  );
  return `${each} fragment F${fragments} on ${onType} { __typename }`;
}
