import type { CallStatus } from '../../generated/schema.ts';

/** The order in which a call goes through its states. All ends are one rank: the first one that is told stays. */
const ranks: Readonly<Record<CallStatus, number>> = {
  UNKNOWN: 0,
  QUEUED: 1,
  INITIATED: 2,
  RINGING: 3,
  IN_PROGRESS: 4,
  COMPLETED: 5,
  BUSY: 5,
  NO_ANSWER: 5,
  CANCELED: 5,
  FAILED: 5,
};

/** How far a call in this state has gone. */
export function rankOf(status: CallStatus): number {
  return ranks[status];
}

/** Whether a call in this state changes no more. */
export function isEnded(status: CallStatus): boolean {
  return ranks[status] === ranks.COMPLETED;
}

/** Whether a call in this state may be in progress later, and is not yet. */
export function isUnanswered(status: CallStatus): boolean {
  return ranks[status] < ranks.IN_PROGRESS;
}
