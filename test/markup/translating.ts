import type { CallbackReference, RcmlOptions } from '../../src/markup/rcml/options.ts';
import { toRcml } from '../../src/markup/to-rcml.ts';

export interface Translated {
  /** The verbs of the RCML, each without the blanks between elements; undefined if it was refused. */
  readonly rcml: string | undefined;
  /** Of a LOSS the rule, of other findings the level before it. */
  readonly told: readonly string[];
  readonly asked: readonly CallbackReference[];
  readonly rest: readonly string[];
}

/** Translates verbs. Our addresses are `cb:1` and so on for callbacks, `rest:1` and `media:1`. */
export function translated(verbs: string, options: Partial<RcmlOptions> = {}): Translated {
  const asked: CallbackReference[] = [];
  const rest: string[] = [];
  const { document, findings } = toRcml(`<Bxml>${verbs}</Bxml>`, {
    silenceUrl: 'silence.wav',
    toCallbackUrl: (reference) => `cb:${asked.push(reference)}`,
    toContinuationUrl: (bxml) => `rest:${rest.push(bxml)}`,
    toMediaUrl: ({ url }) => `media:${url}`,
    ...options,
  });
  const rcml = document
    ?.replace(/^<\?xml.*\?>\n/, '')
    .replace(/>\s+</g, '><')
    .replace(/^<Response>|<\/Response>\s*$/g, '')
    .trim();
  const told = findings.map(({ level, rule }) => (level === 'LOSS' ? rule : `${level} ${rule}`));
  return { rcml, told, asked, rest };
}
