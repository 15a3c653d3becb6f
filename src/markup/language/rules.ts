/**
 * How a rule is known: documented by Bandwidth, coded in one of its SDKs, or inferred. Breaking a documented rule is an
 * ERROR, breaking another one a HINT.
 */
export type Mark = 'documented' | 'coded' | 'inferred';

/** What a value may be: of an attribute, or the text of an element. */
export interface ValueRule {
  /** Completes "must be …" */
  readonly says: string;
  readonly accepts: (value: string) => boolean;
  readonly mark: Mark;
  readonly isRequired?: boolean;
  /** Whether it is an address, which may be relative. */
  readonly isUrl?: boolean;
}

export interface ElementRule {
  readonly attributes: Readonly<Record<string, ValueRule>>;
  /** The rule of its text; absent if it has none. `speech` is text and SSML. */
  readonly text?: ValueRule | 'speech';
  /** The elements that it may contain. */
  readonly children?: ChildRule;
  /** Whether it is allowed only within other elements. */
  readonly isNested?: boolean;
  /** Attributes that have no effect without another one, or without a certain value of it. */
  readonly needs?: Readonly<Record<string, readonly [attribute: string, value?: string]>>;
  /** Attributes that have no effect if another one is given. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** Attributes that must be given if another one has a value. */
  readonly demands?: Readonly<Record<string, readonly [attribute: string, value: string]>>;
  /** Whether verbs that follow never run: always, or if the named attribute is given. */
  readonly ends?: 'always' | string;
  /** That addresses must be https with credentials is documented for some verbs and inferred for the others. */
  readonly secure?: Mark;
}

export interface ChildRule {
  readonly names: readonly string[];
  readonly least?: number;
  readonly most?: number;
  /** The attribute that multiplies their number. */
  readonly times?: string;
}

const rule = (says: string, accepts: ValueRule['accepts']): ValueRule => ({
  says,
  accepts,
  mark: 'documented',
});
const number = (says: string, shape: RegExp, least: number, most: number): ValueRule =>
  rule(says, (value) => shape.test(value) && Number(value) >= least && Number(value) <= most);

export const seconds = (least: number, most: number): ValueRule => {
  const says = most === Number.POSITIVE_INFINITY ? 'a number of seconds' : `${least} to ${most} seconds`;
  return number(says, /^\d+(?:\.\d+)?$/, least, most);
};
export const whole = (least: number, most: number): ValueRule =>
  number(`a whole number of ${least} to ${most}`, /^\d+$/, least, most);
export const oneOf = (...values: readonly string[]): ValueRule => {
  const set = new Set(values);
  const shown = values.length > 12 ? 'one of the names that Bandwidth lists' : `one of ${values.join(', ')}`;
  return rule(shown, (value) => set.has(value));
};
export const pattern = (says: string, regexp: RegExp): ValueRule => rule(says, (value) => regexp.test(value));
/** @param most characters */
export const text = (most = Number.POSITIVE_INFINITY): ValueRule =>
  rule(`a text of at most ${most} characters`, (value) => value.length <= most || [...value].length <= most);

export const required = (value: ValueRule): ValueRule => ({ ...value, isRequired: true });
export const inferred = (value: ValueRule): ValueRule => ({ ...value, mark: 'inferred' });

export const flag = oneOf('true', 'false');
export const method = oneOf('GET', 'POST');
export const keys = pattern('keys of 0-9, *, # and A-D', /^[0-9*#A-Da-d]*$/);
export const phoneNumber = pattern('a number like +19195551234', /^\s*\+\d{1,15}\s*$/);
export const sipUri = pattern('an address that begins with sip:', /^\s*sips?:\S+\s*$/i);
export const filled = pattern('not blank', /\S/);
export const url: ValueRule = {
  ...rule('an http or https address, or one that is relative', (value) => isUrl(value, /^https?:/i)),
  isUrl: true,
};
export const socketUrl = rule('a ws or wss address', (value) => isAbsolute(value) && isUrl(value, /^wss?:/i));

/** Whether an address has a scheme. */
export function isAbsolute(value: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(value);
}

function isUrl(value: string, scheme: RegExp): boolean {
  if (isAbsolute(value)) return scheme.test(value.trim()) && URL.canParse(value.trim());
  return !/\s/.test(value.trim());
}

/** The level of a finding about a broken rule. */
export function levelOf(mark: Mark): 'ERROR' | 'HINT' {
  return mark === 'documented' ? 'ERROR' : 'HINT';
}

/** The rule of an element, whose name may be anything. */
export function ruleOf(rules: Readonly<Record<string, ElementRule>>, name: string): ElementRule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}
