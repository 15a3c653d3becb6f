import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from './support/client-ids.ts';
import { type Product, startProduct } from './support/product.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] as string,
  );
}

/** Does what a command of curl says, with the options that the README uses: `npm test` needs Node alone. */
async function runCurl(command: string, endpoint: string): Promise<string> {
  const words = [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? (plain as string),
  );
  const { values, positionals } = parseArgs({
    args: words.slice(1),
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      header: { type: 'string', short: 'H', multiple: true },
      data: { type: 'string', short: 'd' },
    },
  });
  const url = positionals.join().replace('http://127.0.0.1:4000/graphql', endpoint);
  const headers = (values.header ?? []).map((line) => line.split(': ', 2) as [string, string]);
  const sent = values.data === undefined ? {} : { method: 'POST', body: values.data };
  return (await fetch(url, { headers, ...sent })).text();
}

let product: Product;
beforeAll(async () => {
  product = await startProduct({ sandbox: 200 });
});
afterAll(() => product.close());

describe('README', () => {
  it('has at most 300 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
  });

  it('shows operations that work as they stand, in their order', async () => {
    const operations = blocks('graphql');
    expect(operations.length).toBeGreaterThanOrEqual(4);
    let id: string | undefined;
    for (const operation of operations) {
      const answer = await product.ask<Record<string, { call?: { id?: string }; userErrors?: unknown[] }>>(
        operation,
        { id },
      );
      expect(answer.errors, operation).toEqual([]);
      for (const { call, userErrors = [] } of Object.values(answer.data)) {
        expect(userErrors, operation).toEqual([]);
        id = call?.id ?? id;
      }
    }
    expect(id).toBeDefined();
  });

  it('shows answers that are JSON', () => {
    const answers = blocks('json');
    expect(answers.length).toBeGreaterThan(1);
    for (const answer of answers) expect(() => JSON.parse(answer)).not.toThrow();
  });

  it('names the credentials of every emulated carrier, as they are', () => {
    const { bandwidth, connect, sbc } = product;
    const rowOf = (carrier: string) => new RegExp(`^\\| ${carrier} \\| .*`, 'm').exec(readme)?.[0];
    const { accountId, applicationId, clientId, clientSecret, username, password } = bandwidth;
    for (const text of [accountId, applicationId, clientId, clientSecret, username, password]) {
      expect(rowOf('Bandwidth')).toContain(`\`${text}\``);
    }
    expect(rowOf('Restcomm Connect')).toContain(`\`${connect.accountSid}\``);
    expect(rowOf('Restcomm Connect')).toContain(`\`${connect.authToken}\``);
    expect(rowOf('Restcomm SBC')).toContain(`\`${sbc.username}\``);
    expect(sbc.password).toBe(connect.authToken);
  });

  it('names every error code there is', async () => {
    const { data } = await product.ask<{ __type: { enumValues: { name: string }[] } }>(
      '{ __type(name: "ErrorCode") { enumValues { name } } }',
    );
    for (const { name } of data.__type.enumValues) expect(readme).toContain(name);
  });

  it('shows commands of curl that work as they stand', async () => {
    const commands = blocks('sh').filter((command) => command.startsWith('curl'));
    expect(commands.length).toBeGreaterThanOrEqual(2);
    const outputs = await Promise.all(commands.map((command) => runCurl(command, product.url)));
    const answers = outputs.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text));
    expect(answers.length).toBe(commands.length);
    for (const { errors } of answers) expect(errors).toBeUndefined();
    // The id that the examples use is among those of the accounts.
    expect(readme).toContain(accountId('bandwidth-sandbox'));
    expect(outputs[0]).toContain(accountId('bandwidth-sandbox'));
  });

  it('names paths that answer', async () => {
    const paths = new Set([...readme.matchAll(/`GET (\/[^`]*)`/g)].map((match) => match[1] as string));
    expect([...paths].sort()).toEqual(['/graphql/schema.graphql', '/healthz', '/readyz']);
    for (const path of paths) {
      expect([path, (await fetch(new URL(path, product.url))).status]).toEqual([path, 200]);
    }
    const sdl = await fetch(new URL('/graphql/schema.graphql', product.url));
    expect(await sdl.text()).toContain('\ntype Query {');
  });

  it('has Apollo Client tell lists apart by every argument that is not of paging', async () => {
    const sdl = await (await fetch(`${product.url}/schema.graphql`)).text();
    const calls = buildSchema(sdl).getQueryType()?.getFields().calls;
    const paging = ['first', 'after', 'last', 'before'];
    const others = calls?.args.map(({ name }) => name).filter((name) => !paging.includes(name));
    const [, list = ''] = /relayStylePagination\(\[(.*?)\]\)/.exec(readme) ?? [];
    expect(list.split(', ').map((quoted) => quoted.slice(1, -1))).toEqual(others);
  });

  it('has links that lead somewhere', () => {
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map((match) => match[1] as string);
    expect(links.length).toBeGreaterThan(1);
    const isKnown = (link: string) =>
      link.startsWith('#') ? headings.includes(link.slice(1)) : existsSync(new URL(link, root));
    expect(links.filter((link) => !isKnown(link))).toEqual([]);
  });
});
