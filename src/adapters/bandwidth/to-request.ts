import type { NewCall, Redirect } from '../../calls/new-call.ts';

/** A body to be sent as JSON: what is undefined is left out, and null is in none of it. */
export type Body = Record<string, unknown>;

type Credentials = { readonly username: string; readonly password: string } | undefined;
type MachineDetection = NonNullable<NonNullable<NewCall['bandwidth']>['machineDetection']>;

/** The body of a create (Bandwidth spec, createCall). A method goes along with its URL only. */
export function toCreateBody(call: NewCall, applicationId: string): Body {
  const { bandwidth = {} } = call;
  return {
    to: call.to,
    from: call.from,
    applicationId,
    answerUrl: call.answerUrl,
    answerMethod: call.answerMethod,
    ...toCredentials(bandwidth.callbackCredentials),
    answerFallbackUrl: call.fallbackUrl,
    answerFallbackMethod: call.fallbackUrl === undefined ? undefined : call.fallbackMethod,
    ...toFallbackCredentials(bandwidth.fallbackCredentials),
    disconnectUrl: call.statusUrl,
    disconnectMethod: call.statusUrl === undefined ? undefined : call.statusMethod,
    callTimeout: call.ringTimeout,
    callbackTimeout: bandwidth.callbackTimeout,
    privacy: bandwidth.privacy,
    displayName: bandwidth.displayName,
    uui: bandwidth.uui,
    priority: bandwidth.priority,
    tag: bandwidth.tag,
    machineDetection: bandwidth.machineDetection && toMachineDetection(bandwidth.machineDetection),
  };
}

/** What is sent to find out who answers (Bandwidth spec, machineDetectionConfiguration). */
function toMachineDetection(detection: MachineDetection): Body {
  return {
    mode: detection.mode?.toLowerCase(),
    detectionTimeout: detection.detectionTimeout,
    silenceTimeout: detection.silenceTimeout,
    speechThreshold: detection.speechThreshold,
    speechEndThreshold: detection.speechEndThreshold,
    machineSpeechEndThreshold: detection.machineSpeechEndThreshold,
    delayResult: detection.delayResult,
    callbackUrl: detection.callbackUrl,
    callbackMethod: detection.callbackUrl === undefined ? undefined : detection.callbackMethod,
    ...toCredentials(detection.callbackCredentials),
    fallbackUrl: detection.fallbackUrl,
    fallbackMethod: detection.fallbackUrl === undefined ? undefined : detection.fallbackMethod,
    ...toFallbackCredentials(detection.fallbackCredentials),
  };
}

/**
 * The body that sends a call to another document (Bandwidth spec, updateCall). The state is always
 * written: an explicit null is refused, and its default differs between Bandwidth's own clients.
 */
export function toRedirectBody(redirect: Redirect): Body {
  const { bandwidth = {} } = redirect;
  return {
    state: 'active',
    redirectUrl: redirect.url,
    redirectMethod: redirect.method,
    ...toCredentials(bandwidth.callbackCredentials),
    redirectFallbackUrl: redirect.fallbackUrl,
    redirectFallbackMethod: redirect.fallbackUrl === undefined ? undefined : redirect.fallbackMethod,
    ...toFallbackCredentials(bandwidth.fallbackCredentials),
    tag: bandwidth.tag,
  };
}

/** The body that ends a call, whatever its state: nothing else goes along (Bandwidth spec, updateCall). */
export const endBody: Body = { state: 'completed' };

function toCredentials(credentials: Credentials): Body {
  return credentials === undefined ? {} : { username: credentials.username, password: credentials.password };
}

function toFallbackCredentials(credentials: Credentials): Body {
  if (credentials === undefined) return {};
  return { fallbackUsername: credentials.username, fallbackPassword: credentials.password };
}
