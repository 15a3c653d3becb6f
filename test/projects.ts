export interface Project {
  readonly name: string;
  /** Whether modules are loaded anew for each file: undici keeps timers that virtual time has patched. */
  readonly isolate: boolean;
  readonly include: string[];
  readonly exclude: string[];
}

const contract = [
  'test/contract/**/*.test.ts',
  'test/conformance/**/*.test.ts',
  'test/sandbox/**/*.test.ts',
  'test/**/*.socket.test.ts',
];
const faults = ['test/faults/**/*.test.ts', 'test/**/*.virtual.test.ts'];
const walk = ['test/walk/**/*.test.ts'];
/** Have a configuration of their own. */
const apart = ['test/browser/**', 'test/bench/**'];

/**
 * Which file belongs to which project: `walk` by the folder; `faults` by the folder, or by the suffix
 * `.virtual.test.ts` of a file that installs virtual time; `contract` by the folder, or by the suffix
 * `.socket.test.ts` of a file that opens a socket or starts a process; all others are `unit`.
 */
export const projects: readonly Project[] = [
  {
    name: 'unit',
    isolate: false,
    include: ['test/**/*.test.ts'],
    exclude: [...apart, ...contract, ...faults, ...walk],
  },
  { name: 'contract', isolate: false, include: contract, exclude: [...apart, ...faults, ...walk] },
  { name: 'faults', isolate: true, include: faults, exclude: [] },
  { name: 'walk', isolate: false, include: walk, exclude: [] },
];
