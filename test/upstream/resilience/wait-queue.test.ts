import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cancellation } from '../../../src/runtime/cancellation.ts';
import { HttpFailure } from '../../../src/upstream/http-failure.ts';
import { WaitQueue } from '../../../src/upstream/resilience/wait-queue.ts';

const bound = 4;

/** Somebody comes, the first is let in, or the one at this place of the queue gives up. */
const step = fc.oneof(
  fc.constant('come' as const),
  fc.constant('next' as const),
  fc.nat({ max: bound }).map((place) => ({ place })),
);

/** The queue by hand. */
class Model {
  readonly line: number[] = [];
  readonly said: string[] = [];
  emptied = 0;

  come(name: number): void {
    if (this.line.length === bound) this.said.push(`${name} rate-limited`);
    else this.line.push(name);
  }

  leave(place: number, word: string): void {
    const [name] = this.line.splice(place, 1);
    if (name === undefined) return;
    this.said.push(`${name} ${word}`);
    if (this.line.length === 0) this.emptied += 1;
  }
}

it('lets in who came first of those who are still there, and tells each once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const model = new Model();
      const said: string[] = [];
      let emptied = 0;
      const queue = new WaitQueue('the queue', { full: 'rate-limited', aborted: 'aborted' }, bound, () => {
        emptied += 1;
      });
      const signals: Cancellation[] = [];
      for (const each of steps) {
        if (each === 'come') {
          const name = signals.push(new Cancellation()) - 1;
          queue.wait(signals[name] as Cancellation).then(
            () => said.push(`${name} in`),
            (reason: unknown) => said.push(`${name} ${reason instanceof HttpFailure && reason.kind}`),
          );
          model.come(name);
        } else if (each === 'next') {
          expect(queue.resolveFirst()).toBe(model.line.length > 0);
          model.leave(0, 'in');
        } else {
          signals[model.line[each.place] ?? -1]?.abort('gone');
          model.leave(each.place, 'aborted');
        }
        await Promise.resolve();
        expect(queue.length).toBe(model.line.length);
      }
      expect(said).toEqual(model.said);
      expect(emptied).toBe(model.emptied);
      // Who has been told hears of its signal no more.
      for (const signal of signals) signal.abort('late');
      expect(queue.length).toBe(0);
    }),
  );
});
