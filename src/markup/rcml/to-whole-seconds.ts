import type { Element } from '../xml/element.ts';
import type { Translator } from './translator.ts';

/** Restcomm takes whole seconds, at least one: a fraction would be read as the default. Rounded up. */
export function toWholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}

/** A time that is an attribute → whole seconds. */
export function toSeconds(verb: Element, name: string, byDefault: number, translator: Translator): number {
  const seconds = Number(verb.attributes[name] ?? byDefault);
  const whole = toWholeSeconds(seconds);
  if (whole !== seconds) translator.lose(verb, name, `becomes ${whole} s: only whole seconds.`);
  return whole;
}
