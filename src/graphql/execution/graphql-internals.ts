/**
 * What this room uses of graphql-js 16 that it does not export. A version that changes it would compile nothing, and
 * every operation would silently take graphql-js's time: `test/graphql/execution/compiled.test.ts` fails then.
 */
export { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
export { identityFunc } from 'graphql/jsutils/identityFunc.js';
export { inspect } from 'graphql/jsutils/inspect.js';
export { printPathArray } from 'graphql/jsutils/printPathArray.js';
