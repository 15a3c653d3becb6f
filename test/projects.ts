export interface Project {
  readonly name: string;
  readonly include: string[];
  readonly exclude: string[];
}

const contract = [
  'test/contract/**/*.test.ts',
  'test/conformance/**/*.test.ts',
  'test/sandbox/**/*.test.ts',
  'test/**/*.socket.test.ts',
];
const faults = ['test/faults/**/*.test.ts'];
const walk = ['test/walk/**/*.test.ts'];
/** Have a configuration of their own. */
const apart = ['test/browser/**', 'test/bench/**'];

/**
 * Which file belongs to which project: `faults` and `walk` by the folder; `contract` by the folder, or by the suffix
 * `.socket.test.ts` of a file that opens a socket or starts a process; all others are `unit`.
 */
export const projects: readonly Project[] = [
  { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...apart, ...contract, ...faults, ...walk] },
  { name: 'contract', include: contract, exclude: [...apart, ...faults, ...walk] },
  { name: 'faults', include: faults, exclude: [] },
  { name: 'walk', include: walk, exclude: [] },
];
