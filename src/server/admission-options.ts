/** When an `AdmissionQueue` admits and refuses. Times in milliseconds. */
export interface AdmissionOptions {
  /** Requests are queued once a turn of the event loop has lasted longer than this. */
  readonly longTurn: number;
  /** Queued requests are admitted for this long in each turn. */
  readonly turnBudget: number;
  /** The longest time that a request waits during overload before it is refused. */
  readonly maxWait: number;
  /** Overload begins when more requests than this are queued, and the oldest of them for `maxBurstWait`. */
  readonly maxBurst: number;
  readonly maxBurstWait: number;
  /** The interval at which the end of overload is checked. */
  readonly window: number;
  /** Overload ends when the event loop was idle for at least this share of a window. */
  readonly minIdleShare: number;
}

/**
 * `longTurn` is the time for a few dozen concurrent requests. `maxBurstWait` and `maxWait` have the order of
 * magnitude of the interval and target of CoDel (RFC 8289, section 4): a queue that lasts longer than the former is
 * no burst, and a request that has waited longer than the latter would be answered late.
 *
 * Clients that wait for a response before their next request never exceed their own number. Up to `maxBurst` of them
 * may wait long without refusals, on a machine that is slow or has just started.
 */
export const defaultAdmission: AdmissionOptions = {
  longTurn: 20,
  turnBudget: 0.5,
  maxBurst: 100,
  maxBurstWait: 50,
  maxWait: 5,
  window: 500,
  minIdleShare: 0.2,
};
