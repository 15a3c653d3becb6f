import { BlockList, isIP } from 'node:net';

/**
 * Creates a function that tells whether an IP address is in one of some networks: `10.0.0.0/8`, or one address. There are
 * two lists, since one finds an IPv4 address in networks of IPv6 too.
 */
export function createNetworks(networks: readonly string[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = familyOf(address);
    lists[family].addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
