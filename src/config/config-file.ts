import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';

export interface Problem {
  /** Path in the file, such as `accounts[0].auth`, or an environment variable's name. */
  readonly path: string;
  readonly message: string;
}

const notDuration = 'must be a duration such as 500ms, 2s or 1m';
const unitsInMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `2s`, `1.5m`, `1h`, in whole milliseconds: no timer takes 16.1 times 1000, which is 16100.000000000002. */
export const duration = z
  .string(notDuration)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, notDuration)
  .transform((text) => {
    const unit = text.replace(/[\d.]+/, '') as keyof typeof unitsInMilliseconds;
    return Number.parseFloat(text) * unitsInMilliseconds[unit];
  })
  .refine(
    (milliseconds) => milliseconds >= 1 && milliseconds <= 2 ** 31 - 1,
    'must be between 1ms and 24 days',
  )
  .transform(Math.round);

/**
 * The accounts file as plain data, `${NAME}` replaced from the environment. Problems are added to
 * `problems`; the answer is undefined when the file cannot be read at all.
 */
export function readAccountsFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.push({ path: 'CALLS_CONFIG', message: `cannot be read: ${(error as Error).message}` });
    return undefined;
  }
  const document = parseDocument(text);
  // The first alone: those after it mostly follow from it.
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) {
    problems.push({ path, message: `is not YAML or JSON: ${faultOf(fault)}` });
    return undefined;
  }
  try {
    const content: unknown = document.toJS() ?? {};
    // Fails where an alias stands within its own anchor.
    JSON.stringify(content);
    return substitute(content, '', env, problems);
  } catch (error) {
    problems.push({ path, message: `is not YAML or JSON: ${faultOf(error as Error)}` });
    return undefined;
  }
}

/** What is wrong, and where. The rest quotes the file, which may hold secrets. */
function faultOf({ message }: Error): string {
  const line = message.replace(/:?\n.*/s, '');
  const place = / at line \d+, column \d+$/.exec(line)?.[0] ?? '';
  return line.slice(0, line.length - place.length).replace(/: .*/s, '') + place;
}

function substitute(
  value: unknown,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): unknown {
  if (Array.isArray(value)) return value.map((each, i) => substitute(each, `${path}[${i}]`, env, problems));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        substitute(each, path ? `${path}.${key}` : key, env, problems),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole: string, name: string) => {
    const found = Object.hasOwn(env, name) ? env[name] : undefined;
    if (found === undefined) problems.push({ path, message: `the environment variable ${name} is not set` });
    // Left as it is, since an empty text would be wrong for reasons of its own.
    return found ?? whole;
  });
}

/** Zod's issues as a line each: `accounts[0].auth.clientId: …`. */
export function listProblems(error: z.ZodError | undefined, under = ''): Problem[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = [under, ...issue.path].reduce<string>(
      (text, key) =>
        typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
      '',
    );
    if (issue.code !== 'unrecognized_keys') return [{ path: path || 'the file', message: issue.message }];
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known key' }));
  });
}
