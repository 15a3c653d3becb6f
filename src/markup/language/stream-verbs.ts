import { attributesOfCallback, credentials } from './callback-attributes.ts';
import { type ElementRule, flag, oneOf, required, socketUrl, text } from './rules.ts';

const tracks = oneOf('inbound', 'outbound', 'both');
const parameter: ElementRule = {
  attributes: { name: required(text(256)), value: required(text(2048)) },
  isNested: true,
};

/** Verbs that stream the audio of a call, or its transcription. */
export const streamVerbs: Readonly<Record<string, ElementRule>> = {
  StartStream: {
    attributes: {
      destination: required(socketUrl),
      name: text(),
      tracks,
      mode: oneOf('unidirectional', 'bidirectional'),
      destinationUsername: text(),
      destinationPassword: text(),
      ...attributesOfCallback('streamEvent'),
      ...credentials,
    },
    children: { names: ['StreamParam'], most: 12 },
    secure: 'documented',
  },
  StopStream: { attributes: { name: required(text()), wait: flag } },
  StreamParam: parameter,
  StartTranscription: {
    attributes: {
      name: text(),
      tracks,
      ...attributesOfCallback('transcriptionEvent'),
      ...credentials,
      destination: socketUrl,
      stabilized: flag,
    },
    children: { names: ['CustomParam'], most: 12 },
    needs: { stabilized: ['destination'] },
    secure: 'documented',
  },
  CustomParam: parameter,
  // Optional in the documentation, required in the SDK for Node.
  StopTranscription: { attributes: { name: text() } },
};
