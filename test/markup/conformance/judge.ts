import type { Comparison } from './both-carriers.ts';

/**
 * - `equal`: both transcripts, and both lists of events
 * - `as told`: they part at something that a LOSS has told
 * - `refused`: up to a document with an ERROR
 * - `different`: at something that nobody has told
 */
export interface Verdict {
  readonly kind: 'equal' | 'as told' | 'refused' | 'different';
  /** The rules of the findings that explain it. */
  readonly rules: readonly string[];
  readonly bandwidth: readonly string[];
  readonly connect: readonly string[];
}

/** Compares what a call did at both carriers. */
export function judge({ bandwidth, connect, findings }: Comparison): Verdict {
  const told = new Set(findings.filter(({ level }) => level === 'LOSS').map(({ rule }) => rule));
  const errors = findings.filter(({ level }) => level === 'ERROR').map(({ rule }) => rule);
  const [ours, theirs] = [bandwidth.lines, connect.lines].map((lines) => normalize(lines, told)) as [
    string[],
    string[],
  ];
  const verdict = (kind: Verdict['kind'], rules: readonly string[] = []): Verdict => ({
    kind,
    rules,
    bandwidth: [...ours, ...bandwidth.events],
    connect: [...theirs, ...connect.events],
  });
  const index = ours.findIndex((line, at) => line !== theirs[at]);
  const at = index === -1 ? ours.length : index;
  if (theirs[at] === 'skipped <Refused>') return verdict(errors.length > 0 ? 'refused' : 'different', errors);
  if (at === ours.length && at === theirs.length && bandwidth.events.join() === connect.events.join()) {
    // One sentence with a pause in it has become two.
    const isSpoken = told.has('SpeakSentence.break') || bandwidth.genders.join() === connect.genders.join();
    return verdict(isSpoken ? 'equal' : 'different');
  }
  const causes = explanations.filter(({ rule, applies }) => told.has(rule) && applies(ours, theirs, at));
  return causes.length > 0
    ? verdict(
        'as told',
        causes.map(({ rule }) => rule),
      )
    : verdict('different');
}

type Applies = (ours: readonly string[], theirs: readonly string[], at: number) => boolean;

/** Whether both part at a line that begins so, at either carrier. */
const partAt =
  (start: string): Applies =>
  (ours, theirs, at) =>
    [ours[at], theirs[at]].some((line) => line?.startsWith(start));
/** Whether both part after such a line. */
const partAfter =
  (pattern: RegExp): Applies =>
  (ours, _, at) =>
    ours.slice(0, at).some((line) => pattern.test(line));

/** What may be different where a LOSS has been told. */
const explanations: readonly { readonly rule: string; readonly applies: Applies }[] = [
  ...['Gather.firstDigitTimeout', 'Gather.interDigitTimeout', 'Gather.terminatingDigits'].map((rule) => ({
    rule,
    applies: partAt('gathered'),
  })),
  ...['Record.silenceTimeout', 'Record.terminatingDigits'].map((rule) => ({
    rule,
    applies: partAt('recorded'),
  })),
  ...['Transfer', 'Transfer.transferCompleteUrl'].map((rule) => ({
    rule,
    applies: partAfter(/^connected to/),
  })),
  { rule: 'Gather.repeatCount', applies: partAfter(/^gathered nothing/) },
  // A key stops the prompt, which is a pause earlier where it has become two.
  {
    rule: 'SpeakSentence.break',
    applies: (ours, theirs, at) => ours[at]?.startsWith(theirs[at] ?? '-') === true,
  },
  { rule: 'PhoneNumber.transferAnswerUrl', applies: partAfter(/^\+\d+: hung up/) },
];

/** Lines that are heard alike: what a loss changes within a line is undone. */
function normalize(lines: readonly string[], told: ReadonlySet<string>): string[] {
  const isSsml = [...told].some((rule) => /^SpeakSentence\.[a-z-]+$/.test(rule) && !VOICE.has(rule));
  const result: string[] = [];
  for (const line of lines) {
    // A request for the next document makes no sound.
    if (line === 'redirected' || line.endsWith('/silence.wav')) continue;
    if (told.has('StartRecording') && / recording$/.test(line)) continue;
    const ringing = told.has('Ring') ? line.replace(/^rang for/, 'was silent for') : line;
    const whole = ringing.replace(/^(was silent for) ([\d.]+) s$/, (text, start: string, seconds: string) =>
      told.has('Pause.duration') || told.has('Ring.duration')
        ? `${start} ${Math.ceil(Number(seconds))} s`
        : text,
    );
    if (!isSsml || !/(^|: )said/.test(whole)) {
      if (!(told.has('SpeakSentence.break') && whole.startsWith('was silent'))) result.push(whole);
      continue;
    }
    const words = whole.replace(/(?<=said ").*/s, (text) => text.replace(/[\W_]/g, ''));
    const before = result.at(-1);
    if (before?.includes('said "') && words.startsWith('said "'))
      result[result.length - 1] = before + words.slice(6);
    else result.push(words);
  }
  return result;
}

const VOICE = new Set(['SpeakSentence.voice', 'SpeakSentence.gender', 'SpeakSentence.locale']);
