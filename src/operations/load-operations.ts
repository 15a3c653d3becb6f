import { readFileSync } from 'node:fs';
import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Problem } from '../config/problem.ts';
import type { CostGuard } from '../cost/cost-guard.ts';
import { isNestedTooDeep } from '../cost/nesting.ts';
import { detachSource } from '../graphql/execution/detach-source.ts';
import { digestOf, type ValidDocument } from '../graphql/execution/operation-cache.ts';
import { findConditionalRoot } from '../graphql/find-conditional-root.ts';
import { knownOperationTypes } from '../graphql/known-operation-types.ts';
import { readManifest } from './read-manifest.ts';

/** A valid document of a manifest. */
export interface KnownOperation extends ValidDocument {
  readonly text: string;
  /** SHA-256 of the text in hexadecimal. */
  readonly digest: string;
}

/** What documents are validated against. */
export interface OperationRules {
  readonly schema: GraphQLSchema;
  readonly guard: CostGuard;
  /** How many lexical tokens a document may have. */
  readonly maxTokens: number;
  readonly introspection: boolean;
}

/**
 * Reads the manifests and validates their documents, as those that clients send are. Each is found by its digest and by
 * the id that its manifest has for it.
 *
 * @param problems receives one for each file that cannot be read and each document that could never be executed
 */
export function loadOperations(
  files: readonly string[],
  rules: OperationRules,
  problems: Problem[],
): ReadonlyMap<string, KnownOperation> {
  const known = new Map<string, KnownOperation>();
  for (const [i, file] of files.entries()) {
    const add = (message: string) => problems.push({ path: `operations.files[${i}]`, message });
    try {
      for (const { id, text } of readManifest(readFileSync(file, 'utf8'))) {
        const digest = digestOf(text);
        const operation =
          known.get(digest) ??
          validated(text, digest, rules, (why) => {
            add(`${file}: the operation ${nameIn(text)} (${id}) ${why}`);
          });
        if (operation === undefined) continue;
        if (known.has(id) && known.get(id) !== operation) add(`${file}: ${id} is the id of another text too`);
        known.set(digest, operation).set(id, operation);
      }
    } catch (error) {
      add(`${file}: ${(error as Error).message}`);
    }
  }
  return known;
}

function validated(
  text: string,
  digest: string,
  rules: OperationRules,
  refuse: (why: string) => void,
): KnownOperation | undefined {
  const { guard } = rules;
  const tooLong = guard.checkLength(text);
  if (tooLong !== undefined || isNestedTooDeep(text)) {
    refuse(tooLong ? `is longer than \`cost.documentBytes\`, ${tooLong.allowed}` : 'is nested too deep');
    return undefined;
  }
  try {
    const document = parse(text, { maxTokens: rules.maxTokens });
    const why = faultOf(document, rules);
    if (why === undefined) return { text, digest, document, bytes: detachSource(document, text) };
    refuse(why);
  } catch (error) {
    refuse(`cannot be parsed: ${(error as Error).message}`);
  }
  return undefined;
}

function faultOf(
  document: DocumentNode,
  { schema, guard, introspection }: OperationRules,
): string | undefined {
  if (guard.placeholderFor(document) !== undefined) return 'exceeds a limit under `cost`';
  const condition = findConditionalRoot(document);
  if (condition !== undefined) return `is not valid: ${condition.message}`;
  const more = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  const [first] = validate(schema, document, [...specifiedRules, knownOperationTypes, ...more], {
    maxErrors: 1,
  });
  return first && `is not valid: ${first.message}`;
}

/** The name of the first operation, as it is written. */
function nameIn(text: string): string {
  return /\b(?:query|mutation|subscription)\s+(\w+)/.exec(text)?.[1] ?? 'without a name';
}
