import { z } from 'zod';

/** `operations` of the accounts file: documents that clients name by an id in place of sending them. */
export const operationsSettings = z
  .strictObject({
    /** Manifests that the build of a front end has written: see `read-manifest.ts`. */
    files: z.array(z.string().min(1)).min(1).optional(),
    /** Whether all other operations are refused. */
    only: z.boolean().default(false),
    /** Whether clients may register documents by sending them once (automatic persisted queries). */
    automatic: z.boolean().default(false),
  })
  .superRefine(({ files, only, automatic }, context) => {
    const add = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (files === undefined && !automatic) add(['files'], 'is required, unless `automatic` is true');
    if (only && files === undefined) add(['only'], 'needs `files`: all operations would be refused');
    if (only && automatic) add(['automatic'], 'has no effect together with `only`');
  });

export type OperationsSettings = Readonly<z.output<typeof operationsSettings>>;
