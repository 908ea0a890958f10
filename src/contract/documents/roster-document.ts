import { z } from 'zod';
import { textSchema } from '../models/model-fields.ts';
import { cycleText } from '../roster-cycles.ts';
import { formError } from '../schema-forms.ts';
import { hoursChainSchema } from './hours-document.ts';
import { rate, sayableSchema } from './schema-parts.ts';

const date = z.iso.date();

/** One person's duty on one day. Clock times are local; an end before its start lies on the next day. */
const dutySchema = z.object({
  operator: z.string(),
  date,
  shift: z.string(),
  start: z.string(),
  end: z.string(),
  tier: z.string(),
  pinned: z.boolean(),
});
export type Duty = z.output<typeof dutySchema>;

/** Somebody falls ill: the duty that was theirs, and from when on they are absent; what lies before it is worked. */
const absenceSchema = dutySchema.omit({ pinned: true }).extend({ from: z.string() });

/** A day of a person. */
export type OperatorDay = Pick<Duty, 'operator' | 'date'>;

const brokenRuleSchema = z.object({
  rule: z.string(),
  hard: z.boolean(),
  /** Of the rule's own unit: hours, days, nights, times. */
  units: z.number(),
  cost: z.number(),
  operators: z.array(z.string()),
  dates: z.array(date),
  said: sayableSchema,
});

/** Cost in the prices of the labour rules; bound and gap are null where none was worked out. */
const costSchema = z.object({
  total: z.number(),
  rules: z.number(),
  cover: z.number(),
  bound: z.number().nullable(),
  gap: z.number().nullable(),
});

const shortTimeSchema = z.object({
  days: z.enum(['workdays', 'weekend', 'all']),
  part: z.enum(['night', 'morning', 'afternoon', 'evening']),
});

/** What keeps targets from holding over some days; they hold where nothing is told. */
const targetsHeldSchema = z.object({
  /** Hours in which people are required and nobody is on duty, on how many days, and the longest stretch of them. */
  unstaffed: z
    .object({
      hours: z.number(),
      days: z.number().int(),
      date,
      from: z.string(),
      to: z.string(),
      /** Whether every stretch has these clock times. */
      alike: z.boolean(),
      /** The tier whose queues nobody answers; null: nobody at all is on duty. */
      tier: textSchema.nullable(),
    })
    .nullable(),
  /** Days that miss a target, and the figure furthest below its own. */
  missed: z
    .object({
      days: z.number().int(),
      date,
      figure: z.enum(['connectionRate', 'serviceLevel']),
      value: z.number(),
      target: z.number(),
      seconds: z.number(),
    })
    .nullable(),
  /** Operators short at most times of the part, and hours and intervals short in all, once tiers have helped out. */
  short: shortTimeSchema
    .extend({
      operators: z.number(),
      hours: z.number(),
      intervals: z.number().int(),
      of: z.number().int(),
      /** Where most are short in this part; wall clock. */
      most: z.object({ at: z.string(), operators: z.number() }),
      /** Where most are short in all, if that is in another part. */
      elsewhere: shortTimeSchema.extend({ at: z.string(), operators: z.number() }).nullable(),
    })
    .nullable(),
});
export type TargetsHeld = z.output<typeof targetsHeldSchema>;

export const cycleSchema = z.string().regex(cycleText, formError('shift-cycle'));

