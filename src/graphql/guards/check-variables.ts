import type { CreateGuard } from './guard.ts';

/** A guard that refuses an operation at the first error in its variables, before graphql-js coerces them. See `Variables`. */
export const checkVariables: CreateGuard<unknown> = () => ({
  check(operation) {
    operation.coerce();
  },
});
