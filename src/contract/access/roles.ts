/**
 * What somebody may be on a hotline. A viewer looks; an operator sees what is their own; a team leader looks after
 * rosters; a planner plans; an administrator does all of it and looks after people; a bureau watches many lines.
 */
export const roles = ['viewer', 'operator', 'team-leader', 'planner', 'administrator', 'bureau'] as const;
export type Role = (typeof roles)[number];

/**
 * What a program's token is good for: looking, whatever its owner may do to plans, or handing in a feed's rows and nothing
 * else. Never for people's accounts.
 */
export const tokenScopes = ['read', 'write', 'feed'] as const;
export type TokenScope = (typeof tokenScopes)[number];
