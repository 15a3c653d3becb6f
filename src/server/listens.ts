import { toUrlHost } from './loopback-url.ts';

/** Messages for the errors of `listen` that are due to the environment. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission for the port',
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'the address is not one of this machine',
  ENOTFOUND: 'the host name cannot be resolved',
};

/** Whether `listen` succeeds; if not, says why. */
export async function listens(
  { host, port }: { readonly host: string; readonly port: number },
  of: string,
  listen: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await listen();
    return true;
  } catch (error) {
    console.error(`Cannot listen on ${toUrlHost(host)}:${port}${of}: ${listenReasonOf(error)}.`);
    return false;
  }
}

/**
 * Why an address cannot be listened on, for people.
 *
 * @throws the error itself if it is not due to the environment
 */
export function listenReasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (reason === undefined) throw error;
  return `${reason} (${code})`;
}
