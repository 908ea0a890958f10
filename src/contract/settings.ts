import { z } from 'zod';
import { roles } from './access/roles.ts';
import { formError } from './schema-forms.ts';

/** True for an address of a PostgreSQL database. */
export const isPostgresAddress = (store: string): boolean => /^postgres(ql)?:\/\/[^/\s]+\/\S+$/.test(store);

const unknownStore = { rule: 'unknown-store', value: null };

/** True for https://name[:port], or http:// of this machine, and nothing behind it. */
const isPublicUrl = (url: string): boolean =>
  /^https:\/\/[a-zA-Z0-9.-]+(:\d{1,5})?$/.test(url) ||
  /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?$/.test(url);

/** True for the address of a provider of OpenID Connect: TLS, or this machine. */
const isIssuer = (url: string): boolean =>
  /^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(url) ||
  /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?(\/[^\s?#]*)?$/.test(url);

const networkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const isNetwork = (written: string): boolean => networkSchema.safeParse(written).success;

/**
 * True for a network of more addresses than one house's machines have: anyone who is trusted says where requests come from
 * and that they came by TLS, so it is a proxy that is named, not everyone. This machine's own addresses are one machine.
 */
const isTooWide = (written: string): boolean => {
  const [address = '', size = ''] = written.split('/');
  if (!isNetwork(written) || size === '') return false;
  if (!address.includes(':')) return Number(size) < (address.startsWith('127.') ? 8 : 16);
  // Addresses of IPv4 as IPv6 writes them are as many as they are there.
  const isMapped = new URL(`http://[${address}]`).hostname.startsWith('[::ffff:');
  return Number(size) < (isMapped ? 96 + 16 : 64);
};

/** An operator's account also says which operator it is, which no group does. */
const rolesByGroup: readonly string[] = roles.filter((role) => role !== 'operator');

const isRoleList = (written: string): boolean =>
  written.trim() === '' ||
  written.split(',').every((pair) => {
    const at = pair.lastIndexOf('=');
    return at > 0 && pair.slice(0, at).trim() !== '' && rolesByGroup.includes(pair.slice(at + 1).trim());
  });

/** What a hotline of a database may be called: its line's folder bears the name, and on Windows some are devices. */
export const hotlineKeyPattern = /^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * How an installation runs, as opposed to what a hotline is (models/). Every setting can be in the workspace's
 * settings.json, in an environment variable and, where a command has it, in an option; the later outranks the
 * earlier. Units are in the names.
 */
export const settingsSchema = z.strictObject({
  store: z
    .string()
    .refine((store) => store === 'sqlite' || isPostgresAddress(store), { params: unknownStore })
    .default('sqlite')
    .describe('Where records live: the file huawu.db of the workspace, or a PostgreSQL database'),
  hotline: z
    .string()
    .regex(hotlineKeyPattern, formError('hotline-key'))
    .default('main')
    .describe('Which hotline of a shared database this workspace is'),
  jobs: z
    .enum(['here', 'workers'])
    .default('here')
    .describe('Long work runs in a thread of the server, or on whatever runs huawu worker (PostgreSQL only)'),
  host: z.string().default('127.0.0.1').describe('Address that the server listens on'),
  port: z.number().int().min(0).max(65_535).default(12_345).describe('Its port; 0 takes any free one'),
  threads: z
    .number()
    .int()
    .min(0)
    .max(256)
    .default(0)
    .describe('Threads for the parts of one job that can be shared out; 0: as many as the machine has cores'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  requestsPerMinute: z
    .number()
    .int()
    .min(60)
    .max(1_000_000)
    .default(12_000)
    .describe('Beyond this an address is asked to wait (HTTP 429)'),
  largestUploadMegabytes: z.number().int().min(1).max(4096).default(512),
  signIn: z
    .enum(['off', 'on'])
    .default('off')
    .describe(
      'Off: one machine, one user. On: everybody signs in, and the server may listen beyond this machine',
    ),
  publicUrl: z
    .string()
    .refine((url) => url === '' || isPublicUrl(url), {
      params: { rule: 'not-a-public-url' },
    })
    .default('')
    .describe('The address that browsers open, https://name[:port]'),
  trustedProxy: z
    .string()
    .refine(
      (written) => written === '' || written.split(',').every(isNetwork),
      formError('network-addresses'),
    )
    .refine((written) => !written.split(',').some(isTooWide), { params: { rule: 'trusts-everyone' } })
    .default('')
    .describe(
      'Addresses of the reverse proxy that speaks TLS, such as 127.0.0.1; it says whose a request is',
    ),
  tlsCert: z.string().default('').describe('File of the certificate, with its chain (PEM)'),
  tlsKey: z.string().default('').describe('File of its private key (PEM)'),
  sessionIdleMinutes: z
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(60)
    .describe('A browser that asks nothing for so long is signed out'),
  oidcIssuer: z
    .string()
    .refine((url) => url === '' || isIssuer(url), { params: { rule: 'not-an-issuer' } })
    .default('')
    .describe('OpenID Connect: the address of the provider (its issuer); empty: passwords alone'),
  oidcClientId: z.string().default('').describe('What the provider knows this server as'),
  oidcClientSecret: z.string().default('').describe('Its secret there; empty: a client without one'),
  oidcScopes: z
    .string()
    .regex(/^openid( \S+)*$/, formError('openid-scopes'))
    .default('openid profile email'),
  oidcName: z.string().max(40).default('').describe('What the button on the sign-in page says'),
  oidcUserClaim: z
    .string()
    .min(1)
    .default('preferred_username')
    .describe('The claim that holds the name of the account'),
  oidcRoleClaim: z
    .string()
    .default('')
    .describe('The claim that holds groups: who has one of oidcRoles comes in; empty: only who was invited'),
  oidcRoles: z
    .string()
    .refine(isRoleList, { params: { rule: 'not-a-role-list' } })
    .default('')
    .describe('Which group is which role: dispatch=planner, leads=team-leader'),
  smtpUrl: z
    .string()
    .refine((url) => url === '' || /^smtps?:\/\/[^\s/?#]+$/.test(url), formError('smtp-address'))
    .default('')
    .describe('Mail server for alarms: smtp://name[:587] or smtps://user:password@name[:465]; empty: none'),
  smtpFrom: z.string().max(200).default('huawu@localhost').describe('Whom its mails are from'),
  alarmsInside: z
    .enum(['off', 'on'])
    .default('off')
    .describe('Webhooks of alarms may lead to this machine and its own network, and by http'),
  sessionHours: z.number().int().min(1).max(168).default(12).describe('And after so long in any case'),
});
export type Settings = z.output<typeof settingsSchema>;

/** The file of a workspace that holds its settings. */
export const settingsFileName = 'settings.json';

/** A line of a workspace: it has models of its own, and shares the workspace's settings and database. */
export interface LineFolder {
  /** The workspace's folder. */
  readonly home: string;
  /** Which hotline of its database the line is: the name of its folder. */
  readonly line: string;
}

/**
 * What a folder is a line of: WORKSPACE/lines/NAME, where WORKSPACE is one (it has models). Undefined for every other
 * folder. `folder` is a full path; `isThere` says whether a path leads somewhere.
 */
export const lineFolderOf = (folder: string, isThere: (path: string) => boolean): LineFolder | undefined => {
  const [, home = '', line = ''] = /^(.+)[\\/]lines[\\/]([^\\/]+)[\\/]*$/.exec(folder) ?? [];
  return hotlineKeyPattern.test(line) && isThere(`${home}/models/hotline.json`) ? { home, line } : undefined;
};
