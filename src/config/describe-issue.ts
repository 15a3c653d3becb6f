import type { z } from 'zod';

/**
 * An error map for `safeParse` of Zod: words its issues like the other messages of the configuration. Returns
 * undefined to keep Zod's own message. Messages that a schema gives itself take precedence.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    case 'too_small':
      if (issue.origin !== 'number') return 'must not be empty';
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  string: 'a string',
};

/** The options of a setting with a default include undefined. */
function oneOf(values: readonly unknown[]): string {
  return `must be one of ${values.filter((each) => each !== undefined).join(', ')}`;
}
