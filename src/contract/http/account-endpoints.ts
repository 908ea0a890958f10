import { z } from 'zod';
import { roles, tokenScopes } from '../access/roles.ts';
import { endpoint, read } from './endpoint.ts';
import { withSchemaId } from './model-name.ts';

const roleSchema = z.enum(roles);
const userName = z.string().trim().min(1).max(64).describe('What is typed to sign in');
const shownName = z.string().trim().min(1).max(80).describe('What people call them');
const password = z.string().min(1).max(1024);
const code = z.string().min(1).max(40);
const operator = z.string().min(1).max(200).nullable().describe('Who of the operators this is');
const instant = z.iso.datetime();

/** The caller, and what they are here. */
const callerDocumentSchema = withSchemaId(
  'Caller',
  z.object({
    signIn: z.enum(['on', 'off']),
    user: z.string().nullable().describe('Null where nobody signs in: one machine, one user'),
    name: z.string().nullable(),
    role: roleSchema.nullable().describe('Null: none on this hotline'),
    operator: operator.nullable(),
    program: z.string().nullable().describe('The name of the token that a program came with'),
    endsAt: instant.nullable().describe('When one has to sign in again, whatever is done meanwhile'),
    provider: z
      .object({ name: z.string(), tied: z.boolean().describe('The account is that of somebody there') })
      .nullable()
      .describe('Through which people also sign in; null: none'),
  }),
);

const signInRequestSchema = z.strictObject({ user: userName, password });
const setUpRequestSchema = z.strictObject({
  code: code.describe('Printed by the terminal for the first administrator; else from an administrator'),
  user: userName,
  name: shownName.optional(),
  password,
});
const signOutRequestSchema = z.strictObject({
  everywhere: z.boolean().default(false).describe('In every browser, not only in this one'),
});
const passwordRequestSchema = z.strictObject({ old: password, new: password });
const tieRequestSchema = z.strictObject({ password: password.describe('The present one') });
const tieAnswerSchema = withSchemaId(
  'SignInElsewhere',
  z.object({ address: z.url().describe('Where the browser goes on, at the provider') }),
);

export const memberSchema = withSchemaId(
  'Member',
  z.object({
    user: z.string(),
    name: z.string(),
    role: z.enum(roles).nullable(),
    operator,
    disabled: z.boolean(),
    hasPassword: z.boolean(),
    invitedUntil: instant.nullable(),
  }),
);

const newMemberSchema = z.strictObject({
  user: userName,
  name: shownName,
  role: roleSchema.nullable(),
  operator: operator.default(null),
});
const memberChangeSchema = z.strictObject({
  name: shownName.optional(),
  role: roleSchema.nullable().optional(),
  operator: operator.optional(),
  disabled: z.boolean().optional(),
});
const invitationSchema = withSchemaId(
  'Invitation',
  z.object({
    member: memberSchema,
    code: z.string().describe('Told this once; with it they give themselves a password'),
  }),
);

export const apiTokenSchema = withSchemaId(
  'ApiToken',
  z.object({
    id: z.string(),
    user: z.string(),
    name: z.string(),
    scope: z.enum(tokenScopes),
    createdAt: instant,
    endsAt: instant,
    usedAt: instant.nullable(),
  }),
);

const sessionSchema = withSchemaId(
  'Session',
  z.object({
    id: z.string().describe('Names it, and opens nothing'),
    createdAt: instant,
    seenAt: instant,
    endsAt: instant,
    current: z.boolean().describe('The one that asks'),
  }),
);
const sessionParams = z.strictObject({ session: z.string().min(1).max(60) });

/** What a page shows: `plan/2026-W10`, `model/hotline`, `roster/…`, `overrules`. */
const place = z.string().regex(/^[a-z]{1,20}(\/[\w.:-]{1,80})?$/i);
const presenceRequestSchema = z.strictObject({
  page: z.string().min(1).max(40),
  places: z.array(place).min(1).max(12),
  doing: z.enum(['looking', 'editing', 'gone']),
});
const presenceSchema = withSchemaId(
  'Presence',
  z.object({ others: z.array(z.object({ name: z.string(), doing: z.string(), since: instant })) }),
);

