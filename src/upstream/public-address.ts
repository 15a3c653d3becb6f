import { BlockList, isIP } from 'node:net';
import { createNetworks } from '../runtime/networks.ts';

/** Whether an IP address is a loopback one. False for what is no IP address. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whether an IP address is of the public internet: of no private, link-local, multicast or otherwise special network (the
 * IANA registries of special-purpose addresses), and no IPv6 address that stands for an IPv4 one. False for what is no IP
 * address.
 */
export function isPublicAddress(address: string): boolean {
  return isIP(address) !== 0 && !isSpecial(address);
}

/** Names without a dot, and those that never are public (RFC 6761, RFC 6762, RFC 8375), are of a local network. */
export function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  return name.includes('.') && !/\.(?:localhost|local|internal|home\.arpa|test|invalid|onion)$/.test(name);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isSpecial = createNetworks([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  // Looks public, but stands for the host of an Azure machine.
  '168.63.129.16/32',
  // Everything but global unicast (2000::/3), and networks within it that are special or embed an IPv4 address.
  ...['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);
