/** Whether a host name or address, an IPv6 one in brackets or not, is this machine's own: nobody else is there. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
