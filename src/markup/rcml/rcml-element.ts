/** An element of an RCML document. An attribute that is undefined is left out. */
export interface RcmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  /** One text, or elements: Restcomm keeps only the last text of mixed content in which it finds any. */
  readonly content: string | readonly RcmlElement[];
}

export function rcml(
  name: string,
  attributes: RcmlElement['attributes'] = {},
  content: RcmlElement['content'] = [],
): RcmlElement {
  return { name, attributes, content };
}
