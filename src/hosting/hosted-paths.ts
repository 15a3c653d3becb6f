/** What the paths of all hosted documents begin with. */
export const documentsPath = '/documents/';
/** What the paths of all callbacks of hosted documents begin with. */
export const callbacksPath = '/callbacks/';
/** A second of silence. */
export const silenceName = 'silence.wav';
