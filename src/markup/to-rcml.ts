import { checkDocument } from './check-bxml.ts';
import type { Finding } from './finding.ts';
import { indexOfEnd } from './language/verbs.ts';
import { impossible } from './rcml/impossible.ts';
import type { RcmlOptions } from './rcml/options.ts';
import { printRcml } from './rcml/print-rcml.ts';
import { rcml } from './rcml/rcml-element.ts';
import { takeAttributes } from './rcml/take-attributes.ts';
import { translations } from './rcml/translations.ts';
import { Translator } from './rcml/translator.ts';
import { Remarks } from './remarks.ts';
import { type Element, elementsOf } from './xml/element.ts';

/** A document for Restcomm, and the findings about it. */
export interface Translation {
  /** RCML; undefined if something is impossible: an ERROR says what, at its place. */
  readonly document: string | undefined;
  /** A LOSS says what Restcomm will do differently. */
  readonly findings: readonly Finding[];
}

/** Verbs that become a Dial. */
const dialling = ['Transfer', 'Forward', 'Conference', 'StartRecording'];

/**
 * Translates a BXML document to RCML, for Restcomm Connect as its interpreter is coded. A document in which `checkBxml`
 * finds an ERROR is refused with the same, its size alone excepted; its hints are not repeated. Never throws.
 */
export function toRcml(bxml: string, options: RcmlOptions): Translation {
  const { root, remarks: faults } = checkDocument(bxml);
  if (root === undefined || faults.hasErrors) return { document: undefined, findings: faults.toFindings() };
  const verbs = elementsOf(root);
  const end = indexOfEnd(verbs);
  const reached = end === -1 ? verbs : verbs.slice(0, end + 1);
  const baseUrl = root.attributes['xml:base'] ?? options.baseUrl;
  const remarks = new Remarks(bxml);
  const translator = new Translator(bxml, reached, { ...options, baseUrl }, remarks);
  translator.run(translate);
  const { isRinging } = options;
  const document = printRcml(verbs.length === 0 && isRinging ? [rcml('Reject')] : translator.verbs);
  return { document: remarks.hasErrors ? undefined : document, findings: remarks.toFindings() };
}

function translate(verb: Element, translator: Translator): void {
  const { name } = verb;
  const toElements = translations.get(name);
  if (toElements === undefined) {
    const reason = impossible.get(name) ?? 'it is unknown';
    translator.refuse(verb, undefined, `is impossible at Restcomm: ${reason}.`);
    return;
  }
  if (translator.options.isScreening === true && dialling.includes(name)) {
    translator.refuse(verb, undefined, 'is impossible at Restcomm for a callee who is not connected yet.');
    return;
  }
  // Any verb may be the first of a document, so the rest becomes one of its own.
  if (dialling.includes(name) && translator.isAfterCollecting) {
    const url = translator.continuation(translator.index);
    translator.add(verb, [rcml('Redirect', { method: 'POST' }, url)]);
  }
  if (![...dialling, 'StopRecording'].includes(name)) translator.records = false;
  takeAttributes(verb, translator);
  translator.add(verb, toElements(verb, translator));
}
