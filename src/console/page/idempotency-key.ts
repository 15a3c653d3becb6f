/** A key of 128 random bits. `randomUUID` would need a secure context, which a page by plain http in a LAN has not. */
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Gives each form a key. It stays the same while the form does, so that a double click, and another try after an error,
 * place one call; with a change of the form it is another call.
 */
export function createKeyring(create: () => string = createIdempotencyKey): (form: string) => string {
  let last: { readonly form: string; readonly key: string } | undefined;
  return (form) => {
    if (last?.form !== form) last = { form, key: create() };
    return last.key;
  };
}
