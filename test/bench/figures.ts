/** What the upstream holds and everyone asks for: the same figures on both sides of the sockets. */
export const accounts = ['9900001', '9900002', '9900003', '9900004'] as const;
/** Ten thousand calls, which do not change. */
export const walkedAccount = '9900005';
/** Where calls are placed, so that no list is the longer for it. */
export const dialledAccount = '9900006';
export const restcommSid = `AC${'0123456789abcdef'.repeat(2)}`;

export const applicationId = '04e88489-df02-4e34-a0ee-27a91849555f';
export const pageSize = 50;
export const walkedCalls = 10_000;
export const walkedPage = 500;
export const aliases = 20;

/** Each account but the one that is walked has a week of them. */
export const callsPerDay = 5_000;
export const week = 7 * 86_400_000;

/** Any of it is there. */
export function callIdOf(number: number): string {
  return `c-95ac8d6e-${String(number).padStart(8, '0')}-b3ab-4c3a-8a9d-c1f4d2cbd5a0`;
}
