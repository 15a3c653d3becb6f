const id = /^[\w.:-]{1,128}$/;
/** What could as well be a telephone number. */
const number = /^[\d.:-]+$/;

/**
 * A provider's id of an error, for clients to quote to its support; undefined for what is none. It comes out of
 * an answer, so nothing but an id gets through: no sentence, no address and no telephone number.
 */
export function toProviderErrorId(value: unknown): string | undefined {
  return typeof value === 'string' && id.test(value) && !number.test(value) ? value : undefined;
}
