import { readFileSync } from 'node:fs';

/** Two folders up is the package, from `src/upstream` as well as from `dist/upstream`. */
const manifest = new URL('../../package.json', import.meta.url);

/** Who asks, as providers see it: name and version of this package (RFC 9110, section 10.1.5). */
export const userAgent = toProduct(JSON.parse(readFileSync(manifest, 'utf8')));

function toProduct({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}/${version}`;
}
