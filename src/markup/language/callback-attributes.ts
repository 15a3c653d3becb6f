import { method, text, url, type ValueRule } from './rules.ts';

type Attributes = Readonly<Record<string, ValueRule>>;

/** The addresses of an event: `gatherUrl`, `gatherMethod` and, for most, what is asked if that fails. */
export function attributesOfCallback(event: string, fallback?: 'with fallback'): Attributes {
  return {
    [`${event}Url`]: url,
    [`${event}Method`]: method,
    ...(fallback && { [`${event}FallbackUrl`]: url, [`${event}FallbackMethod`]: method }),
  };
}

/** Go to the addresses of a verb but for those of its fallback. */
export const credentials: Attributes = { username: text(), password: text() };
export const fallbackCredentials: Attributes = { fallbackUsername: text(), fallbackPassword: text() };
export const tag = text(256);
