/** What may stand in a query as it is; above all neither `&` nor `#`, which would end the parameter. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~%!$'()*+,=:@/]{1,4096}$/.test(text);
}

/**
 * The token out of a Link, exactly as sent (called `cursor` in an older draft), and nothing else of it:
 * an address that an answer chose never sees our credentials. Null where there is a Link without one.
 */
export function toToken(target: string | undefined): string | null | undefined {
  if (target === undefined) return undefined;
  const query = /\?([^#]*)/.exec(target)?.[1] ?? '';
  const token = ['pageToken=', 'cursor=']
    .map((name) =>
      query
        .split('&')
        .find((parameter) => parameter.startsWith(name))
        ?.slice(name.length),
    )
    .find((value) => value !== undefined);
  return token !== undefined && isToken(token) ? token : null;
}
