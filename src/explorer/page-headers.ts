/**
 * Security headers of a page and of each of its files: a worker takes the policy from its own script, not from the page.
 * The policy allows nothing from other origins, and no inline script.
 *
 * @param more sources besides, by directive
 */
export function toPageHeaders(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    ...more,
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
}
