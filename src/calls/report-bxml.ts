import type { BxmlReport } from '../generated/schema.ts';
import { checkBxml } from '../markup/check-bxml.ts';
import type { Finding } from '../markup/finding.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { noDocuments } from './check-account.ts';
import { tryTranslation } from './try-translation.ts';

/** Checks a BXML document for an account, and shows what its provider would get, without a request to the provider. */
export function reportBxml(
  { account, documentLanguage }: Pick<CallsAdapter, 'account' | 'documentLanguage'>,
  bxml: string,
): BxmlReport {
  const findings = checkBxml(bxml);
  if (findings.some(({ level }) => level === 'ERROR')) return { findings, document: null };
  if (documentLanguage === 'BXML') return { findings, document: bxml };
  if (documentLanguage === undefined) {
    const message = noDocuments(account);
    const refusal: Finding = { level: 'ERROR', rule: 'provider', message, line: 1, column: 1 };
    return { findings: [refusal, ...findings], document: null };
  }
  const { document = null, findings: told } = tryTranslation(bxml);
  const all = [...findings, ...told].sort((a, b) => a.line - b.line || a.column - b.column);
  return { findings: all, document };
}
