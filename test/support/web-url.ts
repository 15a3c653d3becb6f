import fc from 'fast-check';
import { codePoint } from './code-point.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function textOf(plain: string): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(...`${letters}${plain}`) },
      { weight: 1, arbitrary: codePoint.map(percentEncoded) },
    ),
  });
}

function percentEncoded(char: string): string {
  const encoded = encodeURIComponent(char);
  return encoded === char ? `%${char.charCodeAt(0).toString(16)}` : encoded;
}

const segments = fc.array(textOf("-._~!$&'()*+,;=:@"), { maxLength: 5 });
const words = fc.option(textOf("-._~!$&'()*+,;=:@/?"));

/** Any URL, as `fc.webUrl` with query and fragment makes it, which takes code points of the unit `binary`. */
export const webUrl = fc
  .tuple(fc.constantFrom('http', 'https'), fc.webAuthority(), segments, words, words)
  .map(([scheme, authority, path, query, fragment]) =>
    [
      `${scheme}://${authority}`,
      ...path.map((segment) => `/${segment}`),
      query === null ? '' : `?${query}`,
      fragment === null ? '' : `#${fragment}`,
    ].join(''),
  );