/** The longest that a token may be good for, days. */
export const longestTokenDays = 366;
const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scope: z.enum(tokenScopes).default('read'),
  days: z.number().int().min(1).max(longestTokenDays).default(90),
});
export const issuedTokenSchema = withSchemaId(
  'IssuedToken',
  z.object({ token: apiTokenSchema, secret: z.string().describe('Shown this once') }),
);

const memberParams = z.strictObject({ user: userName });
const tokenParams = z.strictObject({ token: z.string().min(1).max(40) });

/** Who comes in, and who may: where sign-in is off these say so, or that there is nothing. */
export const accountEndpoints = {
  caller: read('/caller', 'Who asks, and what they are on this hotline', callerDocumentSchema),
  signIn: endpoint({
    method: 'post',
    path: '/sign-in',
    summary: 'Lets a browser in: the answer sets its cookie',
    body: signInRequestSchema,
  }),
  setUp: endpoint({
    method: 'post',
    path: '/set-up',
    summary:
      'With a code: makes the first administrator, or gives somebody invited their password; and lets them in',
    body: setUpRequestSchema,
  }),
  signOut: endpoint({
    method: 'post',
    path: '/sign-out',
    summary: 'Ends this session, or all of the account',
    body: signOutRequestSchema,
  }),
  changePassword: endpoint({
    method: 'put',
    path: '/password',
    summary: "Changes one's own password; every other session and every token of the account ends",
    body: passwordRequestSchema,
  }),
  tieProvider: endpoint({
    method: 'post',
    path: '/provider',
    summary: "Begins a sign-in at the provider that ties one's own account to who one is there",
    body: tieRequestSchema,
    response: tieAnswerSchema,
  }),
  sessions: read(
    '/sessions',
    "One's own browsers that are signed in, the one used last first",
    z.array(sessionSchema),
  ),
  endSession: endpoint({
    method: 'delete',
    path: '/sessions/:session',
    summary: "Signs one of one's own browsers out",
    params: sessionParams,
  }),
  members: read('/members', 'Who may sign in', z.array(memberSchema)),
  addMember: endpoint({
    method: 'post',
    path: '/members',
    summary: 'Adds somebody; the answer holds the code with which they give themselves a password',
    status: 201,
    body: newMemberSchema,
    response: invitationSchema,
  }),
  changeMember: endpoint({
    method: 'put',
    path: '/members/:user',
    summary: 'Another name, role or operator, or no entry any more',
    params: memberParams,
    body: memberChangeSchema,
    response: memberSchema,
  }),
  inviteMember: endpoint({
    method: 'post',
    path: '/members/:user/invitation',
    summary: 'Takes a password away and answers the code for a new one',
    status: 201,
    params: memberParams,
    response: invitationSchema,
  }),
  endSessions: endpoint({
    method: 'delete',
    path: '/members/:user/sessions',
    summary: 'Signs somebody out everywhere',
    params: memberParams,
  }),
  notePresence: endpoint({
    method: 'put',
    path: '/presence',
    summary: 'Says what a page shows and whether it is being edited; answers who else is at it',
    body: presenceRequestSchema,
    response: presenceSchema,
  }),
  tokens: read('/tokens', "Programs' tokens: one's own; an administrator sees all", z.array(apiTokenSchema)),
  addToken: endpoint({
    method: 'post',
    path: '/tokens',
    summary: 'A token for a program, shown this once',
    status: 201,
    body: newTokenSchema,
    response: issuedTokenSchema,
  }),
  removeToken: endpoint({
    method: 'delete',
    path: '/tokens/:token',
    summary: "Takes a token back: one's own; an administrator any",
    params: tokenParams,
  }),
} as const;

export type CallerDocument = z.output<typeof callerDocumentSchema>;

export type MemberDocument = z.output<typeof memberSchema>;

export type ApiTokenDocument = z.output<typeof apiTokenSchema>;

export type PresenceDocument = z.output<typeof presenceSchema>;
