import { hash } from 'node:crypto';
import { z } from 'zod';

/** A document of a manifest. */
export interface ListedOperation {
  /** By which clients name it: the SHA-256 of the text in hexadecimal, or what the tool that wrote the file has chosen. */
  readonly id: string;
  readonly text: string;
}

const text = z.string().min(1);

/** `@apollo/generate-persisted-query-manifest`. */
const apollo = z
  .looseObject({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.looseObject({ id: text, body: text })),
  })
  .transform(({ operations }) => operations.map(({ id, body }) => [id, body] as const));

/** `persisted-documents.json` of GraphQL Code Generator's client preset, and the file of Relay's `persistConfig`. */
const byId = z.record(text, text).transform((texts) => Object.entries(texts));

/**
 * Reads a file of known operations in any of the three forms in which the tools of clients write them. The form is
 * recognised by its shape.
 *
 * @param json the content of the file
 * @throws Error with what is wrong, without the content
 */
export function readManifest(json: string): ListedOperation[] {
  const { data } = z.union([apollo, byId]).safeParse(parse(json));
  if (data !== undefined)
    return data.map(([id, document]) => ({ id: checkId(id, document), text: document }));
  throw new Error(
    "has none of the three forms: an object of texts by id (GraphQL Code Generator, Relay), or Apollo's manifest",
  );
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('is not JSON');
  }
}

/** The document id of the GraphQL over HTTP draft (appendix A) for a text, without its prefix; also Apollo's hash. */
export function digestIn(id: string): string | undefined {
  return /^(?:sha256:)?([\da-f]{64})$/i.exec(id)?.[1]?.toLowerCase();
}

/** An id that has the form of a digest must be that of the text: the file would be damaged, or changed by hand. */
function checkId(id: string, document: string): string {
  const digest = digestIn(id);
  if (digest === undefined) return id;
  if (digest !== hash('sha256', document, 'hex')) throw new Error(`holds another text under ${id}`);
  return digest;
}
