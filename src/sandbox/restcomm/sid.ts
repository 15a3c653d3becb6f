import type { Random } from '../random.ts';

/** Whether a string has exactly 34 letters or digits; the prefix is not checked. Source: RestComm/sbc Sid. */
export function isPlainSid(text: string): boolean {
  return /^[A-Za-z0-9]{34}$/.test(text);
}

/** Whether Connect accepts a call sid: a plain one, or instance and call joined with a hyphen (since 2017-03). */
export function isConnectCallSid(text: string): boolean {
  return isPlainSid(text) || /^ID[A-Za-z0-9]{32}-CA[A-Za-z0-9]{32}$/.test(text);
}

/** Generates a sid of two letters and 32 hexadecimal digits. */
export function drawSid(random: Random, prefix: string): string {
  return prefix + random.hex(32);
}
