import { readFileSync } from 'node:fs';

/** The manifest of this package, two folders up from `src/upstream` as well as from `dist/upstream`. */
const manifest = new URL('../../package.json', import.meta.url);

/** The `User-Agent` of every request: name and version of this package (RFC 9110, section 10.1.5). */
export const userAgent = toProduct(JSON.parse(readFileSync(manifest, 'utf8')));

function toProduct({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}/${version}`;
}
