/** Made of the catalogues by `npm run words`: the values that messages take. */
import type { Chosen, Counted, Figure, Said } from '../sentences.ts';

export interface MessageValues {
day: {
'day-plan-of-other-week': { planWeek: Said; week: Said };
'day-lost-callers': { calls: number; lost: number; toCall: number; willCallAgain: Figure };
'day-signals-tested': { pastDays: Figure; perWeek: Counted | string };
'day-operators-worth': { worth: Figure };
'day-operators-from': { from: Chosen };
};
'day-together': {
asked: { asked: Counted; before: Said; rate: Said };
serviceLevel: { seconds: Said };
unsure: { chance: Said; doubt: Said };
doubt: {
serviceLevel: { seconds: Said };
};
givenBack: { after: Said; asked: Counted; before: Said; chance: Said; rate: Said; steps: Counted | string; target: Said };
chance: { chance: Said };
none: { rate: Said };
best: { after: Said; asked: Counted; before: Said; cost: Said; decide: Said; fewer: Counted; rate: Said; reached: Said; steps: Counted | string; target: Said };
decideBy: { latest: Said };
};
'page-calendar': {
'calendar.unknownYear': { until: Said };
'calendar.eventsOn': { n: Counted | string };
'calendar.shareMeans': { factor: Said };
'calendar.learntFrom': { n: Said };
'calendar.fades': { n: Counted | string };
'calendar.saved': { name: Said };
'calendar.removed': { name: Said };
'calendar.undone': { name: Said };
'calendar.editOf': { name: Said };
'diary.useOf': { name: Said };
'diary.removeOf': { name: Said };
};
'page-cause': {
'causeIf.seen': { least: Said; most: Said };
'causeIf.beside': { asked: Said };
};
'page-compare': {
'compare.spanWords': { actual: Said; days: Counted | string; k: Said; n: Said };
'compare.plannedWeeksWords': { all: Counted | string; weeks: Said };
'compare.weekOfPeriod': { week: Said };
'compare.wholePeriod': { period: Said };
'compare.accuracyWeeks': { n: Counted | string };
'compare.accuracyNote': { from: Said; to: Said };
'compare.accuracyAheadWeeks': { n: Said };
'compare.accuracyBest': { other: Said; rival: Said; wape: Said };
'compare.accuracyBias': { bias: Said };
'compare.accuracyOver': { calls: Counted | string };
'compare.accuracyUnder': { calls: Counted | string };
'compare.accuracyChangedWords': { days: Counted | string; other: Said; wape: Said };
'frozen.note': { from: Said; n: Said; to: Said };
'frozen.day': { n: Said };
'frozen.days': { from: Said; to: Said };
'worst.over': { calls: Said };
'worst.under': { calls: Said };
'compare.coverage': { coverage: Said };
'compare.projected': { value: Said };
'compare.planned': { value: Said };
'compare.levels': { actual: Said; projected: Said };
'compare.interval95': { high: Said; low: Said };
'compare.projectedAll': { value: Said };
'compare.scoreFrom': { k: Said; n: Said };
'compare.tests': { k: Said; n: Said };
'compare.meanSeconds': { seconds: Said };
'compare.tooLow': { bias: Said };
'compare.tooHigh': { bias: Said };
'compare.calibrationNote': { error: Said; n: Counted | string };
};
'page-data': {
'data.chosen': { n: Counted | string };
'data.takenOf': { all: Said; n: Said };
'data.notTaken': { names: Said };
'file.looks': { encoding: Said; format: Said; line: Said };
'file.looksBare': { encoding: Said; format: Said };
'file.time': { readAs: Said; sample: Said };
'file.unusedColumns': { n: Said };
'file.fieldOf': { column: Said };
'file.indicator': { name: Said };
'file.sheetAuto': { sheet: Said };
'file.outcomeOf': { value: Said };
'file.unitOf': { column: Said };
'file.missing': { fields: Said };
'file.overPublished': { from: Said; to: Said };
'data.openOf': { names: Said };
'file.assumedAs': { what: Said };
'file.how': { kind: Said };
'remedy.unit': { column: Said; unit: Said };
'remedy.addHotlines': { hotlines: Said };
'remedy.addQueues': { queues: Said };
'remedy.order': { order: Said };
'remedy.absent': { rule: Said };
'remedy.encoding': { encoding: Said };
'remedy.sheet': { sheet: Said };
'remedy.queue': { queue: Said };
'remedy.hotline': { hotline: Said };
'remedy.near': { queue: Said; value: Said };
'remedy.zone': { zone: Said };
'remedy.blank': { field: Said };
'remedy.step': { n: Said };
'remedy.leaveColumn': { column: Said };
'report.dry': { accepted: Said; duplicates: Counted | string; rejected: Said; rows: Counted | string };
'report.nothing': { rows: Counted | string };
'report.done': { accepted: Said; duplicates: Counted | string; rejected: Said; rows: Counted | string };
'report.span': { from: Said; to: Said };
'report.stored': { added: Said; changed: Said; unchanged: Said };
'report.gaps': { n: Counted | string };
'models.editor': { name: Said };
'models.wrong': { n: Said };
'models.pair': { first: Said; high: Said; last: Said; low: Said };
'models.pairBelow': { first: Said; high: Said; last: Said; low: Said };
'models.movePair': { field: Said; to: Said };
'data.monitoring': { periods: Said };
'guide.templateOf': { format: Said; kind: Said };
};
'page-data-quality': {
'quality.daysOf': { all: Said; n: Said };
'quality.measured': { n: Counted | string };
'quality.history': { n: Counted | string };
'quality.has.roster': { n: number };
'quality.has.diversion': { n: number };
'quality.has.presence': { n: number };
'quality.has.monitoring': { results: number; testCalls: number };
'quality.notYet': { why: Said };
};
'page-feeds': {
'feeds.waiting': { list: Said };
'feeds.waitingOne': { n: Said; queue: Said; since: Said };
'feeds.onQueue': { list: Said };
'feeds.onQueueOne': { n: Said; queue: Said };
'feeds.alarmCounts': { givenUp: Said; sent: Said; waiting: Said };
'feeds.alarmFailed': { at: Said; why: Said };
'feeds.alarmTaken': { way: Said };
'feeds.alarmNotTaken': { way: Said; why: Said };
'feeds.since': { since: Said };
'feeds.differences': { list: Said };
'feeds.difference': { counted: Said; queue: Said; said: Said; start: Said };
'feeds.gap': { from: Said; to: Said };
'feeds.unknownList': { events: Said };
'feeds.times': { event: Said; n: Said };
'feeds.refusedList': { reasons: Said };
'feeds.countedSince': { since: Said };
'feeds.isQueueOf': { queue: Said };
'feeds.asItself': { queue: Said };
'feeds.presenceLeft': { list: Said };
'feeds.presenceLeftOne': { feed: Said; tier: Said };
'feeds.outdated': { list: Said };
'feeds.outdatedOne': { from: Said; queue: Said; to: Said };
'feeds.removeSure': { name: Said };
'feeds.tested': { name: Said; read: Counted | string; refused: Said; stored: Said; unknown: Said };
'feeds.today': { date: Said };
};
'page-divert': {
'divert.dayCalls': { n: Counted | string };
'divert.note': { n: Said };
'divert.curveLabel': { day: Said };
'divert.levelBefore': { n: Said };
'divert.levelAfter': { n: Said };
'divert.target': { target: Said };
'divert.millis': { n: Said };
'track.from': { name: Said };
'track.to': { name: Said };
'track.remove': { name: Said };
'lever.above': { n: Said };
'lever.operators': { tier: Said };
'effect.worst': { n: Said };
'prove.done': { n: Said; name: Said };
'scenario.unreadable': { n: Said };
'scenario.nameless': { n: Said };
'scenario.exportNamed': { name: Said };
'scenario.removeNamed': { name: Said };
'lever.storm': { at: Said };
'choose.done': { n: Said };
'choose.fragile': { n: Said };
'misfit.title': { n: Said };
'sheet.note': { name: Said };
'levers.target': { before: Said; target: Said };
'levers.mix': { budget: Said };
};
'page-door': {
'door.openId': { name: Said };
};
'page-everywhere': {
'figure.seconds': { n: Said };
'app.moved': { place: Said };
'app.maintenance': { why: Said };
'state.answerOf': { at: Said };
'state.queued': { what: Said };
'state.ofWhom': { name: Said; what: Said };
'large.title': { factor: Said; share: Said };
'state.problems': { n: Counted | string };
'problem.row': { n: Said };
'problem.more': { n: Said };
'figure.callsWords': { offered: Said };
'figure.connectionWords': { target: Said };
'figure.targetEach': { share: Said };
'figure.targetRolling': { share: Said };
'figure.serviceLevel': { n: Said };
'figure.target': { target: Said };
'figure.bandChance': { chance: Said };
'figure.bandWords': { n: Said };
'number.atLeast': { min: Figure };
'number.between': { max: Figure; min: Figure };
'figure.noTotal': { high: Said; low: Said; weight: Said };
'figure.scoreWords': { seconds: Said };
'figure.wages': { money: Said };
'figure.wagesAssumed': { money: Said };
'figure.hoursWords': { actual: Said; required: Said; scheduled: Said };
'figure.range': { high: Said; low: Said };
'figure.callsBasis': { days: Counted | string; high: Said; low: Said; n: Counted | string };
'figure.rateBasis': { proof: Said };
'figure.rateProof': { half: Said; n: Said; value: Said };
'figure.levelBasis': { answered: Said; offered: Said; proof: Said; short: Said };
'figure.bandBasis': { cold: Said; dead: Said; high: Said; hot: Said; low: Said; n: Said; warm: Said };
'figure.bandBasisLeast': { all: Said; cold: Said; dead: Said; high: Said; hot: Said; least: Said; low: Said; mean: Said; n: Said; warm: Said };
'figure.bandBasisAll': { all: Said; cold: Said; dead: Said; high: Said; hot: Said; low: Said; mean: Said; n: Said; warm: Said };
'figure.scoreBasis': { parts: Said };
'figure.hoursBasis': { occupancy: Said };
};
'page-line': {
'goal.note': { n: Said };
'goal.serviceLevel': { n: Said };
'goal.unlisted': { queues: Said };
'goal.serviceLevel.short': { n: Said };
'open.learntIs': { hours: Said };
'open.remove': { span: Said };
'queues.addSeen': { queue: Said };
'queues.likeData': { added: Said; removed: Said };
'queues.onlyInData': { removed: Said };
'queues.servedBy': { queue: Said; tier: Said };
};
'page-lines': {
'lines.found': { all: Counted | string; n: Said };
'lines.waiting': { n: Said };
'lines.bandChance': { band: Said; chance: Said; hot: Said };
'lines.broken': { why: Said };
};
'page-member': {
'members.invited': { until: Said };
'members.changeOf': { user: Said };
'members.resetSure': { user: Said };
'members.endSessionsSure': { user: Said };
'members.closeSure': { user: Said };
'members.code': { user: Said };
'account.token': { name: Said };
'account.takeBackSure': { name: Said };
'account.provider': { name: Said };
};
'page-model-field': {
'models.addSeen': { name: Said };
'models.wrongHere': { n: Said };
};
'page-model-part': {
'models.fillIn': { name: Said };
'models.range': { least: Said; most: Said };
'models.least': { least: Said };
'models.up': { name: Said };
'models.down': { name: Said };
'models.removeOf': { name: Said };
};
'page-outlook': {
'outlook.months': { n: Counted | string };
'outlook.weeks': { n: Counted | string };
'outlook.sum': { high: Said; low: Said; mean: Counted | string };
'outlook.growing': { high: Said; low: Said; middle: Said };
'outlook.stated': { growth: Said };
'outlook.scored': { before: Said; inside: Said; wape: Said };
};
'page-overrule': {
'overrule.needed': { field: Said };
};
'page-plan': {
'answer.changedOnly': { reasons: Said };
'answer.because': { reasons: Said };
'plans.nameOf': { plan: Said };
'plans.which': { at: Said; state: Said; week: Said };
'against.daysNote': { after: Said; before: Said };
'grid.title': { day: Said };
'plan.onPaper': { id: Said; state: Said; week: Said };
'picture.label': { all: Counted | string; short: Said };
'week.until': { day: Said };
'week.after': { day: Said };
'calls.note': { n: Said };
'calls.axis': { n: Said };
'unsure.note': { n: Said };
'heat.title': { n: Said };
'shifts.note': { cost: Said; gap: Said };
'shifts.label': { n: Counted | string };
'shifts.break': { at: Said; minutes: Said; n: Said };
'prompts.gain': { after: Said; before: Said; n: Counted | string; seconds: Said };
'day.short': { n: Said };
'day.shortOver': { n: Said; over: Said };
'day.shortLent': { n: Said; over: Said };
'day.shortHelped': { n: Said; over: Said };
'day.needed': { n: Said };
'day.hoursOf': { n: Said };
'attention.far': { last: Said; n: Counted | string };
'attention.short': { all: Counted | string; at: Said; intervals: Said; n: Said; open: Counted | string; standIns: Said; tier: Said };
'attention.relaxed': { n: Counted | string };
'attention.worstAt': { at: Said; n: Said };
'attention.notProved': { queues: Said };
'attention.overruled': { n: Counted | string };
};
'page-plan-life': {
'life.replaces': { plan: Said };
'life.ofOthers': { roles: Said; step: Said };
'life.changedSince': { what: Said };
'life.history': { n: Said };
'life.done': { step: Said };
};
'page-plan-settings': {
'targets.oddFigure': { figure: Said; target: Said };
'presence.row': { n: Said };
'presence.noMore': { n: Said };
'presence.removeRow': { n: Said };
'parts.note': { parts: Said };
'parts.fading': { day: Said; names: Said };
'parts.events': { day: Said; names: Said };
'parts.label': { day: Said; queue: Said };
'parts.shapeLabel': { day: Said };
'parts.methods': { queue: Said };
'hours.learnt': { hours: Said };
'hours.kept': { hours: Said };
};
'page-plan-why': {
'ground.measuredPlayed': { n: Counted | string };
'ground.measured': { n: Counted | string };
'ground.required': { n: Said };
'ground.paid': { n: Said };
'ground.edit': { of: Said; what: Said };
'whatIf.latestTooEarly': { earliest: Said; shift: Said };
'whatIf.clock': { last: Said };
'whatIf.starts': { from: Said; shift: Said; to: Said };
'whatIf.half': { fields: Said };
'factor.inForce': { factors: Said };
'factor.shiftUse': { n: Counted; shift: Said };
'chain.title': { at: Said; n: Said };
'chain.ask': { at: Said };
'chain.callsWords': { calls: Said; high: Said; low: Said };
'chain.partsWords': { again: Said; calls: Said; diverted: Said; first: Said; high: Said; low: Said };
'chain.again': { n: Counted | string };
'chain.diverted': { n: Said; offered: Said };
'chain.handleWords': { all: Counted | string; n: Said };
'chain.loadWords': { n: Said };
'chain.uncertainWords': { share: Said };
'chain.certainWords': { share: Said };
'chain.minimumHolds': { n: Said };
'chain.oneMoreNote': { share: Said };
'chain.requiredWords': { n: Said };
'chain.onShift': { n: Said };
'chain.standIns': { n: Said };
'operators.label': { day: Said };
'outside.title': { model: Said };
'why.repeat': { hash: Said; id: Said; seed: Said };
'proof.note': { n: Said };
'proof.counts': { hours: Counted | string; queues: Said; topped: Counted | string; week: Said };
'proof.cautious': { gap: Said; n: Said };
'proof.hopeful': { gap: Said; n: Said };
'require.effects': { at: Said };
'require.price': { hours: Counted | string; measure: Said };
};
'page-rank': {
'rank.share': { share: Said };
'rank.change': { change: Said; n: Said; period: Said };
'rank.standard': { seconds: Said };
'rank.standardWords': { seconds: Said };
'rank.needsNote': { n: Said };
'rank.needs.rate': { chance: Said };
'rank.met': { seconds: Said };
'rank.missed': { seconds: Said };
'rank.found': { all: Counted | string; n: Said };
'rank.more': { n: Said };
'rank.from': { band: Said };
'rank.groupsNote': { seconds: Said };
'rank.moves': { period: Said; previous: Said };
'rank.movesNote': { n: Counted | string };
'rank.unknown': { hotline: Said };
'rank.latest': { period: Said };
'rank.rateOf': { period: Said };
'rank.interval': { high: Said; low: Said };
'rank.pooled': { rate: Said };
'rank.fall': { chance: Said };
'rank.next': { chances: Said };
'rank.rankRange': { high: Said; low: Said };
'rank.among': { n: Counted | string };
'rank.yearsNote': { hot: Said; warm: Said };
'rank.foundLines': { all: Counted | string; n: Said };
};
'page-roster': {
'roster.ofContract': { contract: Said; hours: Said };
'roster.leaveShort': { hours: Said };
'roster.leavesOpen': { shift: Said };
'roster.leavesSpare': { shift: Said };
'roster.missesRule': { rule: Said };
'roster.keepsRule': { rule: Said };
'roster.openOther': { at: Said };
'roster.replanned': { plan: Said };
'roster.replannedLacks': { days: Said; lacks: Said };
'roster.nWeeks': { n: Counted | string };
'roster.ofAll': { all: Said; n: Said };
'roster.keys': { n: Said };
'roster.cell': { day: Said; operator: Said; shift: Said };
'roster.shown': { all: Counted | string; n: Said };
'roster.worseBy': { share: Said };
'roster.gap': { gap: Said };
'roster.illSince': { from: Said };
'roster.illCell': { from: Said };
'roster.workedBefore': { from: Said; start: Said };
'roster.takeBackWhy': { at: Said };
'roster.notIllHome': { operator: Said };
'roster.notIllStays': { operator: Said };
'roster.notIllTitle': { day: Said; operator: Said };
'roster.illOutside': { end: Said; start: Said };
'roster.illOpen': { from: Said; to: Said };
'roster.breakingOnes': { n: Said };
'roster.moreHours': { hours: Said };
'roster.weekHours': { hours: Said };
'roster.restBefore': { hours: Said };
'roster.restAfter': { hours: Said };
'roster.wages': { wages: Said };
'roster.missesWish': { rule: Said };
'roster.willBreak': { rule: Said };
'roster.staysBroken': { rule: Said };
'roster.take': { n: Said };
'roster.rate': { day: Said };
'roster.rateWords': { change: Said };
'roster.weekRateWords': { planned: Said };
'roster.openWords': { hours: Said };
'roster.day': { day: Said };
'roster.cellPanel': { day: Said; operator: Said };
'roster.swapWith': { place: Said };
'roster.save': { n: Said };
'roster.illTitle': { day: Said; operator: Said };
'roster.emptyRate': { before: Said; empty: Said };
'roster.own': { operator: Said };
};
'page-settings': {
'changes.whole': { n: Counted | string; seal: Said };
'changes.broken': { n: Said };
'earlier.note': { n: Said };
'earlier.until': { who: Said };
};
'page-shift': {
'bars.open': { name: Said };
'bars.starts': { from: Said; to: Said };
'bars.night': { n: Said };
'bars.earliestOf': { name: Said };
'bars.latestOf': { name: Said };
'bars.endOf': { name: Said };
'bars.hoursLong': { end: Said; n: Said };
'bars.paidHours': { n: Said };
'bars.breakNumber': { n: Said };
'bars.removeBreak': { n: Said };
};
'page-together': {
'together.editing': { names: Said };
'together.looking': { names: Said };
'together.collide': { n: Said };
};
'page-today': {
'today.asOf': { moment: Said };
'today.countedUntil': { clock: Said };
'today.serviceLevel': { n: Said };
'today.soFar': { figure: Said };
'today.targetChance': { chance: Said; target: Said };
'today.targetUnseen': { target: Said };
'today.target': { target: Said };
'today.ofAny24': { target: Said };
'today.callsPlanned': { planned: Said };
'today.toBeLost': { clock: Said };
'today.lostSoFar': { calls: number; lost: number };
'today.partsSoFar': { answered: Said; lost: number; offered: number };
'today.partsElsewhere': { answered: Said; elsewhere: Said; lost: number; offered: number };
'today.signalsNote': { n: Said };
'today.catchingUp': { clock: Said };
'today.gaps': { spans: Said };
'today.inPart': { clock: Said };
'today.sinceClock': { clock: Said };
'today.takenAnew': { asked: Counted; n: Figure };
'today.actionsOf': { clock: Said };
'today.first': { n: Said };
'today.best': { n: Said };
'today.every': { n: Said };
'today.levelEffect': { n: Said };
'today.takeAll': { n: Said };
'today.takeAllFewer': { fewer: number; n: Said };
'today.takeAllTitle': { n: Counted | string };
'today.takeAllAsks': { n: number };
'today.takeAsking': { n: Figure };
'today.takeThis': { action: Said };
'today.eveningNote': { actual: Said; clock: Said; gap: Said; planned: Said };
'today.stepThis': { action: Said; step: Said };
'today.againstPlan': { n: Said; planned: Said };
'today.boardSaid': { clock: Said; seen: Said };
'today.boardSeen': { clock: Said; kind: Said };
'today.boardSeenIn': { clock: Said; kind: Said; queue: Said };
'today.boardMore': { n: Figure };
'today.callsToComeFrom': { clock: Said };
'today.lately': { came: Counted | string; from: Said; more: Said; planned: Said; to: Said };
'today.awaited': { n: Counted | string };
'today.takeBackAll': { clock: Said; n: Figure };
'today.moreBelow': { n: Figure };
'today.boardLately': { from: Said; more: Said; to: Said };
'today.boardSurge': { clock: Said; more: Said };
'today.boardFewer': { clock: Said; less: Said };
'today.boardLost': { from: Said; lost: number; to: Said };
'today.boardBoth': { chance: Said };
'today.boardSure': { chance: Said };
};
'page-topics': {
'topics.sum': { n: Counted | string };
'topics.inWeek': { week: Said };
'topics.sumFrom': { n: Counted | string };
};
'terminal-accuracy': {
heading: { from: Said; to: Said; weeks: Said };
asked: { asked: Said };
frozenHeading: { forecasts: Said; from: Said; to: Said };
};
'terminal-band-move': {
from: { band: Said };
};
'terminal-bands': {
operatorHoursOfBefore: { week: Said };
};
'terminal-compare': {
periodAndWeek: { period: Said; week: Said };
perIntervalErrorWape: { bias: Said; coverage80: Said; wape: Said };
overruledDaysErrorAs: { days: Said; originalWape: Said; wape: Said };
withinTheThresholdSwitchboard: { seconds: Said };
ofPeriod: { period: Said };
ofWeek: { week: Said };
actedDay: { date: Said };
};
'terminal-day': {
rest: { clock: Said };
serviceLevel: { seconds: Said };
rolling: { chance: Said; clock: Said; rate: Said; target: Said };
revision: { revision: Said };
evening: { actual: Said; clock: Said; gap: Said; planned: Said };
};
'terminal-effect': {
placeOf: { columns: Said; place: Said };
serviceLevel: { seconds: Said };
operatorHoursSavedNet: { hours: Said };
simulated: { connectionRate: Said; replications: Said; seconds: Said; serviceLevel: Said };
};
'terminal-erlang': {
sl_offered: { seconds: Said };
line: { measure: Said; value: Said };
seconds: { value: Said };
};
'terminal-feed': {
tested: { read: Counted | string; refused: Said; stored: Said; unknown: Said };
alarmsGo: { to: Said };
alarmOpen: { subject: Said; what: Said };
alarmCounts: { givenUp: Said; sent: Said; waiting: Said };
alarmFailed: { at: Said; way: Said; why: Said };
alarmTried: { way: Said; why: Said };
testedQueue: { as: Said; calls: Counted | string; queue: Said };
ran: { feed: Said; intervals: Counted | string; read: Said; refused: Said; repeated: Said; stored: Said; unknown: Said };
};
'terminal-ingest': {
stored: { added: Said; changed: Said; unchanged: Said };
dates: { dates: Said };
queues: { queues: Said };
durations: { durations: Said };
andMore: { more: Said };
};
'terminal-levers': {
callsShortOfThe: { callsShortBefore: Said; callsShortTarget: Said; connectionRate: Said; seconds: Said; serviceLevel: Said };
mostCallersRecoveredWithin: { budget: Said };
};
'terminal-outlook': {
growthFound: { high: Said; low: Said; middle: Said };
growthStated: { growth: Said };
scored: { bias: Said; coverage80: Said; origins: Counted | string; periods: Counted | string; wape: Said; yearBeforeWape: Said };
};
'terminal-rank': {
standard: { hotlines: Counted | string; mean: Said; share: Figure; standardSeconds: Said };
withinS: { standardSeconds: Said };
testCallRisk: { weight: Said };
};
'terminal-rate': {
shareOfCallsAnswered: { from: Said; halfLifeDays: Said; last: Said };
daysScoredWeighedBy: { bias: Said; coverage80: Said; coverage95: Said; days: Counted | string; meanAbsoluteError: Said; sameWeekdayBeforeError: Said };
};
'terminal-requirement': {
serviceLevel: { seconds: Said };
curveTitle: { measure: Said; required: Counted | string };
};
'terminal-roster': {
illSince: { from: Said };
serviceLevel: { seconds: Said };
versionPublished: { at: Said; n: Said };
versionDraft: { at: Said; n: Said };
startsAt: { span: Said };
taken: { taken: Said };
};
'terminal-scorecard': {
written: { file: Said };
weightsFromPublishedResults: { period: Said; residualPoints: Said; results: Said; scorecard: Said };
aPartlySolvedCall: { configured: Said; effect: Said; fitted: Said; partly: Said; solved: Said };
};
'terminal-topics': {
weeks: { weeks: Counted | string };
inWeek: { week: Said };
weeksFrom: { weeks: Counted | string };
};
'help-facts': {
choices: { choices: Said };
default: { value: Said };
environment: { variable: Said };
described: { description: Said; facts: Said };
};
'report-plan': {
marked: { words: Said };
markedAs: { said: Said; words: Said };
farAhead: { date: Said; days: Counted | string };
shortGross: { net: Said; short: Counted | string; spare: Said };
morePrompts: { count: Said };
moreOfPlan: { assumptions: Said; notices: Said; relaxed: Said };
besideOwn: { plan: Said };
shortTitle: { at: Said; intervals: Counted | string; open: Counted | string; operators: Said; standIns: Said; tier: Said };
meanBelowRange: { mean: Said };
meanAboveRange: { mean: Said };
serviceLevel: { seconds: Said };
bandChanceOf: { band: Said };
noTotal: { high: Said; low: Said; weight: Said };
partialScore: { count: Counted | string; known: Said; weight: Said };
because: { reasons: Said };
pause: { minutes: Said; operators: Said; start: Said };
testCalls: { count: Said };
proofTitle: { count: Counted | string };
chartLevel: { seconds: Said };
levelNote: { target: Said };
};
'report-ranking': {
heads: { standard: Said };
};
'report-sheet': {
playedTo: { announcement: Said };
};
access: {
'sign-in-wait': { minutes: Counted | string };
'password-too-short': { shortest: Said };
'password-too-long': { longest: Said };
'account-there': { user: Said };
'no-account': { user: Said };
'account-of-other-hotline': { user: Said };
'too-many-tokens': { most: Said };
};
'access-people': {
administratorAgain: { user: Said; why: Chosen };
};
answer: {
'decide-make-plan': { week: Said };
'decide-approve': { week: Said };
'decide-publish': { week: Said };
'decide-far-data': { days: Counted | string; lastDate: Said };
'because-data': { after: Said; before: Said };
'changed-calls': { after: Figure; before: Figure };
'changed-required': { after: Figure; before: Figure };
'changed-paid': { after: Figure; before: Figure };
'changed-short': { after: Figure; before: Figure };
'changed-connection': { after: Figure; before: Figure };
'changed-level': { after: Figure; before: Figure; seconds: Said };
'changed-band': { after: Figure; band: Chosen; before: Figure };
'because-target': { after: Figure; before: Figure; target: Chosen };
'because-factor': { after: Figure; before: Figure; ground: Chosen };
'decide-prompts': { diverted: number; prompts: Counted | string };
'because-more-settings': { more: Counted | string };
};
'audit-people': {
roster: { from: Said };
token: { name: Said };
sessions: { n: Counted | string };
};
'audit-standing': {
sound: { entries: Counted | string; first: Said; seal: Said };
broken: { breaks: Counted | string };
};
band: {
'next-lower-target': { chance: Figure; hours: number; rate: Figure; saved: Figure };
'chance-with-operators-on-books': { chance: Figure; hours: number; openHours: number };
'price-of-a-band': { confidence: Figure; hotHours: Figure; price: Figure; warmHours: number };
'hot-partly-luck-at-edge': { chanceAtEdge: Figure; confidence: Figure; cost: number; hotFrom: Figure; needed: Said; rate: Figure; testCalls: Said };
'band-target-chosen': { band: Chosen; chance: Figure; confidence: Figure; hours: number; rate: Figure; testCalls: Said };
'band-out-of-reach': { band: Chosen; chance: Figure; confidence: Figure; testCalls: Said };
};
cli: {
'user-invited': { code: Said; user: Said };
'user-changed': { user: Said };
'password-set': { user: Said };
'no-such-token': { given: Said };
'token-removed': { id: Said };
'copies-taken': { files: Said };
'person-exported': { file: Said; person: Said };
'person-erase-asks': { person: Said; rows: number };
'person-erased': { pseudonym: Said; removed: number; rewritten: number };
'sessions-ended': { sessions: Counted | string };
'accounts-found': { accounts: Said };
'live-begins': { file: Said };
'live-socket': { address: Said };
'live-written': { entered: Counted | string; file: Said; lines: Counted | string };
'change-noted': { id: Said };
'no-such-change': { given: Said };
'change-taken-back': { id: Said };
'no-such-version': { given: Said };
'no-such-note': { given: Said };
'note-removed': { id: Said };
'patience-beyond-limit': { handleTimes: Said };
'no-such-preset': { names: Said; preset: Said };
'nothing-to-mend': { place: Said };
'rows-to-mend': { place: Said; rows: Counted | string };
'rows-mended': { place: Said; rows: Counted | string };
serving: { address: Said; url: Said };
'report-written': { id: Said; out: Said; week: Said };
'table-with-csv': { tables: Said };
'unknown-answer-ending': { endings: Said };
'no-such-roster-change': { changes: Said; number: Said };
'no-such-cycle': { known: Said; said: Said };
'not-a-duty': { said: Said };
'not-a-pin': { said: Said };
'hours-written': { shown: Said };
'hours-learnt': { shown: Said };
'hours-stated': { inUse: Said; shown: Said };
'no-such-schema': { known: Said; name: Said };
'backed-up': { out: Said; rows: Counted | string };
moved: { folder: Said; leftAt: Said; place: Said; rows: Counted | string };
'structure-up-to-date': { place: Said; to: Said };
'row-goes': { columns: Said; key: Said; table: Said };
'made-absent': { columns: Said; key: Said; table: Said };
'characters-replaced': { columns: Said; key: Said; table: Said };
'rows-left-out': { file: Said; rows: Counted | string };
'template-format': { file: Said };
'template-written': { file: Said; kind: Said };
'bad-column-option': { fields: Said; given: Said };
'bad-unit-option': { fields: Said; given: Said; units: Said };
'too-many-values': { most: Figure };
'disk-free': { gigabytes: Figure };
'plan-removed': { id: Said };
'no-plan-of-that-id': { id: Said };
'port-free': { port: Said };
'no-such-day-action': { id: Said };
'serving-signed-in': { code: Said | null; url: Said };
'feeds-found': { feeds: Counted | string; live: Said };
'structure-updated': { from: Said | null; place: Said; to: Said };
'finished-broken-off': { given: Said; work: Chosen };
'took-back-broken-off': { given: Said; work: Chosen };
'store-found': { isSound: Chosen; place: Said; schema: Said };
'log-found': { entries: Counted | string; seal: Said };
'calendar-until': { country: Said | null; until: Said | null };
};
comparison: {
'period-week': { period: Said; week: Said };
'learnt-patience': { queue: Said };
'learnt-handle-time': { queue: Said };
'learnt-take-up': { prompt: Said };
'learnt-scorecard-weight': { indicator: Said };
'no-such-period': { period: Said };
'forecasts-few-weeks': { least: Said; weeks: Counted | string };
'week-in-part': { knownShare: Figure };
'traffic-of-part-of-period': { first: Said; last: Said; period: Said; previous: Said | null };
'planned-in-period': { actualConnectionRate: Figure; projectedConnectionRate: Figure; weeks: number; weeksWithTraffic: number };
'period-in-part': { daysWithoutTraffic: number; testCallsLeftOut: number };
'give-week-or-period': object;
'forecasts-steady': { before: Figure; earlierWeeks: Said; laterWeeks: Counted | string; now: Figure; queue: Said; weekday: Figure };
'forecasts-better': { before: Figure; earlierWeeks: Said; laterWeeks: Counted | string; now: Figure; queue: Said; weekday: Figure };
'forecasts-worse': { before: Figure; earlierWeeks: Said; laterWeeks: Counted | string; now: Figure; queue: Said; weekday: Figure };
};
contract: {
'use-one-of': { values: Said };
'played-to-those-who-wait': { seconds: Said };
'schema-check': { check: Said };
};
demo: {
'made-up-zone-changes-clocks': { zone: Said };
};
diversion: {
'prompt-plays-already': { callers: number; followers: Figure };
'diverted-share-at-limit': { largest: Figure; share: Figure };
'on-time-at-limit': { minutes: Said; most: Said };
'take-up-hardly-seen': { high: Figure; intervals: Said; low: Figure; prompt: Said; setting: Figure };
'no-prompt-mends': { callsShort: number };
'channel-overfull': { capacity: Counted | string; channel: Said; failing: number; intervals: Said };
'take-up-scaled': { factor: Said };
'clashing-on-times': { maximumMinutes: Said; minimumMinutes: Said };
'quiet-hours-leave-too-little': { from: Said; minimumMinutes: Said; minutes: Said; to: Said };
'lever-prompts': { offPeak: Figure; online: number };
'lever-callbacks': { callers: number };
'lever-overtime': { hours: number; operators: Counted | string };
'lever-later-start': { shifts: Counted | string };
'lever-smart-voice': { calls: Figure; share: Figure };
'lever-direct-answer': { fewerReconnects: Figure; shorter: Figure };
'take-up-learnt': { from: Chosen; high: Figure; intervals: Counted | string; low: Figure; mean: Figure; prompt: Said; setting: Figure };
'chosen-on-mean-forecast': { aim: Chosen; price: Said };
'take-up-assumed': { prompts: Said };
'played-by-estimated-wait': { prompts: Said; seconds: Said };
'off-peak-returns-assumed': { prompts: Said };
};
'earlier-model': {
change: { now: Said; was: Said; where: Said };
more: { n: Said };
};
alarm: {
ofDay: { date: Said; said: Said };
'head-late': { feed: Said; line: Said };
'head-broken': { feed: Said; line: Said };
'head-mending': { feed: Said; line: Said };
'head-signal': { line: Said };
'head-mended': { feed: Said | null; line: Said };
'head-test': { line: Said };
since: { since: Said };
};
feed: {
'feed-added': { name: Said };
'feed-removed': { name: Said };
'feed-name-wrong': { name: Said };
'feed-wants-from': { kind: Said };
'feed-wants-address': { kind: Said; like: Said };
'feed-wants-secret': { kind: Said };
'feed-place-not-allowed': { folder: Said };
'feed-not-pushed': { name: Said };
'feed-to-name': { known: Said };
'queue-of-two-feeds': { feed: Said; queue: Said };
'too-many-feeds': { most: Said };
'alarm-unknown-name': { host: Said };
'alarm-leads-inside': { host: Said };
'bad-queue-pair': { given: Said };
'no-such-feed': { known: Said | null; name: Said };
};
findings: {
daysSpread: { days: Counted | string; intervalMinutes: Said };
};
forecast: {
'leans-on-family': { weight: Figure };
'outside-mixed': { mixedWape: Figure; model: Said; ownWape: Figure; wape: Figure; weeks: Counted | string; weight: Figure };
'outside-beside': { model: Said; needed: Said; weeks: Counted | string };
'outside-no-gain': { model: Said; ownWape: Figure; wape: Figure; weeks: Counted | string };
'outside-not-ahead': { model: Said };
'outside-range': { coverage: Figure; days: Counted | string; model: Said };
'outside-ranges-tell': { model: Said };
'cause-not-known-ahead': { from: Said; name: Said };
'cause-without-gain': { name: Said };
'cause-without-effect': { days: Counted | string; name: Said };
'cause-too-short': { days: Counted | string; name: Said };
'line-is-moving': { since: Said };
'line-is-broken': { factor: Figure; from: Said };
'level-shifted': { factor: Figure; from: Said };
'days-stand-out': { days: Counted | string; latest: Said };
'history-too-short-for-weeks': { days: Counted | string };
'redials-assumed': { probability: Figure };
};
http: {
'records-moved-away': { place: Said };
'not-ready': { parts: Said };
'not-found': { path: Said };
'file-too-large': { megabytes: Said };
'no-line': { line: Said };
'header-twice': { header: Said };
'beyond-this-machine': { host: Said };
'beyond-wants-address': { host: Said };
'beyond-wants-tls': { host: Said };
'address-wants-sign-in': { url: Said };
'certificate-unusable': { file: Said };
'port-in-use': { port: Said };
'in-maintenance': { message: Said | null };
'no-plan': { id: Said | null };
'no-roster': { id: Said | null };
'foreign-host': { publicUrl: Said | null };
'https-wanted': { publicUrl: Said | null };
};
job: {
'asked-too-long': { minutes: Counted | string; seconds: Said };
'no-such-forecast-method': { method: Said; methods: Said };
};
kernel: {
'holidays-known-until': { until: Said };
'unusual-occupancy': { queue: Said; value: Figure };
};
'labour-rules': {
'minimum-rest': { hours: Counted | string };
'most-days-in-a-row': { days: Counted | string };
'fewest-days-in-a-row': { days: Counted | string };
'fewest-days-off-in-a-row': { days: Counted | string };
'most-nights-in-a-row': { nights: Counted | string };
'weekly-rest': { days: Counted | string };
'most-weekends': { weekends: Counted | string };
'most-of-shift': { shift: Said; times: Counted | string };
'overtime-a-day': { hours: Counted | string; standard: Said };
'overtime-a-month': { hours: Counted | string; standardHours: Said };
'overtime-pay': { beyondStandard: Figure; holiday: Figure; restDay: Figure };
'meal-break': { beyondHours: Said; minutes: Said };
'new-beside-experienced': { newPerExperienced: Said };
'least-qualified': { operators: Said; skill: Said };
'days-off-after-nights': { days: Counted | string };
'most-nights': { nights: Counted | string; per: Chosen };
'accounting-period': { hoursPerDay: Counted | string; period: Chosen; standardDays: Said };
'fair-share': { of: Chosen; within: Said };
};
levers: {
'cheapest-lever': { costPerRecovered: Figure; lever: Said };
'nothing-for-levers-to-match': { callsShort: number; targetFrom: Chosen };
'lever-settings-assumed': { levers: Said };
};
monitoring: {
'band-partly-luck': { needed: Said; testCalls: Said };
'quality-known-of-some-tiers': { answeredShare: Figure };
'exchange-between-tiers': { into: Said; operators: Said; outOf: Said; points: Figure };
'number-of-test-calls-assumed': { hotlines: Counted | string; testCalls: Said };
'hotlines-left-out': { hotlines: Counted | string };
'test-calls-spread-evenly': { attempts: Counted | string; greetingSeconds: Said; longestWaitSeconds: Said; monitor: Said };
'tests-while-closed': { closedShare: Figure; counted: Chosen; otherwiseBand: Chosen; otherwiseRate: Figure };
'indicators-left-out': { indicators: Said };
'occupancy-effect-unknown': { rows: Said; source: Chosen };
};
'other-version': {
ofAnotherVersion: { code: Said };
};
'plan-life': {
whatIfPlanWords: { asked: Said };
};
'plan-standing': {
by: { at: Said; by: Said; state: Said };
since: { at: Said; state: Said };
};
'problems-on-rows': {
message: { message: Said; rows: Counted | string };
};
'problems-unlisted': {
message: { count: Said; rule: Said };
};
prompts: {
'played-by-wait': { seconds: Said };
'play-prompt-now': { prompt: Said; queue: Said; to: Said };
'play-nothing-now': { from: Said; prompt: Said; queue: Said; to: Said };
'demand-of-sample-paths': { samplePaths: Said };
'basis-of-figures': { calls: Said; operators: Said };
'day-so-far': { change: Figure; counted: Figure; planned: Figure; time: Said };
};
records: {
'intervals-stay-below-target': { intervals: Counted | string; starts: Said };
'deferrable-work-left-over': { cost: Said; hours: Counted | string; missingHours: Said; placedHours: Said; work: Said };
'deferrable-work-placed': { hours: Counted | string; placedHours: Said; work: Said };
'no-such-week': { week: Said };
'calls-handed-on': { calls: Counted | string };
'no-such-plan': { id: Said };
'handed-on-behaviour-assumed': { handleTimeSeconds: Said; patienceSeconds: Said; queue: Said };
'handle-time-assumed': { queue: Said; seconds: Said };
'patience-assumed': { lacking: Said; queue: Said; seconds: Said };
'no-weekly-pattern-yet': { queue: Said };
'open-hours-without-calls': { hours: Said };
'queue-too-short-to-backtest': { queue: Said };
'opening-hours-learnt': { hours: Said };
'week-far-ahead': { lastDate: Said };
'assumed-cause-has-no-part': { name: Said };
'requirement-far-above-seen': { busiest: Figure; operators: number; times: Said };
'leads-alike-by-chance': { chance: Figure; high: Figure; low: Figure; weeks: Counted | string };
'two-operators-absent': { tier: Said | null };
'queues-receive-only': { queues: Counted | string };
'queues-without-traffic': { queues: Counted | string };
'prompts-for-unknown-queues': { known: Said; queues: Counted | string };
'backtest-of-last-weeks': { asked: Counted | string; queue: Said | null; weeks: Said };
'lines-too-short-to-rate': { lines: Counted | string; names: Said };
'outlook-without-two-years': { by: Chosen; known: Said; queue: Said | null };
'history-short': { queue: Said | null; spanDays: Counted | string; weekdays: Said };
'outages-suspected': { days: Counted | string; latest: Said; queue: Said | null };
};
reference: {
listOf: { of: Said };
};
requirement: {
'price-curve-basis': { samplePaths: Said };
'tier-target-below-cheaper-tier': { cheaper: Said; tier: Said };
};
roster: {
'contract-hours-left': { beyond: Figure; contract: Figure; kept: number; leave: Figure; left: Figure; rostered: Figure; short: number };
'operators-without-tier': { operators: Said };
'no-such-roster': { id: Said };
'no-such-candidate': { candidates: Said };
'no-roster-yet': object;
'no-such-rules': { known: Said | null; rules: Said };
'swap-breaks-rules': { rules: Said };
'change-breaks-rules': { rules: Said };
};
scheduling: {
'shifts-in-steps': { minutes: Said };
'shifts-within-hours': { beyond: Counted | string };
'shortage-shared-out': { factor: Said };
'most-shifts-a-day': { shifts: Counted | string };
'most-shifts-in-all': { shifts: Said };
'most-paid-hours': { hours: Counted | string };
'shifts-not-limited-by-people': { tiers: Said };
};
staffing: {
'targets-held-on-sample-paths': { confidence: Figure; samplePaths: Said };
'connection-floor-raised': { floor: Figure };
'least-presence-decides': { intervals: Counted | string };
'skill-for-queue': { queue: Said };
'certificate-held': { certificate: Said };
'least-quality-score': { score: Said };
'least-first-contact-resolution': { share: Figure };
'least-months-of-service': { months: Counted | string };
'longest-handle-time': { seconds: Said };
'tier-fits': { grade: Said; tier: Said };
'tier-full': { tier: Said };
'operators-added-after-simulation': { hours: Counted | string; intervals: Counted | string };
};
'time-left': {
seconds: { n: Said };
minutes: { n: Said };
};
topics: {
'topics-basis': { days: Counted | string; share: Figure };
'topics-without-a-year': { days: Counted | string };
};
'cli-problems': {
usage: {
message: { usage: Said };
};
'hard-rule': {
message: { clash: Said };
};
internal: {
message: { error: Said };
};
'check-failed': {
message: { error: Said };
};
'old-node': {
message: { wanted: Said };
};
'folder-open-to-others': {
remedy: { folder: Said };
};
'database-to-update': {
message: { found: Said };
};
'numbers-not-finite': {
message: { first: Said; rows: Counted | string };
};
'texts-not-writable': {
message: { first: Said; rows: Counted | string };
};
'beyond-loopback': {
message: { refused: Said };
};
'port-taken': {
message: { error: Said; port: Said };
};
'calendar-ends': {
message: { notice: Said };
};
};
'column-problems': {
'two-columns-for-indicator': {
message: { key: Said };
};
'taken-from-title': {
message: { said: Said };
};
'talk-for-handle': {
message: { heading: Said };
};
'all-calls-for-offered': {
message: { heading: Said };
};
'zone-of-map-file': {
message: { hotline: Said; map: Said };
};
'wide-table': {
message: { by: Chosen };
};
'heading-repeated': {
message: { columns: Said };
};
'map-file-shape': {
message: { fault: Said };
};
'map-file-field': {
remedy: { fields: Said };
};
};
'contract-problems': {
'pair-reversed': {
message: { high: Said; least: Said; low: Said };
};
'break-beyond-shift': {
message: { hours: Figure; minutes: Said; most: Figure };
};
'break-overtaken': {
message: { begins: Figure };
};
'window-reversed': {
message: { from: Said; hours: Figure; to: Said };
remedy: { asSuch: Said };
};
};
'diversion-problems': {
'channel-without-capacity': {
message: { listed: Chosen };
};
'clashing-rules': {
message: { clash: Said };
};
'seconds-too-few': {
message: { seconds: Figure };
};
'minimum-on-time': {
message: { minimumMinutes: Said; minutes: Said };
};
'maximum-on-time-per-day': {
message: { maximumMinutes: Said };
};
};
'feed-problems': {
'feed-asked-too-often': {
message: { place: Said };
};
'feed-answer-wrong': {
message: { place: Said; why: Said };
};
'alarm-not-taken': {
message: { at: Said; waiting: Said; way: Chosen; why: Said };
};
'feed-source-missing': {
message: { from: Said };
};
'feed-source-unreadable': {
message: { code: Said; from: Said };
};
'feed-source-wrong': {
message: { from: Said; wants: Said | null };
};
'feed-link-leads-out': {
message: { from: Said };
};
silent: {
days: { count: Counted | string };
hours: { count: Counted | string };
minutes: { count: Counted | string };
};
'feed-silent': {
message: { span: Said };
};
'feed-behind': {
message: { megabytes: Said };
};
'feed-clock': {
message: { clock: Said };
};
'feed-no-password': {
message: { secret: Said };
};
'feed-unreachable': {
message: { place: Said; why: Said };
};
'feed-not-let-in': {
message: { place: Said };
};
'feed-right-missing': {
message: { place: Said; right: Said };
};
'feed-other-protocol': {
message: { place: Said };
};
'feed-query-refused': {
message: { place: Said; why: Said };
};
'feed-rows-unclear': {
message: { columns: Said };
};
'feed-failed': {
message: { error: Said };
};
};
'file-problems': {
'too-many-columns': {
message: { most: Said };
};
'own-line-called': {
message: { hotline: Said };
};
'model-of-file': {
message: { model: Said };
};
'issue-assumed': {
message: { issued: Said };
};
'hotline-read-as': {
message: { hotline: Said; said: Said };
};
'hidden-rows-read': {
message: { rows: Counted | string };
};
'wrong-encoding': {
message: { encoding: Said };
};
'unknown-encoding': {
message: { label: Said };
};
'cell-too-long': {
message: { bytes: Said };
};
'line-too-long': {
message: { bytes: Said };
};
'inflates-too-far': {
message: { limit: Said };
};
'file-exceeds-time': {
message: { most: Said };
};
'spreadsheet-too-large': {
message: { megabytes: Said };
};
'series-too-large': {
message: { megabytes: Said };
};
'no-such-sheet': {
message: { sheet: Said; sheets: Said };
};
'unreadable-file': {
message: { why: Said };
};
'rows-dropped': {
message: { count: Counted | string };
};
'too-many-bad-rows': {
message: { limit: Said };
};
'encoding-not-told': {
message: { likely: Said | null };
remedy: { likely: Said | null };
onPage: { likely: Chosen };
};
'workbook-exceeds-cells': {
message: { most: Said };
};
'workbook-exceeds-text': {
message: { most: Said };
};
'workbook-exceeds-memory': {
message: { most: Said };
};
'workbook-exceeds-time': {
message: { most: Said };
};
};
'http-problems': {
'simulation-too-long': {
remedy: { most: Said };
};
'hard-rules-clash': {
message: { clash: Said };
};
};
'kernel-problems': {
'character-not-allowed': {
message: { character: Said };
};
'transfer-circle': {
message: { toItself: Chosen };
};
};
'monitored-problems': {
'connected-above-test-calls': {
message: { testCalls: Said };
};
'unknown-indicator': {
remedy: { inFile: Chosen; indicators: Said };
};
};
'monitoring-problems': {
'rate-not-of-counts': {
message: { connected: Said; testCalls: Said };
};
};
'planning-problems': {
'too-few-topic-days': {
message: { known: Counted | string };
remedy: { least: Said };
};
'topics-week-far': {
message: { origin: Said; weeks: Counted | string };
};
'what-if-no-such-shift': {
message: { known: Said };
};
'what-if-no-such-tier': {
message: { known: Said };
};
'what-if-no-people': {
message: { known: Said | null };
};
'what-if-latest-before-earliest': {
message: { earliest: Said; latest: Said };
};
'handle-time-below-a-second': {
message: { queue: Said; seconds: Figure };
};
'no-such-cause': {
message: { known: Said | null };
};
'cause-day-not-asked': {
message: { from: Said; to: Said };
};
'cause-value-far-outside': {
message: { least: Figure; most: Figure };
};
'unusual-figures': {
message: { figures: Said };
};
'no-traffic-before': {
message: { date: Said };
};
'step-does-not-fit': {
message: { intervalMinutes: Said; queue: Said; stepMinutes: Said };
remedy: { stepMinutes: Said | null };
};
'unknown-name': {
remedy: { known: Said };
};
'no-whole-week': {
message: { lastDate: Said };
remedy: object;
};
'outside-plan-week': {
message: { week: Said };
remedy: { firstDate: Said };
};
'no-operators-recorded': {
message: { tiers: Said };
};
'too-few-published-scores': {
message: { results: Counted | string };
};
'no-whole-week-since': {
remedy: { last: Said };
};
'bad-number': {
message: { least: Said };
};
'rows-get-other-figures': {
message: { rows: number };
};
'measure-would-be-lost': {
message: { measure: Chosen; queue: Said | null };
};
'stored-plan-unreadable': {
message: { field: Said | null };
};
'unknown-tier': {
remedy: { known: Said };
};
'too-few-periods': {
message: { by: Chosen; known: Said; queue: Said | null };
remedy: { by: Chosen; least: Said };
};
'history-too-short': {
message: { daysWithData: Counted | string; origin: Said; queue: Said | null; spanDays: Counted | string };
remedy: { weeks: Chosen };
};
};
'queueing-problems': {
'one-value-per-interval': {
message: { intervals: Counted | string };
};
'one-priority-per-class': {
message: { classes: Said };
};
'empty-cell': {
remedy: { infinite: Chosen; most: Said; positive: Chosen; whole: Chosen };
};
'unusable-cell': {
remedy: { infinite: Chosen; most: Said; positive: Chosen; whole: Chosen };
};
'patience-too-long': {
message: { handleTimes: Said };
};
'erlang-column-missing': {
remedy: { columns: Said };
};
'model-shape': {
message: { fault: Said };
remedy: { wanted: Said | null };
};
'duration-law': {
message: { fault: Chosen };
};
};
'record-problems': {
'identical-duplicates': {
message: { count: Counted | string };
};
'running-sums': {
message: { headings: Said };
};
'unusual-queues': {
message: { names: Said; queues: Counted | string };
};
'unusual-running': {
message: { queue: Said };
};
'running-sum-falls': {
message: { before: Said };
};
'totals-not-days': {
message: { by: Chosen };
};
'whole-days': {
message: { intervalMinutes: Said };
};
'mixed-steps': {
message: { one: Said; other: Said; where: Said };
};
'interval-not-of-a-day': {
message: { minutes: Said };
};
'start-off-grid': {
message: { minutes: Said };
};
'grid-shifted': {
message: { minutes: Said; phase: Said };
};
'other-threshold': {
message: { hotlineSeconds: Said; seconds: Said };
};
'times-ahead': {
message: { first: Said; rows: Counted | string };
};
'interval-inferred': {
message: { minutes: Said };
};
'absent-taken-as-zero': {
message: { intervals: Said; runs: Counted | string };
};
'absent-taken-as-gap': {
message: { intervals: Said; runs: Counted | string };
};
'abandoned-waits-assumed': {
message: { heading: Said };
};
'mean-without-answered': {
message: { heading: Said };
};
'too-many-absent-intervals': {
message: { from: Said; intervals: Counted | string; to: Said };
};
'hotline-replaced': {
remedy: { hotlines: Counted };
};
'rows-without-calls': {
message: { rows: Counted | string; taken: Chosen };
remedy: { taken: Chosen };
onPage: { taken: Chosen };
};
};
'roster-problems': {
'demand-without-skilled': {
message: { tier: Said };
};
'no-duty-to-replace': {
remedy: { from: Said; to: Said };
};
'duty-over-by-then': {
remedy: { end: Said };
};
'published-already': {
message: { from: Said; to: Said };
remedy: object;
};
'day-changed-since': {
message: { date: Said; operator: Said };
};
'no-such-change': {
message: { changes: Counted };
};
'date-outside-roster': {
message: { from: Said; to: Said };
};
'shift-not-known': {
remedy: { known: Said };
};
};
'row-problems': {
'wrong-cell-count': {
message: { found: Counted | string; wanted: Said };
};
'time-does-not-exist': {
message: { zone: Said };
};
'date-out-of-range': {
message: { latest: Said };
};
'queue-renamed': {
message: { key: Said };
remedy: { key: Said };
};
'issued-after-its-time': {
message: { issued: Said };
};
'unusual-forecast': {
message: { model: Said; perDay: number; queue: Said; usual: Figure };
remedy: { confirmed: Chosen };
onPage: { confirmed: Chosen };
};
'repeated-hour': {
message: { count: Counted | string; zone: Said };
};
'unknown-queue': {
message: { near: Said | null };
};
'not-one-of': {
message: { choices: Said };
remedy: { choices: Said };
};
'day-published': {
message: { from: Said; to: Said };
};
'name-of-another': {
message: { known: Said; operator: Said };
};
'leave-overlaps': {
message: { from: Said; to: Said };
};
};
'series-problems': {
'bad-interval': {
message: { fileMinutes: Said; wanted: Said };
remedy: { fileMinutes: Said };
};
'conflicting-rows': {
message: { count: Said; row: Said };
};
'bad-count': {
message: { negative: Chosen };
};
'totals-of-periods': {
message: { by: Chosen };
remedy: { by: Chosen };
};
'missing-time-column': {
message: { wanted: Said | null };
remedy: { usual: Said };
};
'missing-count-column': {
message: { wanted: Said | null };
remedy: { usual: Said };
};
'missing-queue-column': {
message: { wanted: Said | null };
remedy: { usual: Said };
};
};
'settings-problems': {
'line-is-workspace': {
message: { home: Said };
};
'line-shares-settings': {
message: { home: Said };
};
};
'store-problems': {
'shrinkage-above-nine-tenths': {
message: { clock: Said; weekday: Said };
};
'workspace-exists': {
remedy: { replaceable: Chosen };
};
'work-under-way': {
message: { process: Said; work: Said };
};
'text-with-nul': {
message: { key: Said; table: Said };
};
'number-not-finite': {
message: { column: Said; key: Said; table: Said };
};
'person-name-shared': {
message: { users: Said };
};
'no-workspace': {
message: { databaseName: Said };
};
'path-not-possible': {
message: { reason: Chosen };
};
'database-busy': {
message: { process: Said; program: Said | null };
};
'postgres-too-old': {
message: { wanted: Said };
};
'interval-length-differs': {
message: { intervalMinutes: Said; queue: Said; step: Said };
remedy: { step: Said };
};
'plan-locked': {
message: { state: Chosen };
};
'week-published-already': {
message: { week: Said };
};
'overrules-changed-meanwhile': {
message: { added: Said; gone: Said };
};
'note-changed-meanwhile': {
message: { by: Said | null };
};
'records-moved': {
message: { target: Said };
};
'database-held': {
message: { shared: Chosen };
remedy: { shared: Chosen };
};
};
'topic-problems': {
'topics-of-periods': {
message: { by: Chosen };
};
'too-many-topics': {
message: { most: Said; topics: Said };
};
'unusual-topics': {
message: { perDay: number; usual: number };
remedy: { confirmed: Chosen };
onPage: { confirmed: Chosen };
};
};
'day-problems': {
'action-too-late': {
message: { latest: Said; now: Said };
};
'day-ahead': {
message: { now: Said };
};
'day-over': {
message: { now: Said };
};
};
'day-tables': {
stateAt: { clock: Said; state: Said };
stateBy: { by: Said; clock: Said; state: Said };
because: { said: Said; why: Said };
decideBy: { clock: Said; said: Said };
tooLate: { clock: Said; said: Said };
called: { clock: Said };
};
}
