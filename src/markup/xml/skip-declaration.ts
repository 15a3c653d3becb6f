import { Fault } from './fault.ts';
import { blank, matchAt, sticky } from './patterns.ts';

const equals = `${blank}*=${blank}*`;
const declaration = sticky(
  `<\\?xml${blank}+version${equals}(?:"1\\.[0-9]+"|'1\\.[0-9]+')` +
    `(?:${blank}+encoding${equals}(?:"([A-Za-z][\\w.\\-]*)"|'([A-Za-z][\\w.\\-]*)'))?` +
    `(?:${blank}+standalone${equals}(?:"(?:yes|no)"|'(?:yes|no)'))?${blank}*\\?>`,
);

/**
 * The offset behind an XML declaration, or the same if there is none.
 *
 * @throws Fault when it is malformed, or the encoding is not UTF-8
 */
export function skipDeclaration(xml: string, at: number): number {
  if (!/^<\?xml[\s?]/.test(xml.slice(at, at + 6))) return at;
  const [text, ...encodings] = matchAt(declaration, xml, at) ?? [];
  if (text === undefined) throw new Fault('malformed XML declaration', at);
  const encoding = encodings.find((each) => each !== undefined) ?? 'UTF-8';
  if (!/^utf-?8$/i.test(encoding)) throw new Fault('its encoding must be UTF-8', at);
  return at + text.length;
}
