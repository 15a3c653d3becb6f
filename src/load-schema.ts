import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from './resolvers/index.ts';

const schemaFolder = fileURLToPath(new URL('../schema/', import.meta.url));

/** The SDL of `schema/`, every file of it, with the resolvers. */
export function loadSchema(more: readonly string[] = []): GraphQLSchema {
  const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const typeDefs = [...files.map((name) => readFileSync(join(schemaFolder, name), 'utf8')), ...more];
  return makeExecutableSchema({ typeDefs, resolvers, inheritResolversFromInterfaces: false });
}
