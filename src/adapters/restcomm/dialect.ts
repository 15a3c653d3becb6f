import type { Account } from '../../calls/account.ts';

/** What tells the two Restcomms apart, apart from words. */
export interface Dialect {
  readonly name: 'connect' | 'sbc';
  readonly capabilities: Account['capabilities'];
  /** Where the calls are below the base URL, without suffix. */
  readonly callsPath: string;
  /** Whether a text has the form of a call's sid; on any other a server may fail with 500 instead of 404. */
  isCallSid(text: string): boolean;
}

/** 34 letters or digits; the prefix is not looked at (Sid.java of both). */
const plainSid = /^[A-Za-z0-9]{34}$/;
/** The server's instance and the call joined: Connect's form since 2017-03. */
const joinedSid = /^ID[A-Za-z0-9]{32}-CA[A-Za-z0-9]{32}$/;

const changes = ['REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL', 'MUTE_CALL'] as const;

/** Restcomm Connect (RestComm/Restcomm-Connect). */
export function createConnect(accountSid: string): Dialect {
  return {
    name: 'connect',
    capabilities: ['CREATE_CALL', ...changes, 'COUNT_CALLS', 'CALL_EVENTS'],
    callsPath: `/Accounts/${accountSid}/Calls`,
    isCallSid: (text) => plainSid.test(text) || joinedSid.test(text),
  };
}

/**
 * Restcomm SBC (RestComm/sbc). Creating is in its documentation and in none of its releases, so it is
 * tried; changing a live call is in neither.
 */
export const sbc: Dialect = {
  name: 'sbc',
  capabilities: ['CREATE_CALL', 'COUNT_CALLS', 'CALL_EVENTS'],
  callsPath: '/Calls',
  isCallSid: (text) => plainSid.test(text),
};
