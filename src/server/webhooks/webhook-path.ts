/** What the paths of all webhooks begin with: `/webhooks/<account>/<secret>`, and whatever comes below. */
export const webhooksPath = '/webhooks/';

/** The account and the secret in what follows `webhooksPath`, decoded; undefined if it has not both. */
export function parseWebhookPath(rest: string): { account: string; secret: string } | undefined {
  const [account = '', secret = ''] = rest.split('/', 2);
  return account === '' || secret === '' ? undefined : { account, secret };
}

/** The query of a request, without the question mark. */
export function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
