import { describe, expect, it } from 'vitest';
import {
  toDirection as toBandwidthDirection,
  toStatus as toBandwidthStatus,
} from '../../../src/adapters/bandwidth/words.ts';
import { meaningOf, spelled } from '../../../src/adapters/kit/meaning-of.ts';
import { statusWords, toEndReason, toStatus } from '../../../src/adapters/restcomm/words.ts';

describe('the meaning of a word', () => {
  const meanings = spelled([
    ['in-progress', 1],
    ['busy', 2],
  ]);

  it.each([
    ['in-progress', 1],
    ['IN_PROGRESS', 1],
    ['in_progress', 1],
    ['IN-PROGRESS', 1],
    [' In_Progress ', 1],
    ['Busy', 2],
    ['constructor', undefined],
    ['', undefined],
    [null, undefined],
  ])('is for %j %s', (word, meaning) => {
    expect(meaningOf(meanings, word)).toBe(meaning);
  });

  it('takes no slow path for a word in lower or upper case, with hyphens or underscores', () => {
    const spellings = ['in-progress', 'in_progress', 'IN-PROGRESS', 'IN_PROGRESS', 'busy', 'BUSY'];
    expect(spellings.filter((word) => !meanings.has(word))).toEqual([]);
  });
});

it.each([...statusWords])('Restcomm means %s in every spelling alike', (word, status) => {
  const folded = word.replaceAll('-', '_');
  for (const spelling of [word, folded, word.toUpperCase(), folded.toUpperCase(), ` ${folded} `]) {
    expect(toStatus(spelling)).toBe(status);
    expect(toEndReason(spelling, true)).toBe(toEndReason(word, false));
  }
});

it('Bandwidth means its words in every spelling alike', () => {
  expect(['inbound', 'INBOUND', 'Inbound'].map(toBandwidthDirection)).toEqual(Array(3).fill('INBOUND'));
  const causes = ['application-error', 'APPLICATION_ERROR', 'Application-Error'];
  const statuses = causes.map((cause) => toBandwidthStatus('DISCONNECTED', cause, true));
  expect(statuses).toEqual(Array(3).fill('FAILED'));
});
