import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { type DocumentNode, type GraphQLSchema, isScalarType, type NameNode, parse, visit } from 'graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { createCallDetails } from './resolvers/call-details.ts';
import { resolvers } from './resolvers/index.ts';

const schemaFolder = fileURLToPath(new URL('../../schema/', import.meta.url));

/** The SDL of `schema/`, every file of it, with the resolvers. */
export function loadSchema(more: readonly string[] = []): GraphQLSchema {
  const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const texts = [...files.map((name) => readFileSync(join(schemaFolder, name), 'utf8')), ...more];
  const typeDefs = texts.map((text) => withNarrowNames(parse(text)));
  return makeExecutableSchema({
    typeDefs,
    resolvers: withoutDefinitions({ ...resolvers, CallDetails: createCallDetails(providersIn(typeDefs)) }),
    inheritResolversFromInterfaces: false,
  });
}

/** The values of the enum `Provider`, which each provider extends in a file of its own. */
function providersIn(documents: readonly DocumentNode[]): string[] {
  return documents
    .flatMap(({ definitions }) => definitions)
    .flatMap((each) => ('values' in each && each.name.value === 'Provider' ? (each.values ?? []) : []))
    .map(({ name }) => name.value);
}

/**
 * The same with names that take one byte a character. V8 gives two to every character of a text in which one
 * is beyond Latin-1, to a name cut from that text, and to all JSON with such a name in it: one `…` in a
 * description made each page of calls twice as large in memory, and a tenth dearer.
 */
function withNarrowNames(document: DocumentNode): DocumentNode {
  return visit(document, {
    Name: (node): NameNode => ({ ...node, value: Buffer.from(node.value, 'latin1').toString('latin1') }),
  });
}

/**
 * The same with scalars that say how values are read and written, and nothing else. graphql-tools copies every
 * property of a scalar over what the SDL defines, so one without a description erases the SDL's.
 */
function withoutDefinitions(map: Resolvers) {
  return Object.fromEntries(
    Object.entries(map).map(([name, resolver]) => {
      if (!isScalarType(resolver)) return [name, resolver];
      const { serialize, parseValue, parseLiteral } = resolver;
      return [name, { serialize, parseValue, parseLiteral }];
    }),
  );
}
