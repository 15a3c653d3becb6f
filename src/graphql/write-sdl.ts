import { writeFileSync } from 'node:fs';
import { loadSchema } from './load-schema.ts';
import { printSdl } from './print-sdl.ts';

/** A step of the build: leaves the SDL that the server serves in `dist/schema.graphql`. */
writeFileSync(new URL('../schema.graphql', import.meta.url), printSdl(loadSchema()));
