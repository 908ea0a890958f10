import type { Logger } from 'pino';
import type { AccountStore } from '../access/account-store.ts';
import { createApiTokens } from '../access/api-tokens.ts';
import { notedAccounts } from '../access/noted-accounts.ts';
import { createOpenId } from '../access/openid.ts';
import { openIdRoles } from '../access/openid-member.ts';
import { createSignIn } from '../access/sign-in.ts';
import type { DoorEvent } from '../access/sign-in-ground.ts';
import type { SignInThrottle } from '../access/sign-in-throttle.ts';
import type { Settings } from '../contract/settings.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Door } from './services.ts';

/** Where people sign in; undefined where one machine has one user. `setUpCode`: what the first administrator types. */
export const openDoor = (
  settings: Settings,
  log: Logger,
  throttle: SignInThrottle,
  store: AccountStore,
  setUpCode: string | undefined,
): Door | undefined => {
  const { signIn, sessionIdleMinutes, sessionHours } = settings;
  if (signIn === 'off') return undefined;
  // Who came and went is told whatever else the log is to hold.
  const doorLog = log.isLevelEnabled('fatal') ? log.child({}, { level: 'info' }) : log;
  const ground = {
    store,
    throttle,
    now: Date.now,
    idleMillis: sessionIdleMinutes * 60_000,
    longestMillis: sessionHours * 3_600_000,
    ...(setUpCode === undefined ? {} : { setUpCode }),
    heard: (event: DoorEvent) => doorLog.info(event, 'sign-in'),
  };
  return {
    hotline: store.hotline,
    signIn: createSignIn(ground),
    accounts: (actor: Actor) => notedAccounts(ground, actor),
    tokens: createApiTokens(ground),
    rolesOf: (user) => store.rolesOf(user),
    ...openIdDoor(settings),
  };
};

const openIdDoor = (settings: Settings): Pick<Door, 'openId'> => {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = settings;
  if (issuer === '') return {};
  const provider = { issuer, clientId, clientSecret, scopes: settings.oidcScopes };
  const people = {
    userClaim: settings.oidcUserClaim,
    roleClaim: settings.oidcRoleClaim,
    roles: openIdRoles(settings.oidcRoles),
  };
  const name = settings.oidcName === '' ? new URL(issuer).host : settings.oidcName;
  return { openId: { openId: createOpenId(provider), people, name } };
};
