import type { Random } from './random.ts';

/** A fictional person, with a number of the 555 exchange. */
export interface Person {
  readonly name: string;
  /** E.164 */
  readonly number: string;
}

const GIVEN = [
  'Ada',
  'Amir',
  'Bea',
  'Chen',
  'Dora',
  'Emil',
  'Fatou',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Kofi',
  'Lena',
] as const;
const FAMILY = [
  'Abara',
  'Berg',
  'Castillo',
  'Dunn',
  'Eriksen',
  'Fujita',
  'Gomez',
  'Haddad',
  'Ivanova',
  'Okafor',
] as const;
const AREAS = ['919', '984', '212', '415', '303', '512', '206', '617'] as const;

/** The numbers of the fictional business. */
export const BUSINESS = ['+19195554321', '+19195550100', '+19845550101', '+12125550102'] as const;

/** Generates `count` people. */
export function drawPeople(random: Random, count: number): readonly [Person, ...Person[]] {
  const draw = (): Person => ({
    name: `${random.pick(GIVEN)} ${random.pick(FAMILY)}`,
    number: `+1${random.pick(AREAS)}555${String(random.between(0, 9999)).padStart(4, '0')}`,
  });
  return [draw(), ...Array.from({ length: count - 1 }, draw)];
}

/** Picks one of several choices with probabilities proportional to their weights. */
export function pickWeighted<T>(
  random: Random,
  weighted: readonly (readonly [weight: number, choice: T])[],
): T {
  let left = random.next() * weighted.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of weighted) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = weighted.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last[1];
}

/** Generates the duration of a conversation in milliseconds: mostly one or two minutes, sometimes half an hour. */
export function drawTalk(random: Random): number {
  return Math.round(4_000 + -Math.log(1 - random.next()) * 110_000);
}

/** How many of `calls` seeded calls are in progress. */
export function countLive(calls: number): number {
  return Math.min(8, Math.ceil(calls / 20));
}
