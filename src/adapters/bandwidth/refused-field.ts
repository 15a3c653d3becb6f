/** What a request was about, for the paths of its arguments. */
export type Subject = 'create' | 'redirect' | 'end' | 'bxml' | 'call' | 'list';

/** Bandwidth's name of a value, and the path of it in our arguments, request by request. */
const fields: Partial<Record<Subject, Record<string, readonly string[]>>> = {
  create: {
    to: ['input', 'to'],
    from: ['input', 'from'],
    answerUrl: ['input', 'answerUrl'],
    'answerUrl method': ['input', 'answerMethod'],
    answerFallbackUrl: ['input', 'fallbackUrl'],
    'answerFallbackUrl method': ['input', 'fallbackMethod'],
    disconnectUrl: ['input', 'statusUrl'],
    'disconnectUrl method': ['input', 'statusMethod'],
    callTimeout: ['input', 'ringTimeout'],
    callbackTimeout: ['input', 'bandwidth', 'callbackTimeout'],
    priority: ['input', 'bandwidth', 'priority'],
    tag: ['input', 'bandwidth', 'tag'],
    displayName: ['input', 'bandwidth', 'displayName'],
    privacy: ['input', 'bandwidth', 'privacy'],
    uui: ['input', 'bandwidth', 'uui'],
    username: ['input', 'bandwidth', 'callbackCredentials'],
    password: ['input', 'bandwidth', 'callbackCredentials'],
    fallbackUsername: ['input', 'bandwidth', 'fallbackCredentials'],
    fallbackPassword: ['input', 'bandwidth', 'fallbackCredentials'],
    machineDetection: ['input', 'bandwidth', 'machineDetection'],
    applicationId: ['input', 'bandwidth', 'applicationId'],
    'application id': ['input', 'bandwidth', 'applicationId'],
  },
  redirect: {
    redirectUrl: ['input', 'change', 'redirect', 'url'],
    'redirectUrl method': ['input', 'change', 'redirect', 'method'],
    redirectFallbackUrl: ['input', 'change', 'redirect', 'fallbackUrl'],
    'redirectFallbackUrl method': ['input', 'change', 'redirect', 'fallbackMethod'],
    tag: ['input', 'change', 'redirect', 'bandwidth', 'tag'],
    username: ['input', 'change', 'redirect', 'bandwidth', 'callbackCredentials'],
    password: ['input', 'change', 'redirect', 'bandwidth', 'callbackCredentials'],
    fallbackUsername: ['input', 'change', 'redirect', 'bandwidth', 'fallbackCredentials'],
    fallbackPassword: ['input', 'change', 'redirect', 'bandwidth', 'fallbackCredentials'],
  },
  list: { to: ['filter', 'to'], from: ['filter', 'from'] },
};

/** `Invalid to: …`, `Invalid answerUrl method. …`, `callTimeout must be within the range …` and their like. */
const patterns: readonly RegExp[] = [
  /^(?:Could not create call: )?Invalid (\w+(?: method)?)(?=[:.])/i,
  /^(?:Could not create call: )?(?:sendCallback )?(\w+) must /i,
  /^(?:Could not create call: )?(application ?id) /i,
];

/**
 * The argument that the text of a 400 blames (api-docs, voice errors), or undefined: there is no member
 * for it in the answer. A document has but one argument.
 */
export function toRefusedField(subject: Subject, description: string): readonly string[] | undefined {
  if (subject === 'bxml') return ['input', 'bxml'];
  const names = Object.entries(fields[subject] ?? {});
  for (const pattern of patterns) {
    const blamed = pattern.exec(description)?.[1]?.toLowerCase();
    const found = names.find(([name]) => name.toLowerCase() === blamed);
    if (found !== undefined) return found[1];
  }
  return undefined;
}
