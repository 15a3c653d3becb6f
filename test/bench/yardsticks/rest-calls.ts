/** A record as it came, in either provider's words. */
export type Wire = Readonly<Record<string, string | undefined>>;
export type Mapped = ReturnType<typeof bandwidthCall>;

const states: Readonly<Record<string, string>> = {
  queued: 'QUEUED',
  initiated: 'INITIATED',
  answered: 'IN_PROGRESS',
};
const endings: Readonly<Record<string, readonly [status: string, endReason: string]>> = {
  hangup: ['COMPLETED', 'HANGUP'],
  busy: ['BUSY', 'BUSY'],
  timeout: ['NO_ANSWER', 'NO_ANSWER'],
  cancel: ['CANCELED', 'CANCELED'],
};
const statuses: Readonly<Record<string, readonly [status: string, endReason: string | null]>> = {
  completed: ['COMPLETED', 'HANGUP'],
  busy: ['BUSY', 'BUSY'],
  'no-answer': ['NO_ANSWER', 'NO_ANSWER'],
  'in-progress': ['IN_PROGRESS', null],
};

function idOf(key: string, callId: string): string {
  return Buffer.from(`Call:${key}:${callId}`).toString('base64url');
}

/** The eighteen fields of a call of Bandwidth's. */
export function bandwidthCall(wire: Wire, accountId: string) {
  const key = `bandwidth-${accountId}`;
  const { callId = '', state = '', disconnectCause, answerTime, endTime } = wire;
  const [status, endReason] = endings[disconnectCause ?? ''] ?? ['FAILED', 'UNKNOWN'];
  const isOver = state === 'disconnected';
  const talked = answerTime && endTime ? Date.parse(endTime) - Date.parse(answerTime) : 0;
  return {
    id: idOf(key, callId),
    provider: 'BANDWIDTH',
    providerCallId: callId,
    from: wire.from ?? '',
    to: wire.to ?? '',
    direction: wire.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    status: isOver ? status : (states[state] ?? 'UNKNOWN'),
    providerStatus: state,
    createdAt: wire.enqueuedTime ?? wire.startTime ?? '',
    startedAt: wire.startTime ?? null,
    answeredAt: answerTime ?? null,
    endedAt: endTime ?? null,
    updatedAt: wire.lastUpdate ?? null,
    duration: isOver ? Math.floor(talked / 1000) : null,
    endReason: isOver ? endReason : null,
    providerEndReason: disconnectCause ?? null,
    callerName: null as string | null,
    account: { key },
  };
}

/** The same of Restcomm's. */
export function restcommCall(wire: Wire, key: string): Mapped {
  const { sid = '', status: word = '' } = wire;
  const [status, endReason] = statuses[word] ?? ['UNKNOWN', null];
  const start = wire.start_time ? new Date(wire.start_time).toISOString() : null;
  const isAnswered = status === 'COMPLETED' || status === 'IN_PROGRESS';
  return {
    id: idOf(key, sid),
    provider: 'RESTCOMM',
    providerCallId: sid,
    from: wire.from ?? '',
    to: wire.to ?? '',
    direction: wire.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    status,
    providerStatus: word,
    createdAt: new Date(wire.date_created ?? '').toISOString(),
    startedAt: isAnswered ? null : start,
    answeredAt: isAnswered ? start : null,
    endedAt: wire.end_time ? new Date(wire.end_time).toISOString() : null,
    updatedAt: new Date(wire.date_updated ?? '').toISOString(),
    duration: status === 'COMPLETED' ? Number(wire.duration) : 0,
    endReason,
    providerEndReason: null as unknown as string,
    callerName: wire.caller_name ?? null,
    account: { key },
  };
}
