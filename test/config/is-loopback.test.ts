import { expect, it } from 'vitest';
import { isLoopback } from '../../src/config/is-loopback.ts';

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each(['', '0.0.0.0', '::', '[::1', '::1]', '10.0.0.1', '127.1', 'a.localhost', '127.0.0.1.example.com'])(
  '%j may be another',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
