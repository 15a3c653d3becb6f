/**
 * The contract of adapters, as tests: `describeAdapter('Acme', start)` in a test file of vitest. `Contracted` is what it
 * needs of the adapter and of an emulated provider, which `calls-graphql/sandbox` helps to write.
 */
export { type Contracted, createOperation, impatient, type Numbers, patient } from './contracted.ts';
export { describeAdapter } from './describe-adapter.ts';
export { eachPage, idsOn, walkPages } from './walk-pages.ts';
