/**
 * Removes the invalid value from a message of graphql-js about a document or its variables. The value may be a
 * password or a phone number, which must not get into the logs of clients.
 *
 * @param cause the message of the error that graphql-js wrapped; its own message ends with it
 */
export function redactValues(message: string, cause: string | undefined): string {
  const variable = /^Variable "\$\w+" got invalid value/.exec(message)?.[0];
  if (variable === undefined) return redactQuote(message);
  if (cause === undefined || !message.endsWith(`; ${cause}`)) return `${variable}.`;
  // Quotation marks inside a value are escaped, so this match is graphql-js's own text.
  const path = / at "[\w.[\]]+"$/.exec(message.slice(0, -`; ${cause}`.length))?.[0] ?? '';
  return `${variable}${path}; ${redactQuote(cause)}`;
}

/** Messages of graphql-js that quote a value, and their replacements. */
const quotes: readonly (readonly [RegExp, string])[] = [
  [/^(Expected value of type "[^"]*"), found .*$/s, '$1.'],
  [/^((?:\w+|Enum "\w+") cannot represent [^:"]*): .*$/s, '$1.'],
  [/^(Argument "\w+" has) invalid value .*$/s, '$1 an invalid value.'],
  [/^Value ".*?" (does not exist in "\w+" enum\.)/s, 'The value $1'],
  [/\b(String|BlockString|Int|Float) ".*"/s, '$1'],
];

function redactQuote(message: string): string {
  return quotes.reduce((text, [quote, replacement]) => text.replace(quote, replacement), message);
}
