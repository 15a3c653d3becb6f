import { readFileSync } from 'node:fs';

/** What would be `schema/providers/acme.graphql`. */
export const sdl = readFileSync(new URL('provider/acme.graphql', import.meta.url), 'utf8');
