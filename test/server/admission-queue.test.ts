import { describe, expect, it } from 'vitest';
import type { AdmissionOptions } from '../../src/server/admission-options.ts';
import { AdmissionQueue } from '../../src/server/admission-queue.ts';

/** Requests are always queued, unless a test says otherwise. */
const defaults = {
  longTurn: -1,
  turnBudget: 2,
  maxBurst: 10,
  maxBurstWait: 50,
  maxWait: 20,
  window: 500,
  minIdleShare: 0.2,
};

/** A queue in an event loop by hand: what is let in takes so many milliseconds, at once. */
function open(work = 1, options: Partial<AdmissionOptions> = defaults) {
  const log: string[] = [];
  let now = 0;
  let idle = 0;
  const queue = new AdmissionQueue(() => now, options);
  const arrive = (name: string) =>
    queue.arrive({
      admit: () => {
        now += work;
        log.push(name);
      },
      refuse: () => log.push(`no ${name}`),
    });
  return {
    queue,
    /** A turn in which these are read, and as much is done besides. */
    turn(names: readonly string[] = [], besides = 0) {
      now += besides;
      for (const name of names) arrive(name);
      queue.turn(idle);
      for (let steps = queue.waiting; steps > 0; steps -= 1) queue.step();
    },
    rest: (milliseconds: number) => {
      idle += milliseconds;
    },
    said: () => log.splice(0),
  };
}

const names = (count: number, prefix = '') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const isRefusal = (word: string) => word.startsWith('no ');

/** Turn by turn three come, and not even two can be served. */
function overload({ queue, turn }: ReturnType<typeof open>): void {
  for (let i = 0; i < 100 && !queue.isOverloaded; i += 1) turn(names(3, `${i}-`), 2);
}

describe('AdmissionQueue', () => {
  it('turns away all who wait when it closes', () => {
    const { queue, turn, said } = open();
    turn(names(5));
    queue.close();
    turn();
    expect(said()).toEqual(['0', '1', '2', '3', 'no 4']);
  });

  it('stands open while turns are short, and again when they are', () => {
    const { turn, said } = open(1, { ...defaults, longTurn: 20 });
    turn(names(15));
    expect(said()).toEqual(names(15));
    turn(names(30));
    expect(said()).toEqual(names(30));
    // That turn was too long: now as many are let in as a turn can hold.
    turn(names(5));
    expect(said()).toEqual(['0', '1', '2', '3']);
    turn();
    expect(said()).toEqual(['4']);
    turn();
    turn(names(15));
    expect(said()).toEqual(names(15));
  });

  it('lets who comes alone in at once, however long the turns', () => {
    const { turn, said } = open();
    for (const besides of [0, 1, 300, 0, 5_000]) {
      turn(['a'], besides);
      expect(said()).toEqual(['a']);
    }
  });

  it('lets in what a turn can hold, and the others in later turns, in their order', () => {
    const { turn, said } = open();
    turn(names(6));
    expect(said()).toEqual(['0', '1', '2', '3']);
    turn();
    expect(said()).toEqual(['4', '5']);
  });

  it('lets one in a turn in which somebody has connected', () => {
    const { queue, turn, said } = open();
    queue.connect();
    turn(names(4), 2);
    expect(said()).toEqual(['0']);
    turn();
    expect(said()).toEqual(['1', '2']);
  });

  it('lets one in a turn when each takes longer than a turn should', () => {
    const { turn, said } = open(30);
    turn(['a', 'b'], 10);
    expect(said()).toEqual(['a']);
    turn();
    expect(said()).toEqual(['b']);
  });

  it('refuses nobody of a few, however long each takes', () => {
    const { turn, said } = open(400);
    turn(names(10), 5_000);
    for (let i = 0; i < 10; i += 1) turn();
    expect(said()).toEqual(names(10));
  });

  it('refuses nobody of a burst that is over before long', () => {
    const { queue, turn, said } = open();
    turn(names(40), 3_000);
    while (queue.waiting > 0) turn();
    expect(said()).toEqual(names(40));
  });

  it('detects overload, and lets no request wait long in it', () => {
    const stage = open();
    overload(stage);
    expect(stage.queue.isOverloaded).toBe(true);
    stage.said();
    for (let i = 0; i < 20; i += 1) stage.turn(names(10, `${i}-`), 1);
    const said = stage.said();
    expect(said.some(isRefusal)).toBe(true);
    expect(stage.queue.waiting).toBeLessThanOrEqual(10 * (defaults.maxWait + 1));
  });

  it('admits the newest request first under overload, one in each turn', () => {
    const stage = open();
    overload(stage);
    stage.said();
    stage.turn(['a', 'b', 'c'], 3);
    expect(stage.said().filter((word) => !isRefusal(word))).toEqual(['c']);
  });

  it('answers everybody, once', () => {
    const stage = open();
    for (let i = 0; i < 50; i += 1) stage.turn(names(10, `${i}-`), 1);
    while (stage.queue.waiting > 0) stage.turn([], 1);
    const said = stage.said().map((word) => word.replace('no ', ''));
    expect(said).toHaveLength(500);
    expect(new Set(said).size).toBe(500);
  });

  it('stays overloaded while a little more arrives than can be served', () => {
    const stage = open();
    overload(stage);
    for (let i = 0; i < 2_000; i += 1) stage.turn(i % 2 === 0 ? ['a', 'b'] : [], 1);
    expect(stage.queue.isOverloaded).toBe(true);
  });

  it('refuses nobody soon after overload has ended', () => {
    const stage = open();
    overload(stage);
    while (stage.queue.waiting > 0) stage.turn([], 5);
    stage.said();
    for (let i = 0; i < 250; i += 1) {
      stage.turn(['a'], 1);
      stage.rest(1);
    }
    expect(stage.queue.isOverloaded).toBe(false);
    stage.said();
    stage.turn(names(10), 300);
    while (stage.queue.waiting > 0) stage.turn([], 30);
    expect(stage.said()).toEqual(names(10));
  });

  it('ends overload while the event loop is idle', () => {
    const stage = open();
    overload(stage);
    while (stage.queue.waiting > 0) stage.turn([], 5);
    stage.rest(defaults.window);
    stage.turn();
    expect(stage.queue.isOverloaded).toBe(false);
  });
});
