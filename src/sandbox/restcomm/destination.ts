/** The destination of a call, as Restcomm parses `To`. */
export interface Destination {
  readonly kind: 'client' | 'sip' | 'number';
  /** The part that is stored in the record. */
  readonly user: string;
}

/**
 * Contains `@`: a SIP address; begins with `client`, colon or not: a client; else a number. What follows a question
 * mark becomes SIP headers and is cut off. Source: Restcomm-Connect CallsEndpoint.putCall.
 */
export function readDestination(to: string): Destination {
  const address = to.trim().replace(/\?.*$/s, '');
  if (address.includes('@')) return { kind: 'sip', user: userOf(address) };
  if (address.startsWith('client')) return { kind: 'client', user: address.replace(/^client:?/, '') };
  return { kind: 'number', user: address };
}

/** The user part of a SIP address, or the text itself. */
export function userOf(address: string): string {
  return address.replace(/^sips?:/, '').replace(/@.*$/s, '');
}

/** Whether Java's URI parser accepts a string. Relative URIs are accepted. */
export function isUri(text: string): boolean {
  if (/[\s<>"{}|\\^`]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return false;
  return !/^[A-Za-z][A-Za-z0-9+.-]*:(\/\/)?$/.test(text) && !text.startsWith(':');
}
