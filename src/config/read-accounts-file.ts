import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { Environment } from './environment.ts';
import type { Problem } from './problem.ts';

/**
 * Reads the accounts file (YAML or JSON) as plain data, with each `${NAME}` replaced from the environment.
 * Any other `${` is an error: it is a mistyped name, and would be sent as part of a secret.
 * Nothing is validated here.
 *
 * @param problems receives every error found
 * @returns undefined if the file cannot be read or parsed
 */
export function readAccountsFile(path: string, env: Environment, problems: Problem[]): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.push({ path: 'CALLS_CONFIG', message: `cannot be read: ${(error as Error).message}` });
    return undefined;
  }
  const document = parseDocument(text);
  // Report only the first error: later ones mostly follow from it.
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) {
    problems.push({ path, message: `is not YAML or JSON: ${faultOf(fault)}` });
    return undefined;
  }
  try {
    const content: unknown = document.toJS() ?? {};
    // Throws if an alias refers to the node that contains it.
    JSON.stringify(content);
    return substitute(content, '', env, problems);
  } catch (error) {
    problems.push({ path, message: `is not YAML or JSON: ${faultOf(error as Error)}` });
    return undefined;
  }
}

/** The message and position of a YAML error, without the excerpt of the file, which may hold secrets. */
function faultOf({ message }: Error): string {
  const line = message.replace(/:?\n.*/s, '');
  const position = / at line \d+, column \d+$/.exec(line)?.[0] ?? '';
  return line.slice(0, line.length - position.length).replace(/: .*/s, '') + position;
}

const notAVariable =
  'holds `${` without a name and `}` behind it, such as `${NAME}`; a text with `${` in it can come from a variable';

/** Replaces `${NAME}` in every string of `value`. */
function substitute(value: unknown, path: string, env: Environment, problems: Problem[]): unknown {
  if (Array.isArray(value)) return value.map((each, i) => substitute(each, `${path}[${i}]`, env, problems));
  if (typeof value === 'object' && value !== null) {
    const toEntry = ([key, each]: [string, unknown]) =>
      [key, substitute(each, path ? `${path}.${key}` : key, env, problems)] as const;
    return Object.fromEntries(Object.entries(value).map(toEntry));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{(?:([A-Za-z_][A-Za-z0-9_]*)\})?/g, (whole: string, name?: string) => {
    if (name === undefined) {
      problems.push({ path, message: notAVariable });
      return whole;
    }
    const found = Object.hasOwn(env, name) ? env[name] : undefined;
    if (found === undefined) problems.push({ path, message: `the environment variable ${name} is not set` });
    // Keep the text: an empty string would cause further errors.
    return found ?? whole;
  });
}
