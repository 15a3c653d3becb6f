import { type ElementRule, isAbsolute, levelOf, type ValueRule } from '../language/rules.ts';
import { ssml } from '../language/ssml.ts';
import { verbs } from '../language/verbs.ts';
import type { Remarks } from '../remarks.ts';
import { type Element, firstText } from '../xml/element.ts';

/** Ends the message about a relative address without a base. */
export const relative =
  'is relative: in a document that was not fetched from an address, it is not known to what.';
const secure = 'must be https, since credentials go with it.';

/** What the attributes of an element ask of each other. */
interface Relations {
  readonly required: readonly string[];
  readonly demands: readonly (readonly [name: string, other: string, value: string])[];
  readonly needs: readonly (readonly [name: string, other: string, value?: string])[];
  readonly ignored: readonly (readonly [name: string, other: string])[];
}

const relations: ReadonlyMap<ElementRule, Relations> = new Map(
  [...Object.values(verbs), ...Object.values(ssml)].map((rule) => [rule, toRelations(rule)]),
);

function toRelations({ attributes, demands = {}, needs = {}, ignored = {} }: ElementRule): Relations {
  const names = Object.keys(attributes);
  const followers = names
    .map((name) => [name, neededUrl(name)] as const)
    .filter(([name, url]) => url !== name && attributes[url] !== undefined);
  return {
    required: names.filter((name) => attributes[name]?.isRequired),
    demands: Object.entries(demands).map(([name, of]) => [name, ...of]),
    needs: [...followers, ...Object.entries(needs).map(([name, of]) => [name, ...of] as const)],
    ignored: Object.entries(ignored),
  };
}

/** Checks the attributes of a known element, alone and together. */
export function checkAttributes(element: Element, rule: ElementRule, remarks: Remarks): void {
  const related = relations.get(rule);
  if (related !== undefined) checkRequired(element, related, remarks);
  const names = Object.keys(element.attributes);
  if (names.length === 0) return;
  for (const name of names) {
    const known = Object.hasOwn(rule.attributes, name) ? rule.attributes[name] : undefined;
    if (known !== undefined) checkValue(element, name, element.attributes[name] ?? '', known, remarks);
    else if (!/^xmlns|^xml:/.test(name)) {
      remarks.addAttribute('HINT', 'attribute', 'is unknown.', element, name);
    }
  }
  if (related !== undefined) checkEffect(element, related, remarks);
  if (names.some((name) => /username|password/i.test(name))) checkCredentials(element, rule, names, remarks);
}

function checkValue(element: Element, name: string, value: string, rule: ValueRule, remarks: Remarks): void {
  if (!rule.accepts(value)) {
    remarks.addAttribute(levelOf(rule.mark), 'value', `must be ${rule.says}.`, element, name);
  } else if (rule.isUrl && !isAbsolute(value)) {
    remarks.addAttribute('HINT', 'relative', relative, element, name);
  }
}

function checkRequired({ attributes, name: verb, at }: Element, of: Relations, remarks: Remarks): void {
  for (const name of of.required) {
    if (attributes[name] !== undefined) continue;
    remarks.add('ERROR', 'required', `${verb} must have \`${name}\`.`, at);
  }
  for (const [name, other, value] of of.demands) {
    if (attributes[other] !== value || attributes[name] !== undefined) continue;
    remarks.add('ERROR', 'required', `${verb} must have \`${name}\`, since \`${other}\` is ${value}.`, at);
  }
}

function checkEffect(element: Element, { needs, ignored }: Relations, remarks: Remarks): void {
  const { attributes } = element;
  for (const [name, other, value] of needs) {
    if (attributes[name] === undefined) continue;
    const isMet = attributes[other] !== undefined && (value === undefined || attributes[other] === value);
    if (isMet) continue;
    const wanted = value === undefined ? '' : `="${value}"`;
    remarks.addAttribute('HINT', 'effect', `has no effect without \`${other}${wanted}\`.`, element, name);
  }
  for (const [name, other] of ignored) {
    if (attributes[name] === undefined || attributes[other] === undefined) continue;
    remarks.addAttribute('HINT', 'effect', `is ignored, since \`${other}\` is given.`, element, name);
  }
}

/** The method and the fallback of an event need its address: `gatherMethod` needs `gatherUrl`. */
function neededUrl(name: string): string {
  if (name.endsWith('FallbackUrl')) return name.replace('Fallback', '');
  return name.endsWith('Method') ? name.replace(/Method$/, 'Url') : name;
}

/** Credentials need an address. Basic ones can be read by everybody on the way, unless it is https. */
function checkCredentials(
  element: Element,
  rule: ElementRule,
  names: readonly string[],
  remarks: Remarks,
): void {
  const text = firstText(element);
  const urlText = typeof rule.text === 'object' && rule.text.isUrl ? text : undefined;
  const urls = names.filter((name) => rule.attributes[name]?.isUrl);
  const level = levelOf(rule.secure ?? 'inferred');
  for (const [isFallback, both] of credentials) {
    const given = both.filter((name) => rule.attributes[name] && element.attributes[name] !== undefined);
    if (given.length === 0) continue;
    const asked = urls.filter((name) => /fallback/i.test(name) === isFallback);
    for (const name of asked) {
      if (isPlain(element.attributes[name])) remarks.addAttribute(level, 'https', secure, element, name);
    }
    if (urlText !== undefined && isPlain(urlText.text)) {
      remarks.add(level, 'https', `The address of ${element.name} ${secure}`, urlText.at);
    }
    if (asked.length > 0 || urlText !== undefined) continue;
    for (const name of given) {
      remarks.addAttribute('HINT', 'effect', 'has no effect without an address.', element, name);
    }
  }
  const { destination, destinationPassword } = element.attributes;
  if (destinationPassword !== undefined && /^\s*ws:/i.test(destination ?? '')) {
    remarks.addAttribute(
      'HINT',
      'https',
      'must be wss, since credentials go with it.',
      element,
      'destination',
    );
  }
}

const credentials = [
  [false, ['username', 'password']],
  [true, ['fallbackUsername', 'fallbackPassword']],
] as const;

function isPlain(url: string | undefined): boolean {
  return /^\s*http:/i.test(url ?? '');
}
