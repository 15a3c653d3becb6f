import type { Finding } from './finding.ts';
import type { RcmlOptions } from './rcml/options.ts';
import { type RcmlElement, rcml, toRcmlText } from './rcml/rcml-element.ts';
import { Remarks } from './remarks.ts';
import { type Element, elementsOf, textOf } from './xml/element.ts';
import { parseBxml } from './xml/parse-bxml.ts';

/** A document for Restcomm, and what is to be said of it. */
export interface Translation {
  /** RCML; undefined if something is impossible: an ERROR says what, at its place. */
  readonly document: string | undefined;
  /** A LOSS says what Restcomm will do differently. */
  readonly findings: readonly Finding[];
}

/** Translates a BXML document in which `checkBxml` has found no ERROR to RCML. Never throws. */
export function toRcml(bxml: string, options: RcmlOptions): Translation {
  const remarks = new Remarks(bxml);
  const parsed = parseBxml(bxml);
  if ('fault' in parsed) {
    remarks.add('ERROR', 'xml', `The document is not BXML: ${parsed.fault.what}.`, parsed.fault.at);
    return { document: undefined, findings: remarks.toFindings() };
  }
  const verbs = elementsOf(parsed.root).flatMap((verb) => translate(verb, options, remarks));
  return {
    document: remarks.hasErrors ? undefined : toRcmlText(verbs),
    findings: remarks.toFindings(),
  };
}

function translate(verb: Element, options: RcmlOptions, remarks: Remarks): RcmlElement[] {
  const { name, attributes, at } = verb;
  if (name === 'Hangup') return [rcml('Hangup')];
  if (name === 'SpeakSentence') return [rcml('Say', { voice: 'woman', language: 'en' }, textOf(verb).trim())];
  if (name === 'Pause')
    return [rcml('Pause', { length: Math.max(1, Math.ceil(Number(attributes.duration ?? 1))) })];
  if (name === 'Redirect') {
    const url = options.toCallbackUrl({
      verb: name,
      attribute: 'redirectUrl',
      url: attributes.redirectUrl ?? '',
      method: 'POST',
    });
    return [rcml('Redirect', { method: 'POST' }, url)];
  }
  remarks.add('ERROR', name, `${name} cannot be translated for Restcomm.`, at);
  return [];
}
