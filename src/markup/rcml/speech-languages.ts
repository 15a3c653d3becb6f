import type { SpeechEngine } from './options.ts';

/** The languages of one engine, and what is lost in it. */
type Row = readonly [voiceRss: Language, polly: Language, acapela: Language];
type Language = string | readonly [language: string, loss: string];

const accent = 'its accent is another one';
const lost = 'Restcomm does not speak its language: an English voice reads it';
const failing = 'Restcomm is known to fail with it';

/** What the engines of Restcomm Connect call the locales of Bandwidth, as in their configuration (restcomm.xml). */
const languages: Readonly<Record<string, Row>> = {
  en_US: ['en', 'en', 'en'],
  en_UK: ['en-gb', 'en-gb', 'en-gb'],
  en_GB: ['en-gb', 'en-gb', 'en-gb'],
  en_AU: ['en-au', 'en-au', ['en', accent]],
  en_IN: ['en-in', 'en-in', ['en', accent]],
  en_GB_WLS: [
    ['en-gb', accent],
    ['en-gb', accent],
    ['en-gb', accent],
  ],
  de: ['de', 'de', 'de'],
  es: ['es', 'es', 'es'],
  es_MX: [
    ['es-mx', accent],
    ['es-mx', accent],
    ['es', accent],
  ],
  es_US: [
    ['es-mx', accent],
    ['es-mx', accent],
    ['es', accent],
  ],
  fr: ['fr', 'fr', 'fr'],
  fr_CA: ['fr-ca', 'fr-ca', 'cf'],
  it: [['it', failing], 'it', 'it'],
  ja: ['ja', 'ja', 'ja'],
  ru: ['ru', 'ru', 'ru'],
  nl_NL: ['nl', 'nl', 'nl'],
  da_DK: ['da', 'da', 'dan'],
  ro_RO: [['en', lost], 'ro', ['en', lost]],
  arb: [['en', lost], ['en', lost], 'ar'],
  'cmn-CN': ['zh-cn', ['en', lost], 'zh-cn'],
};

const engines: readonly SpeechEngine[] = ['VOICERSS', 'POLLY', 'ACAPELA'];

/** The language of a locale of Bandwidth, and what is lost in it, if anything. */
export function toSpeechLanguage(
  locale: string,
  engine: SpeechEngine,
): { readonly language: string; readonly loss?: string } {
  const row: Row = languages[locale] ?? [
    ['en', lost],
    ['en', lost],
    ['en', lost],
  ];
  const language = row[engines.indexOf(engine)] ?? row[0];
  return typeof language === 'string' ? { language } : { language: language[0], loss: language[1] };
}
