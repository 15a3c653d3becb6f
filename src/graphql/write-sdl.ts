import { writeFileSync } from 'node:fs';
import { loadSchema } from './load-schema.ts';
import { printSdl } from './print-sdl.ts';

/** A build step: writes the SDL that the server serves to `dist/schema.graphql`. */
writeFileSync(new URL('../schema.graphql', import.meta.url), printSdl(loadSchema()));
