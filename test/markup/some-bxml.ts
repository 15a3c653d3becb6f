import fc from 'fast-check';

/** An element of a generated document. Texts, addresses and names are unique in it. */
export interface Made {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Made | string)[];
}

type Attributes = Readonly<Record<string, fc.Arbitrary<string>>>;

const seconds = fc.constantFrom('1', '2', '7', '0.5', '2.5', '12');
const flag = fc.constantFrom('true', 'false');
const method = fc.constantFrom('GET', 'POST');
const keys = fc.constantFrom('', '#', '5', '*#');
/** Numbered when a document is made, so that each is found again. */
const url = fc.constant('https://app.example/u$');
const word = fc.constant('w$');

const callback = (event: string): Attributes => ({
  [`${event}Url`]: url,
  [`${event}Method`]: method,
  [`${event}FallbackUrl`]: url,
  [`${event}FallbackMethod`]: method,
  username: word,
  password: word,
  fallbackUsername: word,
  fallbackPassword: word,
  tag: word,
});

function element(name: string, attributes: Attributes, content: fc.Arbitrary<readonly (Made | string)[]>) {
  const given = fc.record(attributes, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
  return fc.record({ name: fc.constant(name), attributes: given, content });
}

const nothing = fc.constant<string[]>([]);
const ssml = fc.oneof(
  word,
  element(
    'emphasis',
    { level: fc.constant('strong') },
    word.map((each) => [each]),
  ),
  element(
    'p',
    {},
    word.map((each) => [each]),
  ),
  element(
    'say-as',
    { 'interpret-as': fc.constant('cardinal') },
    word.map((each) => [each]),
  ).map((made) => ({
    ...made,
    attributes: { 'interpret-as': 'ordinal' },
  })),
  element('break', { time: fc.constantFrom('0.2s', '1s', '1500ms') }, nothing),
);
const speak = element(
  'SpeakSentence',
  {
    voice: fc.constantFrom('julie', 'simon', 'zhiyu'),
    gender: fc.constantFrom('male', 'female'),
    locale: fc.constantFrom('en_US', 'de', 'arb'),
    unknown: word,
  },
  fc.tuple(word, ssml, ssml).map((each) => each),
);
const play = element(
  'PlayAudio',
  { username: word, password: word },
  url.map((each) => [`${each}.wav`]),
);
const legs = fc.oneof(
  element(
    'PhoneNumber',
    { ...callback('transferAnswer'), transferDisconnectUrl: url },
    fc.constant(['+1919$']),
  ),
  element(
    'SipUri',
    { ...callback('transferAnswer'), transferDisconnectUrl: url },
    fc.constant(['sip:w$@a.example']),
  ),
);

/** Elements where none can stand. */
const misplaced = fc.array(
  element(
    'Tag',
    {},
    word.map((each) => [each]),
  ),
  { maxLength: 1 },
);

/** Verbs that can be translated, each with attributes that it may have. */
const verb: fc.Arbitrary<Made> = fc.oneof(
  { weight: 3, arbitrary: speak },
  { weight: 2, arbitrary: play },
  { weight: 2, arbitrary: element('Pause', { duration: seconds, unknown: word }, misplaced) },
  element('Ring', { duration: seconds, answerCall: flag }, nothing),
  {
    weight: 3,
    arbitrary: element(
      'Gather',
      {
        ...callback('gather'),
        terminatingDigits: keys,
        maxDigits: fc.constantFrom('1', '4'),
        interDigitTimeout: fc.constantFrom('1', '7', '2.5'),
        firstDigitTimeout: fc.constantFrom('0', '7', '2.5'),
        repeatCount: fc.constantFrom('1', '3'),
        profanityFilter: fc.constant('true'),
      },
      fc.array(fc.oneof(speak, play), { maxLength: 2 }),
    ),
  },
  element(
    'Record',
    {
      ...callback('recordComplete'),
      recordingAvailableUrl: url,
      terminatingDigits: keys,
      maxDuration: seconds,
      silenceTimeout: seconds,
      fileFormat: fc.constant('wav'),
    },
    nothing,
  ),
  element(
    'Transfer',
    {
      ...callback('transferComplete'),
      transferCallerId: fc.constant('+1202$'),
      callTimeout: seconds.filter((each) => each !== '0.5'),
      privacy: fc.constant('false'),
    },
    fc.array(legs, { minLength: 1, maxLength: 2 }),
  ),
  element('Forward', { from: fc.constant('+1202$'), callTimeout: fc.constantFrom('5', '5.5') }, nothing).map(
    (made) => ({
      ...made,
      attributes: { ...made.attributes, to: '+1919$' },
    }),
  ),
  element(
    'Conference',
    {
      ...callback('conferenceEvent'),
      mute: flag,
      hold: fc.constant('false'),
      callbackTimeout: fc.constant('5'),
    },
    fc.constant(['w$']),
  ),
  element('Redirect', callback('redirect'), nothing).map((made) => ({
    ...made,
    attributes: { ...made.attributes, redirectUrl: 'https://app.example/u$' },
  })),
  element('Hangup', {}, nothing),
  element('Tag', {}, fc.constant(['w$'])),
  // Some that cannot be.
  element('StartRecording', { multiChannel: flag }, nothing),
  element('Dance', { steps: word }, fc.array(speak, { maxLength: 1 })),
);

export const someVerbs: fc.Arbitrary<readonly Made[]> = fc.array(verb, { maxLength: 6 }).map((verbs) => {
  let count = 0;
  const number = (text: string) => text.replace('$', () => `${100 + count++}`);
  const numbered = (made: Made): Made => ({
    name: made.name,
    attributes: Object.fromEntries(
      Object.entries(made.attributes).map(([name, value]) => [name, number(value)]),
    ),
    content: made.content.map((each) => (typeof each === 'string' ? number(each) : numbered(each))),
  });
  return verbs.map(numbered);
});
