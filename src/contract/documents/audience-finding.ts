import { contractFinding, type ContractFinding } from '../contract-findings.ts';

/** Whom a prompt is played to; 0 seconds: everyone. */
export const audienceFinding = (waitAboveSeconds = 0): ContractFinding =>
  waitAboveSeconds > 0
    ? contractFinding('played-to-those-who-wait', { seconds: waitAboveSeconds })
    : contractFinding('played-to-all');
