import { expect, it } from 'vitest';
import { readWalkState, writeWalkState } from '../../../src/adapters/kit/walk-state.ts';

it.each(['0000-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
  'the state of a walk is read as it was written: %s',
  (time) => {
    for (const sign of [1, -1]) {
      const state = { still: 60, unstarted: time, seen: sign * Date.parse(time) + 0 };
      expect(readWalkState(writeWalkState(state, 'n 1 1 1'))).toEqual({ ...state, hint: 'n 1 1 1' });
    }
  },
);
