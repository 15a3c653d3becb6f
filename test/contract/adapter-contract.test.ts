import { describeAdapter } from '../../src/contract/index.ts';
import { contracts } from './carriers.ts';

for (const [name, start] of Object.entries(contracts)) describeAdapter(name, start);
