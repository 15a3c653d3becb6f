/** What the paths of all webhooks begin with: `/webhooks/<account>/<secret>`, and whatever comes below. */
export const webhooksPath = '/webhooks/';

/** The account and the secret in the path of a request; undefined if it has not both. */
export function parseWebhookPath(url: string): { account: string; secret: string } | undefined {
  const [path = ''] = url.split('?', 1);
  const [account = '', secret = ''] = path.slice(webhooksPath.length).split('/', 2);
  if (account === '' || secret === '') return undefined;
  try {
    return { account, secret: decodeURIComponent(secret) };
  } catch {
    return undefined;
  }
}

/** The query of a request, without the question mark. */
export function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
