export { writesIn } from '../../src/contract/contracted.ts';
