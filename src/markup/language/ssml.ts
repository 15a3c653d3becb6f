import { type ElementRule, oneOf, pattern, required, text } from './rules.ts';

const languages = (
  'arb cmn-CN da-DK nl-NL en-AU en-GB en-IN en-US fr-FR fr-CA hi-IN de-DE is-IS it-IT ja-JP ko-KR nb-NO pl-PL ' +
  'pt-BR pt-PT ro-RO ru-RU es-ES es-MX es-US sv-SE tr-TR cy-GB'
).split(' ');
const percent = '[+-]?\\d+(?:\\.\\d+)?%';
const breakTime = /^\d{1,4}(?:\.\d+)?s$|^\d{1,7}ms$/;

/** The time of a `break` in seconds; NaN if it cannot be read. */
export function toSeconds(time: string): number {
  if (!breakTime.test(time)) return Number.NaN;
  return Number.parseFloat(time) / (time.endsWith('ms') ? 1000 : 1);
}

/** The SSML that SpeakSentence takes: Bandwidth, "SpeakSentence", all of it documented. */
export const ssml: Readonly<Record<string, ElementRule>> = {
  break: {
    attributes: {
      strength: oneOf('none', 'x-weak', 'weak', 'medium', 'strong', 'x-strong'),
      time: {
        ...text(),
        says: 'a time like 1s or 500ms, and at most 10s',
        accepts: (time) => toSeconds(time) <= 10,
      },
    },
  },
  emphasis: { text: 'speech', attributes: { level: oneOf('strong', 'moderate', 'reduced') } },
  lang: { text: 'speech', attributes: { 'xml:lang': required(oneOf(...languages)) } },
  p: { text: 'speech', attributes: {} },
  s: { text: 'speech', attributes: {} },
  phoneme: { text: 'speech', attributes: { ph: required(text()) } },
  prosody: {
    text: 'speech',
    attributes: {
      pitch: pattern(
        'x-low to x-high, default or a percentage',
        RegExp(`^(?:x-low|low|medium|high|x-high|default|${percent})$`),
      ),
      rate: pattern(
        'x-slow to x-fast or a percentage',
        RegExp(`^(?:x-slow|slow|medium|fast|x-fast|default|${percent})$`),
      ),
      volume: pattern(
        'silent to x-loud, default or a number of dB',
        /^(?:silent|x-soft|soft|medium|loud|x-loud|default|[+-]?\d+(?:\.\d+)?dB)$/,
      ),
    },
  },
  'say-as': {
    text: 'speech',
    attributes: {
      'interpret-as': required(oneOf('date', 'time', 'telephone', 'characters', 'cardinal', 'ordinal')),
      format: oneOf('mdy', 'dmy', 'ymd', 'md', 'dm', 'ym', 'my', 'd', 'm', 'y'),
    },
    demands: { format: ['interpret-as', 'date'] },
  },
  sub: { text: 'speech', attributes: { alias: required(text()) } },
};
