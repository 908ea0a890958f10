import type { Settings } from '../contract/settings.ts';
import { UsageError } from '../kernel/errors.ts';
import { httpFinding } from './http-findings.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

export type AddressSettings = Pick<
  Settings,
  'host' | 'signIn' | 'publicUrl' | 'trustedProxy' | 'tlsCert' | 'tlsKey'
>;

/**
 * Why the server will not be reached at an address; undefined where it will. Beyond this machine people sign in, at an
 * address that is known beforehand, and no password crosses the network in the clear.
 */
export const refuseAddress = (settings: AddressSettings): UsageError | undefined => {
  const { host, signIn, publicUrl, trustedProxy, tlsCert, tlsKey } = settings;
  if ((tlsCert === '') !== (tlsKey === '')) return new UsageError(httpFinding('certificate-and-key'));
  if (signIn === 'off') {
    if (!loopback.has(host)) return new UsageError(httpFinding('beyond-this-machine', { host }));
    return publicUrl === ''
      ? undefined
      : new UsageError(httpFinding('address-wants-sign-in', { url: publicUrl }));
  }
  if (loopback.has(host)) return undefined;
  if (publicUrl === '') return new UsageError(httpFinding('beyond-wants-address', { host }));
  if (tlsCert === '' && trustedProxy === '') return new UsageError(httpFinding('beyond-wants-tls', { host }));
  return undefined;
};
