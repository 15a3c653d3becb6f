import { type Translation, toRcml } from '../markup/to-rcml.ts';

const thisServer = 'https://this-server.invalid';

/**
 * Translates a BXML document for its findings, or to show it. Nothing is stored, and the addresses in it are placeholders.
 *
 * @param remoteParty the other party of the call, if it is known
 */
export function tryTranslation(bxml: string, remoteParty?: string): Translation {
  let callbacks = 0;
  const toCallbackUrl = () => {
    callbacks += 1;
    return `${thisServer}/callbacks/${callbacks}`;
  };
  return toRcml(bxml, {
    remoteParty,
    silenceUrl: `${thisServer}/silence.wav`,
    toCallbackUrl,
    toContinuationUrl: () => `${thisServer}/documents/1`,
  });
}
