import { afterAll, beforeAll, expect } from 'vitest';
import { pause } from './eventually.ts';
import { installVirtualTime } from './virtual-time.ts';

/** What keeps this process alive, and how many of each. */
function resources(): Record<string, number> {
  const counted = ['TCPSocketWrap', 'TCPServerWrap', 'Timeout'];
  const count = (name: string) => process.getActiveResourcesInfo().filter((each) => each === name).length;
  return Object.fromEntries(counted.map((name) => [name, count(name)]));
}

/**
 * Called once in a test file: whatever its tests have done, no socket and no timer is left when all is closed, and no
 * rejection was left unhandled. Time is virtual unless a test needs another process, or the load that this one can
 * bear.
 */
export function guard({ time = 'virtual' }: { readonly time?: 'virtual' | 'real' } = {}): void {
  if (time === 'virtual') installVirtualTime();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  let before: Record<string, number> = {};
  beforeAll(() => {
    process.on('unhandledRejection', note);
    before = resources();
  });
  afterAll(async () => {
    for (let wait = 0; wait < 3_000 && !isWithin(resources(), before); wait += 50) await pause(50);
    expect(isWithin(resources(), before), JSON.stringify([before, resources()])).toBe(true);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
}

function isWithin(now: Record<string, number>, before: Record<string, number>): boolean {
  return Object.entries(now).every(([name, count]) => count <= (before[name] ?? 0));
}
