import type { Element } from '../xml/element.ts';
import type { CallbackMethod, CallbackReference, RcmlOptions } from './options.ts';

/** What is needed of the translation. */
interface Context {
  readonly options: Pick<RcmlOptions, 'baseUrl'>;
  readonly tag: string | undefined;
  refuse(element: Element, attribute: string | undefined, message: string): void;
}

/**
 * What is to be asked at an attribute of a verb, such as `gatherUrl`, with its method, credentials, fallback and the tag
 * that holds; undefined if it is not given, or refused.
 */
export function toReference(
  element: Element,
  attribute: string,
  context: Context,
): CallbackReference | undefined {
  const { attributes, name } = element;
  const event = attribute.replace(/Url$/, '');
  const url = resolveAttribute(element, attribute, context);
  if (url === undefined) return undefined;
  const fallbackUrl = resolveAttribute(element, `${event}FallbackUrl`, context);
  return {
    verb: name,
    attribute,
    url,
    method: toMethod(attributes[`${event}Method`]),
    username: attributes.username,
    password: attributes.password,
    ...(fallbackUrl !== undefined && {
      fallbackUrl,
      fallbackMethod: toMethod(attributes[`${event}FallbackMethod`]),
      fallbackUsername: attributes.fallbackUsername,
      fallbackPassword: attributes.fallbackPassword,
    }),
    tag: context.tag,
  };
}

function resolveAttribute(element: Element, name: string, context: Context): string | undefined {
  const value = element.attributes[name];
  return value === undefined ? undefined : resolve(element, name, value, context);
}

/**
 * The absolute form of an address; undefined, and refused, if it is relative to nothing.
 *
 * @param attribute undefined if it is the text of the element
 */
export function resolve(
  element: Element,
  attribute: string | undefined,
  value: string,
  context: Context,
): string | undefined {
  const { baseUrl } = context.options;
  const url = URL.canParse(value.trim(), baseUrl) ? new URL(value.trim(), baseUrl).href : '';
  if (/^https?:/.test(url)) return url;
  context.refuse(element, attribute, 'is relative, and it is not known to what.');
  return undefined;
}

function toMethod(value: string | undefined): CallbackMethod {
  return value === 'GET' ? 'GET' : 'POST';
}
