import { BlockList, isIPv6 } from 'node:net';

/** Whether an address may relay through us. IPv4 in IPv6 form counts as IPv4. Throws when a network is malformed. */
export function trustedNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (given) => {
    const address = given.replace(/^::ffff:(?=\d+\.)/i, '');
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}
