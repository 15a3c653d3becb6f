import { method, text, url, type ValueRule } from './rules.ts';

type Attributes = Readonly<Record<string, ValueRule>>;

/** The attributes of a callback: `gatherUrl`, `gatherMethod` and, for most, the same of a fallback. */
export function attributesOfCallback(event: string, fallback?: 'with fallback'): Attributes {
  return {
    [`${event}Url`]: url,
    [`${event}Method`]: method,
    ...(fallback && { [`${event}FallbackUrl`]: url, [`${event}FallbackMethod`]: method }),
  };
}

/** The credentials that are sent to all addresses of a verb but those of its fallback. */
export const credentials: Attributes = { username: text(), password: text() };
export const fallbackCredentials: Attributes = { fallbackUsername: text(), fallbackPassword: text() };
export const tag = text(256);
/** What goes with a callback that has a fallback. */
export const ofCallbacks: Attributes = { ...credentials, ...fallbackCredentials, tag };
