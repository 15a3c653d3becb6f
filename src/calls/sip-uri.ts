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
 * Whether a text is a SIP or SIPS URI (RFC 3261, section 25.1). Strict: servers differ in how they read angle
 * brackets, a second `@` or non-ASCII letters, which the grammar does not allow.
 */
export function isSipUri(text: string): boolean {
  return sipUri.test(text);
}

/** Whether a text is a SIP URI, or one without its scheme and password, such as `bob@example.com`. */
export function isSipAddress(text: string): boolean {
  return isSipUri(text) || (/^[^:@]+@/.test(text) && isSipUri(`sip:${text}`));
}
