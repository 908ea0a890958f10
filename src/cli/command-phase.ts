/**
 * How far a command in a thread of its own is: one Int32 that both threads see. From `working` it goes to `stopping` where
 * the user interrupts, or to `finishing` where the command stores what it made; whichever comes first holds.
 */
export const commandPhase = { working: 0, stopping: 1, finishing: 2 } as const;