/** The answer of `roster`: who works when over some weeks, what it breaks and costs, and what callers will meet. */
export const rosterDocumentSchema = z.object({
  document: z.literal('roster'),
  version: z.literal(1),
  id: z.string(),
  createdAt: z.string(),
  /** How many changes it has had since it was made, its publication included. */
  revision: z.number().int(),
  seed: z.number().int(),
  hotline: z.object({ name: textSchema, zone: z.string(), madeUp: z.boolean() }),
  from: date,
  to: date,
  /** Published: since when. A published roster changes only change by change. */
  publishedAt: z.string().nullable(),
  profile: z.object({ profile: z.string(), name: textSchema }),
  /** The rotation that teams follow; null: everybody's shifts are chosen freely. */
  cycle: z
    .object({
      cycle: cycleSchema,
      teams: z.array(z.object({ team: z.string(), tier: z.string(), operators: z.array(z.string()) })),
      mobile: z.array(z.string()),
    })
    .nullable(),
  shifts: z.array(
    z.object({
      shift: z.string(),
      template: z.string(),
      name: textSchema,
      /** What is in a cell of the wall sheet. */
      letter: textSchema,
      starts: z.array(z.string()),
      hours: z.number(),
      night: z.boolean(),
      /** From one start to its end, and the longest break in it. Absent in older rosters. */
      dutyMinutes: z.number().optional(),
      mealMinutes: z.number().optional(),
      /** Unpaid breaks, midway in their windows: minutes after the start. Absent in older rosters. */
      unpaid: z.array(z.object({ after: z.number(), minutes: z.number() })).optional(),
    }),
  ),
  /** Cheaper ones first. Queues as the plan's tiers had them: who else may serve it. Absent in older rosters. */
  tiers: z.array(
    z.object({
      tier: z.string(),
      name: textSchema,
      queues: z.array(z.object({ queue: z.string(), preference: z.number() })).optional(),
    }),
  ),
  days: z.array(
    z.object({
      date,
      /** ISO weekday, Monday 1. */
      weekday: z.number().int(),
      holiday: textSchema.nullable(),
      /** The plan whose duties the day takes, and whether it was made for another week. */
      plan: z.string(),
      repeated: z.boolean(),
      /** The plan's shifts that day; less those that it keeps for leave they are the duties required. Absent in older rosters. */
      planned: z.number().int().optional(),
      required: z.number().int(),
      onDuty: z.number().int(),
      missing: z.number().int(),
      away: z.number().int(),
      /** How many more could be away with nothing left open that is covered now. */
      moreAway: z.number().int(),
      /** The same of each tier alone. Absent in older rosters. */
      moreAwayByTier: z.array(z.object({ tier: z.string(), moreAway: z.number().int() })).optional(),
    }),
  ),
  /**
   * The duties that the days' plans wanted when the roster was made, by which it is judged until it is made again;
   * those of nobody left away. Absent in older rosters.
   */
  requiredDuties: z
    .array(z.object({ date, shift: z.string(), tier: z.string(), operators: z.number().int() }))
    .optional(),
  people: z.array(
    z.object({
      operator: z.string(),
      /** As the operators' records have it when the roster is looked at; never stored with it. */
      name: z.string().optional(),
      tier: z.string().nullable(),
      team: z.string().nullable(),
      contractHours: z.number(),
      hours: z.number(),
      duties: z.number().int(),
      nights: z.number().int(),
      weekends: z.number().int(),
      away: z.array(date),
    }),
  ),
  duties: z.array(dutySchema),
  /**
   * Days whose week another plan stands for by now than the one that the roster fills: that plan, the duties it wants,
   * and how many of them the roster lacks. As it is looked at, never stored; absent where the plans are the same.
   */
  replanned: z
    .array(z.object({ date, plan: z.string(), wanted: z.number().int(), lacks: z.number().int() }))
    .optional(),
  /** Who fell ill, in place of their duty; absent where nobody did. */
  absences: z.array(absenceSchema).optional(),
  /** Days off that stay as they are, as pinned duties do. Absent in older rosters. */
  pinnedDaysOff: z.array(z.object({ operator: z.string(), date })).optional(),
  /** Leave that is asked for, and what it would do day by day: how many more of the tier could be away. Absent in older rosters. */
  leaveAsked: z
    .array(
      z.object({
        operator: z.string(),
        from: date,
        to: date,
        days: z.array(z.object({ date, onDuty: z.boolean(), moreAway: z.number().int() })),
        said: sayableSchema,
      }),
    )
    .optional(),
  /** Duties without anybody, with the connection rate that callers meet meanwhile. */
  uncovered: z.array(
    z.object({
      date,
      shift: z.string(),
      tier: z.string(),
      operators: z.number().int(),
      hours: z.number(),
      connectionRate: rate,
    }),
  ),
  broken: z.array(brokenRuleSchema),
  cost: costSchema,
  /** Week by week: the plan as made, and with this roster as worked, absences drawn. */
  projection: z.array(
    z.object({
      week: z.string(),
      plan: z.string(),
      planned: rate,
      roster: rate,
      serviceLevel: rate,
      /**
       * Whether the plan's targets hold on the roster's days of that week, the operator-hours short by day, and those
       * that the plan itself is short of on these days. Absent in older rosters.
       */
      targets: targetsHeldSchema
        .extend({
          /** Of each day also the connection rate, absences drawn and calls uncertain as in the week's. Absent in older rosters. */
          days: z.array(
            z.object({ date, shortHours: z.number(), connectionRate: rate.nullable().optional() }),
          ),
          planShortHours: z.number(),
          /** Of these days, how many miss a target with the plan's own shifts. Absent in older rosters. */
          planMissedDays: z.number().int().optional(),
          /** The plan's targets themselves; days are judged by the rolling one where it is more. Absent in older rosters. */
          wanted: z
            .object({
              connectionRate: z.number(),
              rollingConnectionRate: z.number().nullable().optional(),
              serviceLevel: z.number().nullable(),
              seconds: z.number(),
            })
            .optional(),
        })
        .optional(),
    }),
  ),
  /** Week by week: from the plan's hours to those that people are rostered for, on the roster's days of that week. Absent in older rosters. */
  chain: z.array(z.object({ week: z.string(), plan: z.string(), steps: hoursChainSchema })).optional(),
  notices: z.array(sayableSchema),
});
export type RosterDocument = z.output<typeof rosterDocumentSchema>;

