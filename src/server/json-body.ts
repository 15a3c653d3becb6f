import type { FastifyInstance } from 'fastify';
import { isModest } from './is-modest.ts';

/** A body that is JSON, but more of it than any operation has a use for. Not even parsed. */
export class ExcessiveBody extends Error {
  readonly statusCode = 400;
}

/**
 * Reads bodies of JSON, and keeps of one what an operation can consist of (GraphQL over HTTP, section 5.1). The
 * rest is let go of at once: half a megabyte of brackets takes ten when it is parsed, and would be held for as long
 * as the provider takes to answer.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (!isModest(body)) done(new ExcessiveBody('too many values, or too deep'));
    else parse(request, body, (error, parsed) => done(error, error ? undefined : essenceOf(parsed)));
  });
}

function essenceOf(body: unknown): unknown {
  if (!isObject(body) || Object.keys(body).length === 0) return body;
  const { query, operationName, variables, extensions } = body;
  return {
    query,
    ...(operationName !== undefined && { operationName }),
    ...(variables !== undefined && { variables }),
    ...(extensions !== undefined && { extensions: essenceOfExtensions(extensions) }),
  };
}

/** All that is looked at in them; what is no object is for Apollo Server to refuse. */
function essenceOfExtensions(extensions: unknown): unknown {
  if (!isObject(extensions)) return extensions;
  return 'persistedQuery' in extensions ? { persistedQuery: extensions.persistedQuery } : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
