import { z } from 'zod';
import { roles, tokenScopes } from '../access/roles.ts';
import { named } from './named.ts';

const roleSchema = z.enum(roles);
const userName = z.string().trim().min(1).max(64).describe('What is typed to sign in');
const shownName = z.string().trim().min(1).max(80).describe('What people call them');
const password = z.string().min(1).max(1024);
const code = z.string().min(1).max(40);
const operator = z.string().min(1).max(200).nullable().describe('Who of the operators this is');
const instant = z.iso.datetime();

/** Whoever asks, and what they are here. */
export const callerDocumentSchema = named(
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
export type CallerDocument = z.output<typeof callerDocumentSchema>;

export const signInRequestSchema = z.strictObject({ user: userName, password });
export const setUpRequestSchema = z.strictObject({
  code: code.describe('Printed by the terminal for the first administrator; else from an administrator'),
  user: userName,
  name: shownName.optional(),
  password,
});
export const signOutRequestSchema = z.strictObject({
  everywhere: z.boolean().default(false).describe('In every browser, not only in this one'),
});
export const passwordRequestSchema = z.strictObject({ old: password, new: password });
export const tieRequestSchema = z.strictObject({ password: password.describe('The present one') });
export const tieAnswerSchema = named(
  'SignInElsewhere',
  z.object({ address: z.url().describe('Where the browser goes on, at the provider') }),
);

export const memberSchema = named(
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
export type MemberDocument = z.output<typeof memberSchema>;

export const newMemberSchema = z.strictObject({
  user: userName,
  name: shownName,
  role: roleSchema.nullable(),
  operator: operator.default(null),
});
export const memberChangeSchema = z.strictObject({
  name: shownName.optional(),
  role: roleSchema.nullable().optional(),
  operator: operator.optional(),
  disabled: z.boolean().optional(),
});
export const invitationSchema = named(
  'Invitation',
  z.object({
    member: memberSchema,
    code: z.string().describe('Told this once; with it they give themselves a password'),
  }),
);

export const apiTokenSchema = named(
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
export type ApiTokenDocument = z.output<typeof apiTokenSchema>;

export const sessionSchema = named(
  'Session',
  z.object({
    id: z.string().describe('Names it, and opens nothing'),
    createdAt: instant,
    seenAt: instant,
    endsAt: instant,
    current: z.boolean().describe('The one that asks'),
  }),
);
export const sessionParams = z.strictObject({ session: z.string().min(1).max(60) });

/** What a page shows: `plan/2026-W10`, `model/hotline`, `roster/…`, `overrules`. */
const place = z.string().regex(/^[a-z]{1,20}(\/[\w.:-]{1,80})?$/i);
export const presenceRequestSchema = z.strictObject({
  page: z.string().min(1).max(40),
  places: z.array(place).min(1).max(12),
  doing: z.enum(['looking', 'editing', 'gone']),
});
export const presenceSchema = named(
  'Presence',
  z.object({ others: z.array(z.object({ name: z.string(), doing: z.string(), since: instant })) }),
);
export type PresenceDocument = z.output<typeof presenceSchema>;

/** The longest that a token may be good for, days. */
export const longestTokenDays = 366;
export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scope: z.enum(tokenScopes).default('read'),
  days: z.number().int().min(1).max(longestTokenDays).default(90),
});
export const issuedTokenSchema = named(
  'IssuedToken',
  z.object({ token: apiTokenSchema, secret: z.string().describe('Shown this once') }),
);

export const memberParams = z.strictObject({ user: userName });
export const tokenParams = z.strictObject({ token: z.string().min(1).max(40) });
