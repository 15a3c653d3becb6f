import { type ElementRule, isAbsolute, levelOf, type ValueRule } from '../language/rules.ts';
import type { Remarks } from '../remarks.ts';
import { type Element, firstText } from '../xml/element.ts';

/** What is wrong with an address of which nobody knows to what it is relative. */
export const relative =
  'is relative: in a document that was not fetched from an address, it is not known to what.';
const secure = 'must be https, since credentials go with it.';

/** Checks the attributes of a known element, alone and together. */
export function checkAttributes(element: Element, rule: ElementRule, remarks: Remarks): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    const known = Object.hasOwn(rule.attributes, name) ? rule.attributes[name] : undefined;
    if (known !== undefined) checkValue(element, name, value, known, remarks);
    else if (!/^xmlns|^xml:/.test(name)) {
      remarks.addAttribute('HINT', 'attribute', 'is unknown.', element, name);
    }
  }
  checkRequired(element, rule, remarks);
  checkEffect(element, rule, remarks);
  checkCredentials(element, rule, remarks);
}

function checkValue(element: Element, name: string, value: string, rule: ValueRule, remarks: Remarks): void {
  if (!rule.accepts(value)) {
    remarks.addAttribute(levelOf(rule.mark), 'value', `must be ${rule.says}.`, element, name);
  } else if (rule.isUrl && !isAbsolute(value)) {
    remarks.addAttribute('HINT', 'relative', relative, element, name);
  }
}

function checkRequired(element: Element, rule: ElementRule, remarks: Remarks): void {
  const { name: verb, at, attributes } = element;
  for (const [name, { isRequired }] of Object.entries(rule.attributes)) {
    if (!isRequired || attributes[name] !== undefined) continue;
    remarks.add('ERROR', 'required', `${verb} must have \`${name}\`.`, at);
  }
  for (const [name, [other, value]] of Object.entries(rule.demands ?? {})) {
    if (attributes[other] !== value || attributes[name] !== undefined) continue;
    remarks.add('ERROR', 'required', `${verb} must have \`${name}\`, since \`${other}\` is ${value}.`, at);
  }
}

function checkEffect(element: Element, rule: ElementRule, remarks: Remarks): void {
  const { attributes } = element;
  const { needs = {}, ignored = {} } = rule;
  for (const name of Object.keys(attributes)) {
    const url = neededUrl(name);
    if (url === name || rule.attributes[url] === undefined || attributes[url] !== undefined) continue;
    remarks.addAttribute('HINT', 'effect', `has no effect without \`${url}\`.`, element, name);
  }
  for (const [name, [other, value]] of Object.entries(needs)) {
    const isMet = attributes[other] !== undefined && (value === undefined || attributes[other] === value);
    if (attributes[name] === undefined || isMet) continue;
    const wanted = value === undefined ? '' : `="${value}"`;
    remarks.addAttribute('HINT', 'effect', `has no effect without \`${other}${wanted}\`.`, element, name);
  }
  for (const [name, other] of Object.entries(ignored)) {
    if (attributes[name] === undefined || attributes[other] === undefined) continue;
    remarks.addAttribute('HINT', 'effect', `is ignored, since \`${other}\` is given.`, element, name);
  }
}

/** The method and the fallback of an event need its address: `gatherMethod` needs `gatherUrl`. */
function neededUrl(name: string): string {
  return name.endsWith('FallbackUrl') ? name.replace(/Fallback/, '') : name.replace(/Method$/, 'Url');
}

/** Basic credentials can be read by everybody on the way, unless it is encrypted. */
function checkCredentials(element: Element, rule: ElementRule, remarks: Remarks): void {
  const { attributes, name: verb } = element;
  const level = levelOf(rule.secure ?? 'inferred');
  const hasOwn = attributes.username !== undefined || attributes.password !== undefined;
  const hasFallback = attributes.fallbackUsername !== undefined || attributes.fallbackPassword !== undefined;
  if (!hasOwn && !hasFallback && attributes.destinationPassword === undefined) return;
  for (const [name, value] of Object.entries(attributes)) {
    const isSent = /fallback/i.test(name) ? hasFallback : hasOwn;
    const isPlain = rule.attributes[name]?.isUrl && /^\s*http:/i.test(value);
    if (isSent && isPlain) remarks.addAttribute(level, 'https', secure, element, name);
  }
  const text = firstText(element);
  const isPlainText = typeof rule.text === 'object' && rule.text.isUrl && /^\s*http:/i.test(text?.text ?? '');
  if (text !== undefined && hasOwn && isPlainText) {
    remarks.add(level, 'https', `The address of ${verb} ${secure}`, text.at);
  }
  if (attributes.destinationPassword !== undefined && /^\s*ws:/i.test(attributes.destination ?? '')) {
    remarks.addAttribute(
      'HINT',
      'https',
      'must be wss, since credentials go with it.',
      element,
      'destination',
    );
  }
}
