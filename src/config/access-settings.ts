import { z } from 'zod';
import { createAccountMatcher } from './account-pattern.ts';
import { apiKeySettings } from './api-key-settings.ts';
import { introspectionSettings } from './introspection-settings.ts';
import { jwtSettings } from './jwt-settings.ts';
import { scalarOrMapping } from './scalar-or-mapping.ts';
import { trustedSettings } from './trusted-settings.ts';

const nothing = 'must hold `keys`, `jwt`, `introspection` or `trusted`, or be the word `open`';

const rules = z
  .strictObject({
    keys: z.array(apiKeySettings).min(1).optional(),
    jwt: jwtSettings.optional(),
    introspection: introspectionSettings.optional(),
    trusted: trustedSettings.optional(),
  })
  .superRefine(({ keys = [], ...others }, context) => {
    if (keys.length === 0 && Object.values(others).every((each) => each === undefined)) {
      context.addIssue({ code: 'custom', message: nothing });
    }
    for (const name of ['name', 'sha256'] as const) {
      const values = keys.map((key) => key[name]);
      values.forEach((value, i) => {
        if (values.indexOf(value) === i) return;
        const message = name === 'name' ? `${value} is taken already` : 'is the hash of an earlier key';
        context.addIssue({ code: 'custom', path: ['keys', i, name], message });
      });
    }
  });

const open = z.literal('open', nothing);

/**
 * `access` in the accounts file: who may send operations, and on which accounts. The word `open` lets everyone do
 * everything.
 */
export const accessSettings = scalarOrMapping(open, rules);

export type AccessSettings = z.output<typeof accessSettings>;

const noAccounts = { accounts: [] };
/** Parses only the accounts of the keys, out of settings that may be invalid. */
const accountsOfKeys = z
  .object({ keys: z.array(z.object({ accounts: z.array(z.string()) }).catch(noAccounts)) })
  .catch({ keys: [] });

/**
 * Lists accounts that a key names but that are not configured, and patterns that match none. A misspelt name would
 * silently take away rights.
 *
 * @param settings `access` of the file, which may have other errors
 */
export function listUnknownAccounts(
  settings: unknown,
  accountKeys: readonly string[],
): { path: string; message: string }[] {
  const { keys } = accountsOfKeys.parse(settings);
  return keys.flatMap(({ accounts }, i) =>
    accounts.flatMap((account, j) =>
      accountKeys.some(createAccountMatcher([account]))
        ? []
        : [{ path: `access.keys[${i}].accounts[${j}]`, message: `${account} is the key of no account` }],
    ),
  );
}
