import { createCallsApi, type EmbeddedRequest } from '../../src/index.ts';

/** One API for the whole process: `app/api/calls/route.ts` is loaded once. */
const calls = await createCallsApi({ sandbox: true });

/** Who sends the request, from the session of the application. */
function callerOf(request: Request) {
  const user = request.headers.get('x-user');
  return user === null ? undefined : ({ id: user, accounts: ['*'], may: ['write'] } as const);
}

/** A route handler, as Next.js, Remix and SvelteKit have them. */
export async function POST(request: Request): Promise<Response> {
  const caller = callerOf(request);
  if (caller === undefined) return new Response(null, { status: 401 });
  const { query, variables, operationName } = (await request.json()) as EmbeddedRequest;
  const { signal } = request;
  return Response.json(await calls.execute({ query, variables, operationName, caller, signal }));
}

export const close = () => calls.close();
