/** What graphql-js says of a value with the value in it, and the same without. */
const quotes: readonly (readonly [RegExp, string])[] = [
  [/^(Expected value of type "[^"]*"), found .*$/s, '$1.'],
  [/^((?:\w+|Enum "\w+") cannot represent [^:"]*): .*$/s, '$1.'],
  [/^(Argument "\w+" has) invalid value .*$/s, '$1 an invalid value.'],
  [/^Value ".*?" (does not exist in "\w+" enum\.)/s, 'The value $1'],
  [/\b(String|BlockString|Int|Float) ".*"/s, '$1'],
];

/**
 * The message of an error in a document or in its variables, without the value that is at fault:
 * graphql-js repeats it, be it a password or a telephone number, and errors are kept in places where
 * neither belongs.
 *
 * @param cause the message of what graphql-js wrapped, which it puts last
 */
export function withoutValues(message: string, cause: string | undefined): string {
  const variable = /^Variable "\$\w+" got invalid value/.exec(message)?.[0];
  if (variable === undefined) return withoutQuote(message);
  if (cause === undefined || !message.endsWith(`; ${cause}`)) return `${variable}.`;
  // A quotation mark within a value has a backslash before it, so this can only be graphql-js's own.
  const place = / at "[\w.[\]]+"$/.exec(message.slice(0, -`; ${cause}`.length))?.[0] ?? '';
  return `${variable}${place}; ${withoutQuote(cause)}`;
}

function withoutQuote(message: string): string {
  return quotes.reduce((text, [quote, replacement]) => text.replace(quote, replacement), message);
}