/** Who was where: the duties, and what people worked of theirs before they fell ill. */
export const dutiesWorked = ({
  duties,
  absences = [],
}: Pick<RosterDocument, 'duties' | 'absences'>): (Duty & { readonly illFrom?: string })[] => [
  ...duties,
  ...absences.flatMap(({ from, ...duty }) =>
    from === duty.start ? [] : [{ ...duty, end: from, pinned: false, illFrom: from }],
  ),
];

/** One way to fill the place of somebody absent. */
const candidateSchema = z.object({
  /** What each person moved works instead, by day; `off` for a day off. */
  moves: z.array(
    z.object({
      operator: z.string(),
      date,
      before: z.string(),
      after: z.string(),
      /** From when to when the duties are, `08:00–17:00`, and from when on the person is ill. Absent in older changes. */
      beforeTimes: z.string().optional(),
      afterTimes: z.string().optional(),
      illFrom: z.string().optional(),
      /** Tiers of the duties, and whether the day was pinned before: with these it is put back as it was. Absent in older changes. */
      beforeTier: z.string().optional(),
      afterTier: z.string().optional(),
      beforePinned: z.boolean().optional(),
      /** Whether it is pinned afterwards. Absent in older changes, and where nothing was changed. */
      afterPinned: z.boolean().optional(),
      /** The duty that they were, or are, ill for. Absent where they were not, and in older changes. */
      beforeAbsence: absenceSchema.omit({ operator: true, date: true }).optional(),
      afterAbsence: absenceSchema.omit({ operator: true, date: true }).optional(),
    }),
  ),
  cost: z.number(),
  hours: z.number(),
  /** Rules that break by it, and rules that no longer do. */
  broken: z.array(brokenRuleSchema),
  mended: z.array(brokenRuleSchema),
  /** Rules about the stand-in's day that were broken before and stay so. Absent where there are none. */
  stays: z.array(brokenRuleSchema).optional(),
  /** The day's connection rate with these moves, absences drawn. */
  connectionRate: rate,
  /** What it means for who steps in, the first that moves. */
  standIn: z
    .object({
      /** Paid hours in the ISO week with it. */
      weekHours: z.number(),
      /** From the duty before, and to the one after; null: none in the roster. */
      restBeforeHours: z.number().nullable(),
      restAfterHours: z.number().nullable(),
      /** Of all who move, at the hourly cost of each one's tier; null: somebody's is not known. */
      wages: z.number().nullable(),
    })
    .optional(),
});

