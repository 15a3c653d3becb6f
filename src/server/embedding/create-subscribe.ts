import { type EmbeddedOperations, toCaller } from '../../api/embedded-operations.ts';
import type { EmbeddedRequest } from '../../api/embedded-request.ts';
import type { GuardedContext } from '../../graphql/guards/guards.ts';
import type { FormattedResult } from '../../graphql/to-formatted.ts';
import type { Endpoint } from '../create-endpoint.ts';
import { toRequestId } from '../request-id.ts';
import type { StreamOutcome } from '../streams/open-stream.ts';
import { StreamConnection } from '../streams/stream-connection.ts';
import { EmbeddedStream } from './embedded-stream.ts';

/** Creates what executes subscriptions that no HTTP request of ours carries, with all that protects those. */
export function createSubscribe(
  { openStream }: Pick<Endpoint, 'openStream'>,
  operations: EmbeddedOperations,
): (request: EmbeddedRequest) => AsyncIterableIterator<FormattedResult> {
  const open = (given: EmbeddedRequest): Promise<StreamOutcome> => {
    const requestId = given?.requestId ?? toRequestId({ headers: {} });
    const request = { ...given, requestId };
    const run = async (context: GuardedContext): Promise<StreamOutcome> => {
      const caller = toCaller(request.caller);
      const operation = {
        query: operations.textIn(request),
        named: { documentId: request.documentId },
        operationName: request.operationName ?? undefined,
        variables: request.variables ?? {},
        lastEventId: undefined,
        mayChange: true,
        requestId,
        headers: {},
        socket: {},
        connection: new StreamConnection(),
      };
      return openStream(operation, { contextOf: () => context, authenticate: () => caller });
    };
    return operations.use(request, run, (result) => ({ status: 500, headers: {}, result }));
  };
  return (request) => new EmbeddedStream(() => open(request), request?.signal);
}
