import type { Element } from '../xml/element.ts';
import type { Translator } from './translator.ts';

/**
 * The keys that end a Gather or a Record → the first of them that Restcomm knows: its media server looks at one alone. No
 * key at all cannot be asked of a Gather; of a Record it is `-1`.
 */
export function toFinishKey(verb: Element, keys: string, translator: Translator): string {
  const known = keys.replace(/[A-Da-d]/g, '');
  const key = known.charAt(0);
  if (key === '' && keys !== '') {
    translator.refuse(verb, 'terminatingDigits', 'has no key that Restcomm knows: A to D are none.');
  } else if (keys.length > 1) translator.lose(verb, 'terminatingDigits', `is \`${key}\` alone.`);
  else if (key === '' && verb.name === 'Gather') {
    translator.lose(verb, 'terminatingDigits', 'is `#`, which cannot be collected as a digit.');
  }
  return key !== '' ? key : verb.name === 'Record' ? '-1' : '#';
}
