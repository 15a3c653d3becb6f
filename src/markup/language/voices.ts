/** A voice of Bandwidth and what it speaks. */
export interface Voice {
  readonly locale: string;
  readonly gender: 'female' | 'male';
}

type Row = readonly [locale: string, female: string, male: string];

/** Bandwidth, "SpeakSentence"; Bandwidth names them after those of Amazon Polly. */
const documented: readonly Row[] = [
  ['en_US', 'julie kate susan ruth', 'dave paul stephen'],
  ['en_UK', 'bridget', 'simon'],
  ['de', 'katrin', 'stefan'],
  ['es', 'esperanza violeta', 'jorge'],
  ['es_MX', 'rosa', ''],
  ['es_US', 'lupe', 'pedro'],
  ['fr', 'jolie', 'bernard'],
  ['fr_CA', 'gabrielle', 'liam'],
  ['it', 'paola', 'luca'],
  ['ja', 'masako', 'kenji'],
  ['ru', 'nadiya', 'anatoli'],
  ['arb', 'zeina', ''],
  ['cmn-CN', 'zhiyu', ''],
];

/** Only in the SDK for Java, TtsVoice. */
const coded: readonly Row[] = [
  ['en_US', 'salli salli_enh ivy ivy_enh', 'joey joey_enh justin'],
  ['fr_CA', 'chantal', ''],
  ['es_US', 'penelope', 'miguel'],
  ['en_AU', 'nicole', 'russell'],
  ['en_GB', 'emma emma_enh', ''],
  ['en_IN', 'raveena', ''],
  ['da_DK', 'naja', 'mads'],
  ['ro_RO', 'carmen', ''],
  ['nl_NL', '', 'ruben'],
  ['en_GB_WLS', '', 'geraint'],
];

/** By name. */
export const voices: ReadonlyMap<string, Voice> = new Map(
  [...documented, ...coded].flatMap(([locale, female, male]) => [
    ...entriesOf(female, { locale, gender: 'female' }),
    ...entriesOf(male, { locale, gender: 'male' }),
  ]),
);

export const locales: readonly string[] = [...new Set([...documented, ...coded].map(([locale]) => locale))];

function entriesOf(names: string, voice: Voice): [string, Voice][] {
  return names
    .split(' ')
    .filter(Boolean)
    .map((name) => [name, voice]);
}
