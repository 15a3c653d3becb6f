export interface Project {
  readonly name: string;
  readonly include: string[];
  readonly exclude: string[];
}

const sockets = 'test/**/*.socket.test.ts';
const contract = [
  'test/contract/**/*.test.ts',
  'test/conformance/**/*.test.ts',
  'test/sandbox/**/*.test.ts',
  sockets,
];
const faults = ['test/faults/**/*.test.ts', 'test/**/*.virtual.test.ts'];
const walk = ['test/walk/**/*.test.ts'];
/** Have a configuration of their own. */
const apart = ['test/browser/**', 'test/bench/**', 'test/package/**'];

/**
 * Which file belongs to which project: `walk` by the folder; `contract` by the folder, or by the suffix
 * `.socket.test.ts` of a file that opens a socket or starts a process; `faults` by the folder, or by the suffix
 * `.virtual.test.ts` of a file that installs virtual time, as all of them do; all others are `unit`.
 */
export const projects: readonly Project[] = [
  {
    name: 'unit',
    include: ['test/**/*.test.ts'],
    exclude: [...apart, ...contract, ...faults, ...walk],
  },
  { name: 'contract', include: contract, exclude: [...apart, ...walk] },
  { name: 'faults', include: faults, exclude: [sockets] },
  { name: 'walk', include: walk, exclude: [] },
];
