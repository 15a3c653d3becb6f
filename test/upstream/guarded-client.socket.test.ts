import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedClient } from '../../src/upstream/guarded-client.ts';

const toPublic = new GuardedClient();
const toLoopback = new GuardedClient({ toLoopback: true });
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''}`);
  response.writeHead(302, { location: '/elsewhere' }).end('x'.repeat(1_000_000));
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await Promise.all([toPublic.close(), toLoopback.close()]);
  server.close();
});

const get = (url: string) => ({ url, method: 'GET', headers: {}, body: undefined }) as const;

describe('no request goes', () => {
  it.each([
    ['by http', 'http://app.example.com/'],
    ['to a loopback address', 'https://127.0.0.1/'],
    ['to one in other words', 'https://0x7f.1/'],
    ['to one as a number', 'https://2130706433/'],
    ['to the address of this host', 'https://0.0.0.0/'],
    ['to private networks', 'https://10.1.2.3/', 'https://172.31.255.255/', 'https://192.168.0.1/'],
    ['to shared address space', 'https://100.64.0.1/'],
    ['to the metadata of a cloud machine', 'https://169.254.169.254/', 'https://[fd00:ec2::254]/'],
    ['to the name of that', 'https://metadata.google.internal/'],
    ['to test networks', 'https://192.0.2.1/', 'https://198.18.0.1/', 'https://203.0.113.9/'],
    ['to many or all', 'https://224.0.0.1/', 'https://255.255.255.255/', 'https://[ff02::1]/'],
    ['to IPv6 loopback', 'https://[::1]/', 'https://[::]/'],
    ['to link-local and private IPv6', 'https://[fe80::1]/', 'https://[fc00::1]/', 'https://[fec0::1]/'],
    [
      'to IPv4 within IPv6',
      'https://[::ffff:8.8.8.8]/',
      'https://[64:ff9b::808:808]/',
      'https://[2002:7f00:1::]/',
    ],
    ['to names of this machine', 'https://localhost/', 'https://localhost./', 'https://a.localhost/'],
    ['to names of a local network', 'https://router/', 'https://printer.local/', 'https://nas.home.arpa/'],
  ])('%s', async (_, ...urls) => {
    for (const url of urls) {
      expect([url, toPublic.mayReach(url)]).toEqual([url, false]);
      await expect(toPublic.send(get(url))).rejects.toThrow('may not be reached');
    }
  });

  it('to a public name that stands for a loopback address', async () => {
    // The guard of names alone would let it pass: what it is resolved to is what counts.
    expect(toPublic.mayReach('https://app.example.com/')).toBe(true);
    const named = new GuardedClient({
      resolve: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    await expect(named.send(get(`https://app.example.com:${port}/`))).rejects.toThrow('may not be reached');
    await named.close();
    expect(requests).toEqual([]);
  });

  it('to anything but loopback, on the sandbox', async () => {
    for (const url of ['https://app.example.com/', 'http://10.0.0.1/', 'https://8.8.8.8/']) {
      expect(toLoopback.mayReach(url)).toBe(false);
      await expect(toLoopback.send(get(url))).rejects.toThrow('may not be reached');
    }
  });
});

it('public addresses may be reached', () => {
  for (const host of ['8.8.8.8', '[2606:4700::1111]', 'app.example.com:8443', '172.32.0.1', '11.0.0.1']) {
    expect([host, toPublic.mayReach(`https://${host}/`)]).toEqual([host, true]);
  }
});

it('a request is sent once, follows nothing, and has its status for an answer, however long that is', async () => {
  const request = { method: 'POST', headers: { 'content-type': 'a/b' }, body: Buffer.from('{}') } as const;
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await toLoopback.send({ ...request, url: `http://${host}:${port}/status?a=b` })).toBe(302);
  }
  expect(requests).toEqual(['POST /status?a=b a/b', 'POST /status?a=b a/b']);
});

it.each(['body', 'head'])('a response whose %s never ends is not waited for', async (part) => {
  const dripping = createTcpServer((socket) => {
    socket.write(
      part === 'body' ? 'HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n' : 'HTTP/1.1 200 OK\r\nx: ',
    );
    const drip = setInterval(() => socket.write('x'), 10);
    socket.on('error', () => undefined).on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
  const client = new GuardedClient({ toLoopback: true, timeout: 100 });
  const sent = client.send(get(`http://127.0.0.1:${(dripping.address() as AddressInfo).port}/`));
  if (part === 'body') expect(await sent).toBe(200);
  else await expect(sent).rejects.toThrow();
  await client.close();
  dripping.close();
});
