import { type ElementRule, isAbsolute, levelOf, ruleOf } from '../language/rules.ts';
import { ssml } from '../language/ssml.ts';
import { indexOfEnd, verbs } from '../language/verbs.ts';
import { type Remarks, shorten } from '../remarks.ts';
import { type Element, elementsOf, firstText, textOf } from '../xml/element.ts';
import { checkAttributes, relative } from './check-attributes.ts';

/** Checks a document by the table of the language. Depth is bounded by the parser. */
export function checkRoot(root: Element, remarks: Remarks): void {
  for (const name of Object.keys(root.attributes)) {
    if (!name.startsWith('xmlns')) remarks.addAttribute('HINT', 'attribute', 'is unknown.', root, name);
  }
  checkText(root, undefined, remarks);
  checkSequence(root, remarks);
  for (const verb of elementsOf(root)) checkVerb(verb, undefined, remarks);
}

function checkSequence(root: Element, remarks: Remarks): void {
  const all = elementsOf(root);
  const end = indexOfEnd(all);
  const [last, next] = [all[end], all[end + 1]];
  if (last === undefined || next === undefined) return;
  const ends = ruleOf(verbs, last.name)?.ends;
  const reason = ends === 'always' ? last.name : `${last.name} with \`${ends}\``;
  const message = `${shorten(next.name)} and what follows never run, since they are behind ${reason}.`;
  remarks.add('HINT', 'unreachable', message, next.at);
}

/** @param parent the rule of the verb around; absent at the top, and in an unknown element */
function checkVerb(element: Element, parent: ElementRule | undefined, remarks: Remarks): void {
  const { name, at } = element;
  const rule = ruleOf(verbs, name);
  if (rule === undefined) {
    remarks.add('HINT', 'verb', `${shorten(name)} is not known as a verb.`, at);
    for (const child of elementsOf(element)) checkVerb(child, undefined, remarks);
    return;
  }
  if (parent === undefined ? rule.isNested : !parent.children?.names.includes(name)) {
    remarks.add('HINT', 'nesting', `${name} is not known to be allowed here.`, at);
  }
  checkAttributes(element, rule, remarks);
  checkText(element, rule.text, remarks);
  checkChildren(element, rule, remarks);
  const checkChild = rule.text === 'speech' ? checkSsml : checkVerb;
  for (const child of elementsOf(element)) checkChild(child, rule, remarks);
}

function checkSsml(element: Element, _: ElementRule | undefined, remarks: Remarks): void {
  const rule = ruleOf(ssml, element.name);
  if (rule === undefined) {
    remarks.add('HINT', 'ssml', `${shorten(element.name)} is not known as SSML.`, element.at);
  } else {
    checkAttributes(element, rule, remarks);
    checkText(element, rule.text, remarks);
  }
  for (const child of elementsOf(element)) checkSsml(child, rule, remarks);
}

function checkText(element: Element, rule: ElementRule['text'], remarks: Remarks): void {
  const { name, at } = element;
  const first = firstText(element);
  if (rule === undefined) {
    if (first !== undefined) {
      remarks.add('HINT', 'text', `The text in ${shorten(name)} has no effect.`, first.at);
    }
  } else if (rule === 'speech') {
    if (name !== 'SpeakSentence' || first !== undefined || elementsOf(element).length > 0) return;
    remarks.add('ERROR', 'text', `${name} must hold a text.`, at);
  } else if (first === undefined ? rule.isRequired : !rule.accepts(textOf(element))) {
    remarks.add(levelOf(rule.mark), 'text', `The text of ${name} must be ${rule.says}.`, first?.at ?? at);
  } else if (first !== undefined && rule.isUrl && !isAbsolute(textOf(element))) {
    remarks.add('HINT', 'relative', `The address of ${name} ${relative}`, first.at);
  }
}

function checkChildren(element: Element, { children: rule }: ElementRule, remarks: Remarks): void {
  if (rule === undefined) return;
  const { name, at, attributes } = element;
  const { names, least = 0, most = Number.POSITIVE_INFINITY, times } = rule;
  const count = elementsOf(element).filter((child) => names.includes(child.name)).length;
  if (count < least) {
    remarks.add('ERROR', 'count', `${name} must hold at least ${least} ${names.join(' or ')}.`, at);
  }
  const repeated = times === undefined ? 1 : Number(attributes[times] ?? 1);
  if (count * repeated > most) {
    const product = times === undefined ? '' : `, times its \`${times}\``;
    remarks.add('ERROR', 'count', `${name} must hold at most ${most} ${names.join(' or ')}${product}.`, at);
  }
}
