import { elementsOf, type Markup, readMarkup } from '../../../voice/read-markup.ts';

/** The verbs of RCML, exact case. Source: Restcomm-Connect Verbs.java. */
const VERBS = new Set([
  ...['Dial', 'Email', 'Enqueue', 'Fax', 'Gather', 'Hangup', 'Language', 'Leave', 'Pause', 'Play', 'Record'],
  ...['Redirect', 'Reject', 'Say', 'Sms', 'UssdCollect', 'UssdMessage'],
]);

/**
 * Parses a document, whose root may have any name; undefined if it is not well-formed. An ampersand without an entity is
 * repaired first. Source: Restcomm-Connect Parser.java.
 */
export function readRcml(text: string): Markup | undefined {
  return readMarkup(text.replace(/&(?!#?\w+;)/g, '&amp;'));
}

/**
 * The elements that are executed, in order: verbs at any depth but directly within a verb, and, for the transcript
 * alone, elements that are no verbs beneath the root. Source: Restcomm-Connect TagIterator.java.
 */
export function* toSteps(root: Markup): Generator<{ readonly verb: Markup; readonly isKnown: boolean }> {
  for (const child of elementsOf(root)) yield* walk(child);
}

function* walk(element: Markup): Generator<{ readonly verb: Markup; readonly isKnown: boolean }> {
  const isKnown = VERBS.has(element.name);
  yield { verb: element, isKnown };
  for (const child of elementsOf(element)) {
    if (!isKnown) yield* walk(child);
    else for (const grandchild of elementsOf(child)) if (VERBS.has(grandchild.name)) yield* walk(grandchild);
  }
}

/** The text of an element: of mixed content only the last chunk that is not blank. Source: Restcomm-Connect Parser.java. */
export function lastTextOf({ children }: Markup): string {
  const chunks: string[] = [''];
  for (const child of children) {
    if (typeof child === 'string') chunks.push(`${chunks.pop()}${child}`);
    else chunks.push('');
  }
  return chunks.findLast((chunk) => chunk.trim() !== '')?.trim() ?? '';
}

/** An attribute that is a whole number; the default if it is missing or none. */
export function integerOf({ attributes }: Markup, name: string, otherwise: number): number {
  const text = attributes[name]?.trim() ?? '';
  return /^[+-]?\d+$/.test(text) ? Number(text) : otherwise;
}

/** An attribute, trimmed. */
export function attributeOf({ attributes }: Markup, name: string): string | undefined {
  return attributes[name]?.trim();
}
