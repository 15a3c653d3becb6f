import { type EmbeddedOperations, toCaller } from '../../api/embedded-operations.ts';
import type { EmbeddedRequest } from '../../api/embedded-request.ts';
import type { Executor } from '../../api/executor.ts';
import { checkRequest } from '../../api/misuse.ts';
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
  { pending }: Pick<Executor, 'pending'>,
): (request: EmbeddedRequest) => AsyncIterableIterator<FormattedResult> {
  const open = async (request: EmbeddedRequest): Promise<StreamOutcome> => {
    const requestId = request?.requestId ?? toRequestId({ headers: {} });
    let end = (): void => undefined;
    try {
      checkRequest(request);
      const opened = operations.open({ ...request, requestId });
      end = opened.end;
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
      return await openStream(operation, { contextOf: () => opened.context, authenticate: () => caller });
    } catch (error) {
      return {
        status: 500,
        headers: {},
        result: { errors: [operations.toFormattedError(error, requestId)] },
      };
    } finally {
      end();
    }
  };
  return (request) => new EmbeddedStream(() => pending.run(() => open(request)), request?.signal);
}
