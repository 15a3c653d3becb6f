/** Parameters as a form or a query writes them (application/x-www-form-urlencoded), those without a value left out. */
export function toForm(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) form.set(name, String(value));
  }
  return form.toString();
}
