import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { type DocumentNode, type GraphQLSchema, isScalarType, type NameNode, parse, visit } from 'graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { createFederationResolvers, federationFields } from './federation/entities.ts';
import { subgraphSdl } from './federation/subgraph-sdl.ts';
import { createCallDetails } from './resolvers/call-details.ts';
import { resolvers } from './resolvers/index.ts';

const schemaFolder = fileURLToPath(new URL('../../schema/', import.meta.url));

/**
 * Builds the executable schema from all SDL files in `schema/` and the resolvers.
 *
 * @param more further SDL documents
 * @param isSubgraph whether a gateway may use it as a subgraph of a federation: see `federation/`
 */
export function loadSchema(more: readonly string[] = [], isSubgraph = false): GraphQLSchema {
  const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const texts = [...files.map((name) => readFileSync(join(schemaFolder, name), 'utf8')), ...more];
  const typeDefs = texts.map((text) => withOneByteNames(parse(text)));
  const own = withoutDefinitions({ ...resolvers, CallDetails: createCallDetails(providersIn(typeDefs)) });
  return makeExecutableSchema({
    typeDefs: isSubgraph ? [...typeDefs, parse(federationFields)] : typeDefs,
    resolvers: isSubgraph ? [own, createFederationResolvers(subgraphSdl(typeDefs))] : own,
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
 * Copies each name, so that V8 stores it with one byte a character. A substring of a text with any character beyond
 * Latin-1 uses two bytes, and so does all JSON that contains it: one `…` in a description doubled the memory of each
 * page of calls and made it a tenth slower.
 */
function withOneByteNames(document: DocumentNode): DocumentNode {
  return visit(document, {
    Name: (node): NameNode => ({ ...node, value: Buffer.from(node.value, 'latin1').toString('latin1') }),
  });
}

/**
 * Reduces scalars to their functions. graphql-tools copies every property of a scalar over the SDL's definition, so a
 * scalar without a description would erase that of the SDL.
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
