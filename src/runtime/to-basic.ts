/** The value of `Authorization` for a user (RFC 7617), with the scheme in this case: some servers compare it as text. */
export function toBasic(username: string, password = ''): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
