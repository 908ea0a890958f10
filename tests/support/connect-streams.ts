import type { SwitchboardDay } from '../../src/demo/switchboard-day.ts';

/*
 * A made-up Amazon Connect: a switchboard's day as its contact records and agent events. Written from what AWS documents and
 * apart from what reads it: "Data model for contact records", "Agent event streams data model", "About contact states",
 * "Real-time metrics example for a queued callback flow", "Contact initiation methods".
 */

type Leg = SwitchboardDay['legs'][number];
/** An object of a stream, and the second in which the stream has it. */
type Said = { readonly at: number; readonly said: object };

/** Of no caller who came to a queue, though it is a contact's record. */
export const isOther = (said: object): boolean =>
  'ContactId' in said && !String(said.ContactId).startsWith('00000002');

/** A record is made once a contact has ended: one that never does has none. */
export const isSaid = (leg: Leg): boolean => leg.end !== 'lost';

const arn = 'arn:aws:connect:eu-central-1:012345678901:instance/aaaaaaaa-bbbb-4ccc-8ddd-111111111111';
const account = { AWSAccountId: '012345678901', InstanceARN: arn };
const uuid = (kind: number, n: number): string =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const agentArn = (operator: string): string => `${arn}/agent/${uuid(1, Number(operator.slice(3)))}`;
const queueOf = (Name: string | null) => ({ ARN: `${arn}/queue/${Name ?? 'agent/1'}`, Name });
const stamp = (second: number): string => new Date(second * 1000).toISOString().replace('.000Z', 'Z');
const millis = (second: number): string => new Date(Math.round(second * 1000)).toISOString();

const unset = 'Agent CustomerEndpoint DisconnectReason NextContactId PreviousContactId Queue'.split(' ');
const recordOf = (ContactId: string, InitiationMethod: string, from: number, to: number) => ({
  ...account,
  ...Object.fromEntries(unset.map((name) => [name, null])),
  AWSContactTraceRecordFormatVersion: '2017-03-10',
  Attributes: {},
  Channel: 'VOICE',
  ContactId,
  DisconnectTimestamp: stamp(to),
  InitiationMethod,
  InitiationTimestamp: stamp(from),
  LastUpdateTimestamp: stamp(to + 1),
});

const stayIn = (queue: string | null, from: number, to: number, duration = to - from) => ({
  ...queueOf(queue),
  DequeueTimestamp: stamp(to),
  Duration: duration,
  EnqueueTimestamp: stamp(from),
});

/** An operator's time with a contact: talk, of it on hold, and the work after it, which may not be over yet. */
const workOf = (operator: string, from: number, talk: number, hold: number, after: number | undefined) => ({
  ARN: agentArn(operator),
  AfterContactWorkDuration: after ?? null,
  AfterContactWorkEndTimestamp: after === undefined ? null : stamp(from + talk + after),
  AfterContactWorkStartTimestamp: stamp(from + talk),
  AgentInteractionDuration: talk - hold,
  ConnectedToAgentTimestamp: stamp(from),
  CustomerHoldDuration: hold,
  Username: operator,
});

const partOf = (seconds: number, share: number): number => Math.floor(seconds * share);
const afterWork = (leg: Leg): number => (leg.enteredAt % 4 ? partOf(leg.endedAt - leg.leftAt, 0.2) : 0);

/** Reasons to end while waiting; a flow or an API may leave none. Who asks to be called back is disconnected by the flow. */
const reasons: Partial<Record<Leg['end'], string | null>> = {
  abandoned: 'CUSTOMER_DISCONNECT',
  timeout: 'CONTACT_FLOW_DISCONNECT',
  key: 'CONTACT_FLOW_DISCONNECT',
  empty: null,
  withdrawn: 'OTHER',
};
const endings = ['CUSTOMER_DISCONNECT', 'AGENT_DISCONNECT', 'THIRD_PARTY_DISCONNECT', 'TELECOM_PROBLEM'];
const callBacks = ['CALLBACK', 'CALLBACK_CUSTOMER_FIRST_QUEUED', 'CALLBACK_CUSTOMER_FIRST_DIALED'];
/** Contacts that no caller began by calling; and one handed to an agent, whose own queue has no name. */
const others =
  'OUTBOUND VOICE, API CHAT, EXTERNAL_OUTBOUND VOICE, API TASK, MONITOR VOICE, INBOUND EMAIL, API VOICE, TRANSFER VOICE'
    .split(', ')
    .map((each) => each.split(' '));

