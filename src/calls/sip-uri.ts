const character = String.raw`[\w\-.!~*'()]|%[\dA-Fa-f]{2}`;
const user = `(?:${character}|[&=+$,;?/])+`;
const password = `(?:${character}|[&=+$,])*`;
const host = String.raw`(?:[\w\-.]+|\[[\dA-Fa-f:.]+\])`;
const parameters = String.raw`(?:;(?:${character}|[[\]/:&+$=])+)*`;
const headers = String.raw`(?:\?(?:${character}|[[\]/?:+$=&])+)?`;
const sipUri = new RegExp(
  `^sips?:(?:${user}(?::${password})?@)?${host}(?::\\d+)?${parameters}${headers}$`,
  'i',
);

/**
 * Whether a text is a SIP URI (RFC 3261, section 25.1). What it leaves out, such as angle brackets, a second `@`
 * or letters beyond ASCII, is read in one way by one server and in another by the next.
 */
export function isSipUri(text: string): boolean {
  return sipUri.test(text);
}

/** The same for one whose scheme may be missing, and with it the password: `bob@example.com`. */
export function isSipAddress(text: string): boolean {
  return isSipUri(text) || (/^[^:@]+@/.test(text) && isSipUri(`sip:${text}`));
}
