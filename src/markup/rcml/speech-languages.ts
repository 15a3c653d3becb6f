import type { SpeechEngine } from './options.ts';

/** The languages of one engine, and what is lost in it. */
type Row = readonly [voiceRss: Language, polly: Language, acapela: Language];
type Language = string | readonly [language: string, loss: string];

const accent = 'its accent is another one';
const lost = 'Restcomm does not speak its language: an English voice reads it';
const failing = 'Restcomm is known to fail with it';

/** The same in all engines. */
const all = (language: Language): Row => [language, language, language];
const mexican: Row = [
  ['es-mx', accent],
  ['es-mx', accent],
  ['es', accent],
];

/** What the engines of Restcomm Connect call the locales of Bandwidth, as in their configuration (restcomm.xml). */
const languages: Readonly<Record<string, Row>> = {
  en_US: all('en'),
  en_UK: all('en-gb'),
  en_GB: all('en-gb'),
  en_AU: ['en-au', 'en-au', ['en', accent]],
  en_IN: ['en-in', 'en-in', ['en', accent]],
  en_GB_WLS: all(['en-gb', accent]),
  de: all('de'),
  es: all('es'),
  es_MX: mexican,
  es_US: mexican,
  fr: all('fr'),
  fr_CA: ['fr-ca', 'fr-ca', 'cf'],
  it: [['it', failing], 'it', 'it'],
  ja: all('ja'),
  ru: all('ru'),
  nl_NL: all('nl'),
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
  const row: Row = languages[locale] ?? all(['en', lost]);
  const language = row[engines.indexOf(engine)] ?? row[0];
  return typeof language === 'string' ? { language } : { language: language[0], loss: language[1] };
}