/** Whom each leg continues: an operator has handed the caller on, or a flow has, where the wait had a limit. */
const continuedOf = (legs: readonly Leg[]): Map<number, number> => {
  const [before, lastOf] = [new Map<number, number>(), new Map<string, number>()];
  for (const [i, { callid }] of legs.entries()) {
    const last = lastOf.get(callid);
    if (last !== undefined) before.set(i, last);
    lastOf.set(callid, i);
  }
  for (const [i, { end, queue, leftAt }] of legs.entries()) {
    if (end !== 'timeout') continue;
    for (let j = i + 1; (legs[j]?.enteredAt ?? Infinity) < leftAt + 60; j += 1) {
      if (legs[j]?.queue === queue || (legs[j]?.enteredAt ?? 0) < leftAt || before.has(j)) continue;
      before.set(j, i);
      break;
    }
  }
  return before;
};

const contactRecordsOf = ({ legs, spans, blocked }: SwitchboardDay): Said[] => {
  const previous = continuedOf(legs);
  const next = new Map([...previous].map(([to, from]) => [from, to]));
  const firstOf = (i: number): number => (previous.has(i) ? firstOf(previous.get(i) ?? i) : i);
  const idOf = (i: number | undefined): string | null => (i === undefined ? null : uuid(2, i));
  const told: Said[] = [];
  const tell = (said: { LastUpdateTimestamp: string; [field: string]: unknown }): number =>
    told.push({ at: Date.parse(said.LastUpdateTimestamp) / 1000 + 10, said });
  for (const [i, leg] of legs.entries()) {
    const { enteredAt, leftAt, endedAt, operator, queue, end } = leg;
    const someone = spans[i % spans.length]?.operator ?? 'op-001';
    const [method, Channel] = others[(i / 12) % others.length] ?? [];
    const stay = stayIn(method === 'TRANSFER' ? null : queue, leftAt, leftAt);
    const Queue = method === 'OUTBOUND' ? { ...stay, EnqueueTimestamp: null } : stay;
    const other = { Channel, Agent: workOf(someone, leftAt, 240, 0, 30), Queue };
    if (method !== undefined) tell({ ...recordOf(uuid(3, i), method, leftAt, leftAt + 240), ...other });
    if (!isSaid(leg)) continue;
    const [from, to, first] = [previous.get(i), next.get(i), firstOf(i)];
    const giver = from === undefined ? undefined : legs[from];
    const isByWeb = giver === undefined && i % 33 === 7;
    const came = giver === undefined ? (isByWeb ? 'WEBRTC_API' : 'INBOUND') : giver.operator && 'TRANSFER';
    const after = operator === undefined ? 0 : afterWork(leg);
    const began = giver === undefined ? enteredAt - 15 : Math.min(giver.endedAt, enteredAt);
    const record = {
      ...recordOf(uuid(2, i), came ?? 'QUEUE_TRANSFER', began, endedAt - after),
      AgentConnectionAttempts: i % 2,
      // no number that anybody has
      CustomerEndpoint: isByWeb ? null : { Address: `+1000000${String(first).padStart(5, '0')}` },
      DisconnectReason: to === undefined ? ((operator ? endings[i % 4] : reasons[end]) ?? null) : null,
      InitialContactId: first === i ? null : idOf(first),
      NextContactId: end === 'key' ? uuid(4, i) : idOf(to),
      PreviousContactId: idOf(from),
      Queue: stayIn(queue, enteredAt, leftAt),
    };
    if (operator === undefined) tell(record);
    else {
      const [talk, hold] = [endedAt - leftAt - after, i % 5 ? 0 : partOf(endedAt - leftAt, 0.1)];
      const done = { ...record, Agent: workOf(operator, leftAt, talk, hold, after) };
      // at least once: before the work after it is over, and later with something else that is new
      const early = { ...record, Agent: workOf(operator, leftAt, talk, hold, undefined) };
      if (i % 4 === 0) tell(early);
      tell({ ...done, LastUpdateTimestamp: stamp(endedAt + 2) });
      if (i % 7 === 0)
        tell({ ...done, Attributes: { survey: '5' }, LastUpdateTimestamp: stamp(endedAt + 900) });
    }
    if (end === 'key')
      tell({
        ...recordOf(uuid(4, i), callBacks[i % 3] ?? '', leftAt, leftAt + 445),
        Agent: i % 3 === 1 ? null : workOf(someone, leftAt + 145, 300, 0, 20),
        InitialContactId: record.ContactId,
        PreviousContactId: record.ContactId,
        // 99 seconds later, which are of its wait too
        Queue: stayIn(queue, leftAt + 99, leftAt + 120, 120),
      });
  }
  const [hangUp, none] = [{ DisconnectReason: reasons.abandoned }, {}];
  for (const [i, { at }] of blocked.entries())
    tell({ ...recordOf(uuid(5, i), 'INBOUND', at, at + 20), ...(i % 2 ? hangUp : none) });
  return told;
};

