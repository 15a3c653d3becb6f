import { type Remarks, shorten } from '../remarks.ts';
import type { Element } from '../xml/element.ts';
import type { CallbackReference, MediaReference, RcmlOptions } from './options.ts';
import { escapeXml } from './print-rcml.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { toReference } from './to-reference.ts';

/** A placeholder for addresses of this server, in verbs that are translated only for their findings. */
const nowhere = 'https://unused.invalid/';
/** What may directly follow a conference that the call has left: Restcomm falls silent at anything else. */
const afterConference = ['Say', 'Play', 'Dial', 'Hangup'];

/** The state of the translation of one document, which its verbs share. */
export class Translator {
  readonly options: RcmlOptions;
  readonly verbs: RcmlElement[] = [];
  /** The index of the verb in the document. */
  index = 0;
  /** The tag that holds; set it by `setTag`. */
  tag: string | undefined;
  /** Whether the next Dial records, since it follows a StartRecording. */
  records = false;
  readonly #remarks: Remarks;
  readonly #xml: string;
  readonly #all: readonly Element[];
  /** The element whose tag no callback has carried yet. */
  #unusedTag: Element | undefined;
  /** Whether the rest of the document has another address, and so is translated only for its findings. */
  #isElsewhere = false;
  #endsHere = false;
  #last: RcmlElement | undefined;

  constructor(xml: string, all: readonly Element[], options: RcmlOptions, remarks: Remarks) {
    this.#xml = xml;
    this.#all = all;
    this.options = options;
    this.#remarks = remarks;
    this.tag = options.tag;
  }

  run(translate: (verb: Element, translator: Translator) => void): void {
    for (const [index, verb] of this.#all.entries()) {
      this.index = index;
      translate(verb, this);
    }
    this.#tellUnusedTag();
  }

  /** What Restcomm does differently: of an attribute of the element, or of the whole of it. */
  lose(element: Element, attribute: string | undefined, message: string): void {
    this.#tell('LOSS', element, attribute, message);
  }

  /** What Restcomm cannot do. */
  refuse(element: Element, attribute: string | undefined, message: string): void {
    this.#tell('ERROR', element, attribute, message);
  }

  /** What is lost of a tag of SSML. */
  loseTag({ name, at }: Element, message: string): void {
    const tag = shorten(name);
    this.#remarks.add('LOSS', `SpeakSentence.${tag}`, `\`${tag}\` of SpeakSentence ${message}`, at);
  }

  hint(element: Element, message: string): void {
    this.#remarks.add('HINT', element.name, message, element.at);
  }

  #tell(level: 'LOSS' | 'ERROR', element: Element, attribute: string | undefined, message: string): void {
    const name = shorten(element.name);
    if (attribute === undefined) this.#remarks.add(level, name, `${name} ${message}`, element.at);
    else this.#remarks.addAttribute(level, `${name}.${shorten(attribute)}`, message, element, attribute);
  }

  /** The next verbs of the document, up to one that ends it. */
  get rest(): readonly Element[] {
    return this.#all.slice(this.index + 1);
  }

  /** Whether the verb is the first one of an inbound call that nobody has answered. */
  get isRinging(): boolean {
    return this.options.isRinging === true && this.index === 0;
  }

  /** A blank tag is none. */
  setTag(tag: string, element: Element): void {
    this.#tellUnusedTag();
    this.tag = tag.trim() === '' ? undefined : tag.trim();
    this.#unusedTag = this.tag === undefined ? undefined : element;
  }

  /** A tag that no callback of the document carries would be carried by later events of the call. */
  #tellUnusedTag(): void {
    const element = this.#unusedTag;
    this.#unusedTag = undefined;
    if (element === undefined) return;
    this.lose(element, element.name === 'Tag' ? undefined : 'tag', 'is carried by no callback.');
  }

  /** Our address for an attribute, such as `gatherUrl`; undefined if the verb does not have it. */
  callback(element: Element, attribute: string, more: Partial<CallbackReference> = {}): string | undefined {
    const reference = toReference(element, attribute, this);
    if (reference === undefined) return undefined;
    this.#unusedTag = undefined;
    const whole = { ...reference, ...more };
    this.options.onCallback?.(whole);
    return this.#isElsewhere ? nowhere : this.options.toCallbackUrl(whole);
  }

  media(reference: MediaReference): string | undefined {
    return this.#isElsewhere ? nowhere : this.options.toMediaUrl?.(reference);
  }

  /** Our address of the rest of the document. The document ends with the verb. @param from the index where it begins */
  continuation(from = this.index + 1): string {
    if (this.#isElsewhere) return nowhere;
    this.#endsHere = true;
    const [first, last] = [this.#all[from], this.#all.at(-1)];
    const rest = first === undefined || last === undefined ? '' : this.#xml.slice(first.at, last.end);
    const tag = this.tag === undefined ? '' : `<Tag>${escapeXml(this.tag)}</Tag>`;
    const { baseUrl } = this.options;
    const base = baseUrl === undefined ? '' : ` xml:base="${escapeXml(baseUrl)}"`;
    return this.options.toContinuationUrl(`<Bxml${base}>${tag}${rest}</Bxml>`);
  }

  /** Whether a Dial would follow a Gather or Record directly, at which Restcomm falls silent. */
  get isAfterCollecting(): boolean {
    return this.#last?.name === 'Gather' || this.#last?.name === 'Record';
  }

  /** Adds what a verb has become. */
  add(verb: Element, elements: readonly RcmlElement[]): void {
    const [first] = elements;
    const isAfterRoom = this.#last !== undefined && isRoom(this.#last);
    if (first !== undefined && isAfterRoom && !afterConference.includes(first.name)) {
      const { silenceUrl } = this.options;
      if (silenceUrl === undefined)
        this.refuse(verb, undefined, 'cannot directly follow a Conference at Restcomm.');
      else if (!this.#isElsewhere) this.verbs.push(rcml('Play', { loop: 1 }, silenceUrl));
    }
    if (!this.#isElsewhere) this.verbs.push(...elements);
    this.#last = elements.at(-1) ?? this.#last;
    this.#isElsewhere ||= this.#endsHere;
  }
}

function isRoom({ name, content }: RcmlElement): boolean {
  return name === 'Dial' && typeof content !== 'string' && content.some((each) => each.name === 'Conference');
}
