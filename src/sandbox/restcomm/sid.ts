import type { Random } from '../random.ts';

/** Exactly 34 letters or digits; the prefix is not looked at. Source: RestComm/sbc Sid. */
export function isPlainSid(text: string): boolean {
  return /^[A-Za-z0-9]{34}$/.test(text);
}

/** What Connect takes for a call: a plain sid, or the instance and the call joined (since 2017-03). */
export function isConnectCallSid(text: string): boolean {
  return isPlainSid(text) || /^ID[A-Za-z0-9]{32}-CA[A-Za-z0-9]{32}$/.test(text);
}

/** Two letters and 32 hexadecimal digits. */
export function drawSid(random: Random, prefix: string): string {
  return prefix + random.hex(32);
}
