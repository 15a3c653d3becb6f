import fc from 'fast-check';

/**
 * Properties are tried on the same cases in each run, so that a change is held to what it changes. `SEED` names other
 * cases; `npm run test:long` draws a new one.
 */
const { SEED: seed = '1' } = process.env;
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