/** An agent's events: each change of the status or of a contact, and a heart beat where nothing changes for two minutes. */
const agentEventsOf = (day: SwitchboardDay, operator: string, legs: readonly [number, Leg][]): Said[] => {
  const number = Number(operator.slice(3));
  const spans = day.spans.filter((span) => span.operator === operator);
  const statusOf = (Name: string, second: number) => ({
    AgentStatus: { ARN: `${arn}/agent-state/${Name}`, Name, StartTimestamp: millis(second) },
  });
  const InboundQueues = [...(spans[0]?.queues ?? []), null].map(queueOf);
  let snapshot = {
    ...statusOf('Offline', day.from - 86_400),
    Configuration: { FirstName: 'A', RoutingProfile: { InboundQueues, Name: 'all' }, Username: operator },
    Contacts: [] as object[],
  };
  type Changed = Partial<typeof snapshot>;
  const changes: { at: number; type: string; to: Changed }[] = [];
  const change = (type: string, at: number, to: Changed): number => changes.push({ at, type, to });
  for (const [i, { from, to, begins, ends }] of spans.entries()) {
    const [isLogin, isLogout, isAtOnce] = [begins === 'login', ends === 'logoff', i % 2 === 0];
    if (isLogin && !isAtOnce) change('LOGIN', from - 20, statusOf('Offline', from - 20));
    change(isLogin && isAtOnce ? 'LOGIN' : 'STATE_CHANGE', from, statusOf('Available', from));
    if (!isLogout || !isAtOnce) change('STATE_CHANGE', to, statusOf(isLogout ? 'Offline' : '午休', to));
    if (isLogout) change('LOGOUT', isAtOnce ? to : to + 3, statusOf('Offline', to));
  }
  let free = 0;
  for (const [i, leg] of legs) {
    const { enteredAt, leftAt, endedAt } = leg;
    const queued = { Queue: queueOf(leg.queue), QueueTimestamp: millis(enteredAt) };
    const contact = { Channel: 'VOICE', ContactId: uuid(2, i), ...queued };
    const rings = Math.max(free, enteredAt, leftAt - 5);
    const states = { CONNECTING: rings, CONNECTED: leftAt, ENDED: endedAt - afterWork(leg) };
    for (const [State, at] of Object.entries(states))
      change('STATE_CHANGE', at, { Contacts: [{ ...contact, State, StateStartTimestamp: millis(at) }] });
    change('STATE_CHANGE', endedAt, { Contacts: [] });
    free = endedAt;
  }
  const told: Said[] = [];
  const tell = (at: number, type: string, before: object): void => {
    const said = {
      ...account,
      AgentARN: agentArn(operator),
      CurrentAgentSnapshot: snapshot,
      EventId: uuid(1000 + number, told.length),
      EventTimestamp: millis(at),
      EventType: type,
      PreviousAgentSnapshot: type.startsWith('LOG') ? null : before,
      Version: '2017-10-01',
    };
    told.push({ at, said });
  };
  changes.sort((a, b) => a.at - b.at);
  for (const [i, { at: from, type, to }] of changes.entries()) {
    const before = snapshot;
    snapshot = { ...snapshot, ...to };
    tell(from, type, before);
    // up to an hour after a logout
    const isLast = type === 'LOGOUT' || i === changes.length - 1;
    const until = Math.min(changes[i + 1]?.at ?? Infinity, isLast ? from + 3600 : Infinity);
    for (let beat = from + 120; beat < until; beat += 120) tell(beat, 'HEART_BEAT', snapshot);
  }
  return told;
};

/** All that both streams say of a day, in the order in which they say it. */
export const streamOf = (day: SwitchboardDay): Said[] => {
  const inOrder = [...day.legs.entries()].sort(([, a], [, b]) => a.leftAt - b.leftAt);
  const legsOf = Map.groupBy(inOrder, ([, { operator }]) => operator);
  const operators = [...new Set(day.spans.map(({ operator }) => operator))];
  const events = operators.flatMap((operator) => agentEventsOf(day, operator, legsOf.get(operator) ?? []));
  return [...contactRecordsOf(day), ...events].sort((a, b) => a.at - b.at);
};
