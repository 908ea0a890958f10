import type { EndpointName } from '../http/endpoints.ts';
import { type Role, roles, type TokenScope } from './roles.ts';

/** Who may use an endpoint. */
export interface Right {
  /** Answered to anyone: it tells nothing of the data, or lets people in. */
  readonly anyone?: true;
  /** Roles on this hotline that may; a role on another one counts for nothing. */
  readonly roles: readonly Role[];
  /** Roles that may where it is about themselves: what they get is cut down to that. */
  readonly own?: readonly Role[];
  /** A program's token may as well; `write` and `feed`: only one with that scope. Left out: people alone. */
  readonly token?: TokenScope;
}

const anyone: Right = { anyone: true, roles: [] };
/** Looks at plans and what they rest on. */
const looks: Right = {
  roles: ['viewer', 'team-leader', 'planner', 'administrator', 'bureau'],
  token: 'read',
};
const looksAtAll: Right = { roles, token: 'read' };
/** Anyone who is known, a role on this hotline or none: each is told of what is theirs. */
const anyAccount: Right = { roles, token: 'read' };
const looksAtRosters: Right = { ...looks, own: ['operator'] };
/** Works something out of what is there, and changes nothing. */
const asks: Right = looks;
const leads: Right = { roles: ['team-leader', 'planner', 'administrator'], token: 'write' };
const plans: Right = { roles: ['planner', 'administrator'], token: 'write' };
/** Hands in rows as they happen: a program with a token for that alone, or somebody who plans. */
const pushes: Right = { roles: ['planner', 'administrator'], token: 'feed' };
const administers: Right = { roles: ['administrator'] };
/** Anyone who is signed in, a role on this hotline or none. */
const ownAccount: Right = { roles };

/**
 * The one table of rights: endpoint × role. The server refuses by it, the page shows buttons by it, the tests try every
 * pair of it. An endpoint that is not in it does not compile.
 */
export const rights = {
  health: anyone,
  openApi: anyone,
  signIn: anyone,
  setUp: anyone,

  caller: anyAccount,
  lines: anyAccount,
  signOut: ownAccount,
  changePassword: ownAccount,
  tieProvider: ownAccount,
  sessions: ownAccount,
  endSession: ownAccount,
  tokens: ownAccount,
  // It is for the hotline on which it is made: nobody's without a role there.
  addToken: { roles },
  removeToken: ownAccount,

  notePresence: { roles: looks.roles },

  members: administers,
  addMember: administers,
  changeMember: administers,
  inviteMember: administers,
  endSessions: administers,

  workspace: looksAtAll,
  model: looks,
  calendar: looks,
  openingHours: looks,
  plans: looks,
  plan: looks,
  planWorld: looks,
  planLife: looks,
  template: looks,
  report: looks,
  switchboardSheet: looks,
  rank: looks,
  hotline: looks,
  feeds: looks,
  overrules: looks,
  diary: looks,
  dataReport: looks,
  todayTraffic: looks,
  day: looks,
  dayEvents: looks,
  namesSeen: looks,
  jobs: looks,
  job: looks,
  jobEvents: looks,
  jobResult: looks,
  rosters: looksAtRosters,
  roster: looksAtRosters,
  rosterFile: looksAtRosters,
  rosterBasis: leads,
  rosterChanges: looksAtRosters,

  makeForecast: asks,
  makeOutlook: asks,
  forecastByTopic: asks,
  measureAccuracy: asks,
  explainRequirement: asks,
  compareLevers: asks,
  makeSimulation: asks,
  makeComparison: asks,
  makeOverview: asks,

  audit: { roles: ['planner', 'administrator'], token: 'read' },
  alarms: { roles: ['planner', 'administrator'] },
  earlierModels: { roles: ['planner', 'administrator'], token: 'read' },

  putModel: plans,
  putModels: plans,
  changeEvent: plans,
  guessFile: plans,
  ingestFile: plans,
  removeTraffic: plans,
  putFeed: plans,
  removeFeed: plans,
  testFeed: plans,
  changeAlarms: { roles: ['planner', 'administrator'] },
  testAlarms: { roles: ['planner', 'administrator'] },
  pushRows: pushes,
  pushStream: pushes,
  makePlan: plans,
  makeDiversion: plans,
  addOverrule: plans,
  removeOverrule: plans,
  namePlan: plans,
  removePlan: plans,
  addDiaryNote: leads,
  changeDiaryNote: leads,
  removeDiaryNote: leads,
  stepPlan: leads,
  notePlan: leads,
  // Anyone who may order work may give up what they ordered.
  cancelJob: { ...leads, own: ['viewer', 'bureau'] },

  makeRoster: leads,
  repairRoster: leads,
  changeRoster: leads,
  publishRoster: leads,
  takeDayAction: leads,
  takeDayActions: leads,
  stepDayAction: leads,
  swapDuties: { ...leads, own: ['operator'] },
} as const satisfies Record<EndpointName, Right>;

/**
 * Paths beside the API, and who is answered there: anyone, since they tell nothing of the data (the page itself holds
 * none); `machine`: only this machine, where people sign in.
 */
export const rightsBeside: Readonly<Record<string, 'anyone' | 'machine'>> = {
  '/': 'anyone',
  '/index.html': 'anyone',
  '/open': 'anyone',
  '/open/:code': 'anyone',
  '/sign-in/openid': 'anyone',
  '/sign-in/openid/return': 'anyone',
  '/health/live': 'anyone',
  '/health/ready': 'anyone',
  '/metrics': 'machine',
};

/** Anyone who makes a request, as rights see them. */
export interface Caller {
  /** `local`: one machine, one user, every right. */
  readonly by: 'local' | 'session' | 'token';
  readonly role: Role | null;
  /** Of a token. */
  readonly scope?: TokenScope;
}

/** True of what is answered to anyone who asks. */
export const isForAnyone = (endpoint: EndpointName): boolean => (rights[endpoint] as Right).anyone === true;

/** Whether somebody may use an endpoint, in full or of their own only; false: not at all. */
export const mayUse = (caller: Caller, endpoint: EndpointName): 'all' | 'own' | false => {
  const right: Right = rights[endpoint];
  if (isForAnyone(endpoint) || caller.by === 'local') return 'all';
  if (caller.by === 'token' && !fits(right, caller.scope)) return false;
  if (right === ownAccount || right === anyAccount) return 'all';
  if (caller.role === null) return false;
  if (right.roles.includes(caller.role)) return 'all';
  return right.own?.includes(caller.role) === true ? 'own' : false;
};

const fits = ({ token }: Right, scope: Caller['scope']): boolean =>
  token !== undefined && (token === scope || (token === 'read' && scope === 'write'));

/** What a page is opened as: on one's own machine, at the door, as the first who comes, or with a role. */
export type PageAccess = 'local' | 'sign-in' | 'set-up' | 'no-role' | Role;
