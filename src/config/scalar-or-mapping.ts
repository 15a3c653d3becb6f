import { z } from 'zod';

/**
 * Parses a scalar and a mapping with different schemas. The error of a union of Zod would not name the setting of the
 * mapping that is wrong.
 */
export function scalarOrMapping<Scalar, Mapping>(scalar: z.ZodType<Scalar>, mapping: z.ZodType<Mapping>) {
  return z.unknown().transform((value, context): Scalar | Mapping => {
    const isMapping = typeof value === 'object' && value !== null;
    const { success, data, error } = (isMapping ? mapping : scalar).safeParse(value);
    if (success) return data;
    context.issues.push(...(error.issues as typeof context.issues));
    return z.NEVER;
  });
}
