import type { FastifyInstance } from 'fastify';
import { isObject } from '../runtime/is-object.ts';
import { isCheapToParse } from './is-cheap-to-parse.ts';

/** Thrown for a JSON body with more values, or deeper nesting, than any operation needs. It is not parsed. */
export class ExcessiveBodyError extends Error {
  readonly statusCode = 400;
}

/**
 * Parses JSON bodies and keeps only the parameters of a GraphQL request (GraphQL over HTTP, section 5.1). The rest
 * is dropped immediately: half a megabyte of brackets takes ten when parsed, and would otherwise be retained until
 * the provider responds.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  // A plug-in inherits the parser of the app around it.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (!isCheapToParse(body)) done(new ExcessiveBodyError('too many values, or nested too deep'));
    else parse(request, body, (error, parsed) => done(error, error ? undefined : toParameters(parsed)));
  });
}

function toParameters(body: unknown): unknown {
  if (!isObject(body) || Object.keys(body).length === 0) return body;
  const { query, operationName, variables, extensions, documentId } = body;
  return {
    query,
    ...(documentId !== undefined && { documentId }),
    ...(operationName !== undefined && { operationName }),
    ...(variables !== undefined && { variables }),
    ...(extensions !== undefined && { extensions: toExtensions(extensions) }),
  };
}

/** Apollo Server reads only `persistedQuery`. It refuses `extensions` that are no object. */
function toExtensions(extensions: unknown): unknown {
  if (!isObject(extensions)) return extensions;
  return 'persistedQuery' in extensions ? { persistedQuery: extensions.persistedQuery } : {};
}
