/** Why a verb of BXML cannot be translated, by its name. */
export const impossible: ReadonlyMap<string, string> = new Map([
  ['StartGather', 'Restcomm reports digits of a Gather alone'],
  ['StopGather', 'Restcomm reports digits of a Gather alone'],
  ['SendDtmf', 'Restcomm sends no tones'],
  ['PauseRecording', 'Restcomm records without a break'],
  ['ResumeRecording', 'Restcomm records without a break'],
  ['Bridge', 'Restcomm joins no two calls by a document'],
  ['StartStream', 'Restcomm streams no audio'],
  ['StopStream', 'Restcomm streams no audio'],
  ['StartTranscription', 'Restcomm transcribes recordings alone'],
  ['StopTranscription', 'Restcomm transcribes recordings alone'],
  ['Refer', 'Restcomm sends no REFER'],
  ['Connect', 'Restcomm has no such endpoints'],
]);

/** Attributes that cannot be translated, by verb, with Bandwidth's default, the only value that is accepted; none if undefined. */
export const impossibleAttributes: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  Gather: { speechModel: undefined, profanityFilter: 'true' },
  Record: { fileFormat: 'wav' },
  Transfer: {
    privacy: 'false',
    transferCallerDisplayName: undefined,
    diversionTreatment: 'none',
    diversionReason: 'unknown',
  },
  Forward: { diversionTreatment: 'none', diversionReason: 'unknown', uui: undefined },
  PhoneNumber: { uui: undefined },
  SipUri: { uui: undefined },
  Conference: { hold: 'false', callIdsToCoach: undefined },
};
