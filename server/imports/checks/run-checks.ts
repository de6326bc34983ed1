import type { Batch } from '../batch.js';
import { leaveOutBadRows } from '../problems.js';
import { checkSteps } from './decision-steps.js';
import { checkChoices, checkDecisions } from './decisions.js';
import { checkNeighbours, checkShares } from './links.js';
import { checkPermissions } from './permissions.js';
import { checkRates } from './rates.js';
import { checkDangling, checkReferences } from './references.js';
import { checkRetold } from './retold.js';
import { checkOrder, checkParts, checkRepeats, checkRequired } from './rows.js';
import { checkInvited, checkTold } from './surveys.js';
import { checkReservedCodes, checkTargets, checkTurns } from './targets.js';
import { checkCycles, checkSelves } from './trees.js';
import { checkConfirmations, checkConfirmedCurrency } from './values.js';

/** What depends on which other rows are stored, and is therefore asked again when some were left out. */
const checkResultingState = async (batch: Batch): Promise<void> => {
  for (const table of batch.tables) if (table.broken === null) await checkDangling(batch, table);
  await checkShares(batch);
  await checkCycles(batch);
  await checkRates(batch);
  await checkChoices(batch);
  await checkSteps(batch);
  await checkPermissions(batch);
  await checkTargets(batch);
  await checkTurns(batch);
  await checkInvited(batch);
  await checkRetold(batch);
};

/**
 * Finds all problems of the resolved rows. With onProblem=skip, rows with problems are left out, then those that depend on them, until
 * nothing more falls: what remains can be stored.
 *
 * @param between called between checks; throws where the import was cancelled
 */
export const runChecks = async (batch: Batch, between: () => void): Promise<void> => {
  for (const table of batch.tables) {
    between();
    if (table.broken !== null) continue;
    await checkReferences(batch, table);
    await checkRequired(batch, table);
    await checkOrder(batch, table);
    await checkParts(batch, table);
    await checkTold(batch, table);
    await checkRepeats(batch, table);
  }
  await checkDecisions(batch);
  await checkSelves(batch);
  await checkNeighbours(batch);
  await checkConfirmations(batch);
  await checkConfirmedCurrency(batch);
  await checkReservedCodes(batch);
  between();
  await checkResultingState(batch);
  if (batch.onProblem === 'skip') await leaveOutAll(batch, between);
};

/** Leaves rows with problems out, and then those that depend on them, until nothing more falls. */
export const leaveOutAll = async (batch: Batch, between: () => void): Promise<void> => {
  while ((await leaveOutBadRows(batch)) > 0) {
    between();
    await checkResultingState(batch);
  }
};