/** The answer of `roster --repair`: who could step in, the best first, beside leaving the place empty. */
export const repairDocumentSchema = z.object({
  document: z.literal('repair'),
  version: z.literal(1),
  roster: z.string(),
  absent: z.object({
    operator: z.string(),
    date,
    shift: z.string().nullable(),
    tier: z.string().nullable(),
    /** What of the duty is open. */
    start: z.string().optional(),
    end: z.string().optional(),
  }),
  /** Of wages; absent where the hotline names none. */
  currency: z.string().optional(),
  connectionRate: z.object({ before: rate, empty: rate }),
  candidates: z.array(candidateSchema),
  /** The candidate that was taken, from 1; 0: the absence was noted and nobody steps in; null: nothing was changed. */
  taken: z.number().int().nullable(),
});
export type RepairDocument = z.output<typeof repairDocumentSchema>;

/** The answer of `roster --swap`: what becomes of the rules when people exchange duties. */
export const swapDocumentSchema = z.object({
  document: z.literal('swap'),
  version: z.literal(1),
  roster: z.string(),
  moves: candidateSchema.shape.moves,
  allowed: z.boolean(),
  cost: z.number(),
  broken: z.array(brokenRuleSchema),
  mended: z.array(brokenRuleSchema),
  taken: z.boolean(),
});
export type SwapDocument = z.output<typeof swapDocumentSchema>;

/** The answer of `roster --check`: a roster file judged rule by rule. */
export const rosterCheckSchema = z.object({
  document: z.literal('roster-check'),
  version: z.literal(1),
  from: date,
  to: date,
  duties: z.number().int(),
  broken: z.array(brokenRuleSchema),
  uncovered: z.array(rosterDocumentSchema.shape.uncovered.element.omit({ connectionRate: true })),
  cost: costSchema,
});
export type RosterCheckDocument = z.output<typeof rosterCheckSchema>;

/** One change of a published roster. */
export const rosterChangeSchema = z.object({
  at: z.string(),
  roster: z.string(),
  why: z.string(),
  /** Who made it; absent where nobody said. */
  by: z.string().optional(),
  moves: candidateSchema.shape.moves,
});
export type RosterChange = z.output<typeof rosterChangeSchema>;

/** The answer of `roster --publish`. */
export const publicationSchema = z.object({
  document: z.literal('roster-published'),
  version: z.literal(1),
  roster: z.string(),
  from: date,
  to: date,
  publishedAt: z.string(),
  superseded: z.array(z.string()),
  /** Plans that it fills and that nobody agreed to, or that are not up to date. */
  notices: z.array(sayableSchema).optional(),
});
export type PublicationDocument = z.output<typeof publicationSchema>;

const count = z.number().int().min(0);

/** What one weighs when rosters of the same weeks are side by side. */
const rosterFiguresSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  /** The rotation that teams follow; null: free. */
  cycle: cycleSchema.nullable(),
  /** People in rotating teams. */
  inTeams: count,
  people: count,
  cost: z.number(),
  openDuties: count,
  openHours: z.number().min(0),
  hardBroken: count,
  /** Times that a fair share of nights, weekends, holidays or unpopular shifts is missed, and what it costs. */
  unfair: count,
  unfairCost: z.number(),
  /** Most nights of a person, and most weekend duties. */
  mostNights: count,
  mostWeekends: count,
  /** Projected connection rate of the weeks: the lowest and the highest. */
  rates: z.tuple([rate, rate]),
});
export type RosterFigures = z.output<typeof rosterFiguresSchema>;

/** Answer of `roster --compare`: the rosters of the days that the latest one has. */
export const rosterComparisonSchema = z.object({
  document: z.literal('roster-comparison'),
  rosters: z.array(rosterFiguresSchema),
});
