import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { accessSettings } from '../../src/config/access-settings.ts';
import type { JwtSettings } from '../../src/config/jwt-settings.ts';

export const issuer = 'https://issuer.example/';
export const audience = 'calls';

/** One key pair of the issuer's, and tokens signed with it. */
export interface Signer {
  readonly jwk: JWK;
  readonly key: CryptoKey;
  /** A good token, but for what is said otherwise: a claim that is undefined is left out. */
  sign(
    claims?: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
}

export async function createSigner(alg: string, kid = `${alg}-1`): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return {
    jwk,
    key: publicKey,
    sign: (claims = {}, header = {}) =>
      new SignJWT({ ...goodClaims(), ...claims })
        .setProtectedHeader({ alg, kid, typ: 'JWT', ...header })
        .sign(privateKey),
  };
}

export function goodClaims(): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const who = { iss: issuer, aud: audience, sub: 'robot-7' };
  return { ...who, iat: now, exp: now + 60, accounts: ['one'], may: ['read'] };
}

/** The settings as the configuration has them, with `jwks` where no file is named. */
export function jwtSettings(more: Readonly<Record<string, unknown>> = {}): JwtSettings {
  const where = 'jwksFile' in more ? {} : { jwks: 'https://issuer.example/keys' };
  const jwt = { issuer, audience, algorithms: ['RS256', 'ES256', 'EdDSA'], ...where, ...more };
  const settings = accessSettings.parse({ jwt });
  if (settings === 'open' || settings.jwt === undefined) throw new Error('No `jwt` came of it.');
  return settings.jwt;
}

export function setOf(...signers: readonly Signer[]): JSONWebKeySet {
  return { keys: signers.map(({ jwk }) => jwk) };
}

/** An address on this machine at which an issuer publishes its keys. */
export interface KeyServer {
  readonly url: URL;
  /** How often it has been asked. */
  readonly asked: () => number;
  /** What it answers from now on. */
  answer(listener: RequestListener): void;
  close(): Promise<void>;
}

export async function startKeyServer(listener: RequestListener): Promise<KeyServer> {
  let current = listener;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    response.setHeader('connection', 'close');
    current(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`),
    asked: () => asked,
    answer: (next) => {
      current = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export function serves(set: unknown): RequestListener {
  return (_, response) => response.end(JSON.stringify(set));
}

export function fails(status: number): RequestListener {
  return (_, response) => response.writeHead(status).end();
}
