import { ruleOf } from '../language/rules.ts';
import { verbs } from '../language/verbs.ts';
import { type Element, elementsOf } from '../xml/element.ts';
import { impossibleAttributes } from './impossible.ts';
import type { Translator } from './translator.ts';

/** Handles what all elements have in common: unknown and impossible attributes, elements that have no place in them, the tag. */
export function takeAttributes(element: Element, translator: Translator): void {
  const { attributes, name: verb } = element;
  const { attributes: known, children, text } = ruleOf(verbs, verb) ?? { attributes: {} };
  const refused = impossibleAttributes[verb] ?? {};
  for (const [name, value] of Object.entries(attributes)) {
    if (Object.hasOwn(refused, name)) {
      if (value !== refused[name]) translator.refuse(element, name, 'is impossible at Restcomm.');
    } else if (!Object.hasOwn(known, name) && !/^xmlns|^xml:/.test(name)) {
      translator.lose(element, name, 'is unknown, and is left out.');
    }
  }
  if (children === undefined && text !== 'speech') {
    for (const inner of elementsOf(element))
      translator.lose(inner, undefined, `is left out: it cannot stand in ${verb}.`);
  }
  if (Object.hasOwn(known, 'tag') && attributes.tag !== undefined) translator.setTag(attributes.tag, element);
}
