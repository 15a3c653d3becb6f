import { attributesOfCallback, credentials, fallbackCredentials, tag } from './callback-attributes.ts';
import { type ElementRule, flag, keys, oneOf, seconds } from './rules.ts';

const ofRecording = {
  ...attributesOfCallback('recordingAvailable'),
  ...attributesOfCallback('transcriptionAvailable'),
  ...credentials,
  tag,
  fileFormat: oneOf('wav', 'mp3'),
  transcribe: flag,
  detectLanguage: flag,
};
const needs = {
  detectLanguage: ['transcribe', 'true'],
  transcriptionAvailableUrl: ['transcribe', 'true'],
} as const;

/** Verbs that record a call. */
export const recordingVerbs: Readonly<Record<string, ElementRule>> = {
  Record: {
    attributes: {
      ...attributesOfCallback('recordComplete', 'with fallback'),
      ...ofRecording,
      ...fallbackCredentials,
      terminatingDigits: keys,
      maxDuration: seconds(0, 10_800),
      silenceTimeout: seconds(0, 10_800),
    },
    needs,
    ends: 'recordCompleteUrl',
    secure: 'documented',
  },
  StartRecording: {
    attributes: { ...ofRecording, multiChannel: flag },
    needs,
    secure: 'documented',
  },
  PauseRecording: { attributes: {} },
  ResumeRecording: { attributes: {} },
  StopRecording: { attributes: {} },
};
