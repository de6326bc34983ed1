import { z } from 'zod';
import type { Columns, FieldsOf, RecordType } from './columns.js';
import {
  anyRefColumn,
  choiceColumn,
  choicesColumn,
  codeColumn,
  currencyColumn,
  dateColumn,
  decimalColumn,
  emailColumn,
  instantColumn,
  integerColumn,
  moneyColumn,
  monthColumn,
  percentColumn,
  periodColumn,
  refColumn,
  refsColumn,
  required,
  textColumn,
  yesNoColumn,
} from './columns.js';
import * as p from './primitives.js';
import { LOWEST_RANK } from './priority.js';

/**
 * The record types, each declared once. `table` is the name of its import table, of its database table and, with hyphens, of its path.
 * `key` names the fields by which an import finds the record again.
 */
export interface Declaration<C extends Columns = Columns> {
  type: RecordType;
  table: string;
  label: string;
  help: string;
  key: readonly string[];
  columns: C;
  /** `list`: the register serves it. `grid`: it is entered by month through its owner's grid. `none`: only import and export. */
  register: 'list' | 'grid' | 'none';
}

const declare = <const C extends Columns>(
  declaration: Omit<Declaration<C>, 'register' | 'key'> & {
    register?: Declaration['register'];
    key: readonly (keyof C & string)[];
  },
): Declaration<C> => ({ register: 'list', ...declaration });

const owner = emailColumn('E-mail of the accountable person.');
const name = required(textColumn('The name that people read.', 'Claims automation', 300));
const BENEFIT_TYPES = ['revenue', 'cost', 'risk', 'experience'] as const;
const CHAIN_TYPES = ['investment', 'initiative', 'capability', 'outcome', 'benefit'] as const;

export const orgUnit = declare({
  type: 'org_unit',
  table: 'org_units',
  label: 'Org unit',
  help: 'Business areas and departments, as a tree.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the unit.', 'BU1')),
    name,
    parentCode: refColumn('org_unit', 'Code of the unit above; blank at the top.', 'ENT'),
  },
});

export const portfolio = declare({
  type: 'portfolio',
  table: 'portfolios',
  label: 'Portfolio',
  help: 'What a portfolio manager answers for.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the portfolio.', 'DIG')),
    name,
    managerEmail: emailColumn('E-mail of the portfolio manager.'),
  },
});

export const priority = declare({
  type: 'priority',
  table: 'priorities',
  label: 'Priority',
  help: 'The business priorities that money should follow.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the priority.', 'PR1')),
    name,
    description: textColumn('What the priority means.'),
  },
});

export const priorityRanking = declare({
  type: 'priority_ranking',
  table: 'priority_rankings',
  label: 'Priority ranking',
  help: 'The rank of each priority in a fiscal quarter.',
  key: ['period', 'priorityCode'],
  columns: {
    period: required(periodColumn('Fiscal quarter.')),
    priorityCode: required(refColumn('priority', 'Code of the priority.', 'PR1')),
    rank: integerColumn('1 is the highest.', '1', 1, LOWEST_RANK),
    rationale: textColumn('Why the rank is as it is.'),
  },
});

export const forum = declare({
  type: 'forum',
  table: 'forums',
  label: 'Forum',
  help: 'Where decisions are taken.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the forum.', 'F1')),
    name,
    level: integerColumn('1 team … 5 board.', '3', 1, 5),
    decides: choicesColumn(
      ['priority', 'funding', 'scope', 'architecture', 'risk', 'strategic', 'other'],
      'Kinds of decision taken here.',
    ),
    scope: textColumn('For whom the forum decides.', 'Digital portfolio', 300),
  },
});

export const exchangeRate = declare({
  type: 'exchange_rate',
  table: 'exchange_rates',
  label: 'Exchange rate',
  help: 'One unit of a currency in the reporting currency, by month.',
  key: ['currency', 'month'],
  columns: {
    currency: required(currencyColumn('ISO 4217 code.')),
    month: required(monthColumn('Month of the rate.')),
    rate: required(decimalColumn('One unit in the reporting currency, above zero.', '1.0875', 10)),
  },
});

export const investment = declare({
  type: 'investment',
  table: 'investments',
  label: 'Investment',
  help: 'Where money goes in: the first layer of the chain.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the investment.', 'INV-1')),
    name,
    description: textColumn('What the money is for.'),
    portfolioCode: refColumn('portfolio', 'Code of the portfolio.', 'DIG'),
    orgUnitCode: refColumn('org_unit', 'Code of the accountable unit.', 'BU1'),
    ownerEmail: owner,
    category: choiceColumn(['run', 'grow', 'transform'], 'What kind of spend it is.'),
    priorityCode: refColumn('priority', 'Code of the business priority it serves.', 'PR1'),
    currency: currencyColumn('ISO 4217 code of its costs; blank is the reporting currency.'),
    startMonth: monthColumn('First month.', '2026-01'),
    endMonth: monthColumn('Last month; blank is open.', '2027-12'),
    status: choiceColumn(['proposed', 'approved', 'active', 'closed', 'stopped'], 'Where it stands.'),
  },
});

export const investmentCost = declare({
  type: 'investment_cost',
  table: 'investment_costs',
  label: 'Investment cost',
  help: 'Planned and actual cost by month and kind, in the currency of the investment.',
  key: ['investmentCode', 'month', 'kind'],
  columns: {
    investmentCode: required(refColumn('investment', 'Code of the investment.', 'INV-1')),
    month: required(monthColumn('Month of the cost.')),
    kind: required(choiceColumn(['capex', 'opex', 'skills'], 'Kind of cost.')),
    planned: moneyColumn('Planned cost.'),
    actual: moneyColumn('Actual cost.'),
  },
  register: 'grid',
});

export const initiative = declare({
  type: 'initiative',
  table: 'initiatives',
  label: 'Initiative',
  help: 'Projects, products and platforms that money is spent through.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the initiative.', 'INI-1')),
    name,
    description: textColumn('What is being done.'),
    portfolioCode: refColumn('portfolio', 'Code of the portfolio.', 'DIG'),
    orgUnitCode: refColumn('org_unit', 'Code of the accountable unit.', 'BU1'),
    ownerEmail: owner,
    delivery: choiceColumn(['product', 'project', 'platform'], 'How it is delivered.'),
    status: choiceColumn(['proposed', 'active', 'delivered', 'cancelled'], 'Where it stands.'),
    startDate: dateColumn('First day.', '2026-01-15'),
    plannedEndDate: dateColumn('Day on which it should end.'),
    endDate: dateColumn('Day on which it ended.'),
    duplicateOfCode: refColumn('initiative', 'Code of the initiative that it duplicates.', 'INI-2'),
  },
});

export const capability = declare({
  type: 'capability',
  table: 'capabilities',
  label: 'Capability',
  help: 'What the enterprise can do; initiatives build capabilities.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the capability.', 'CAP-1')),
    name,
    parentCode: refColumn('capability', 'Code of the capability above.', 'CAP-2'),
    orgUnitCode: refColumn('org_unit', 'Code of the accountable unit.', 'BU1'),
    ownerEmail: owner,
    priorityCode: refColumn('priority', 'Code of the business priority it serves.', 'PR1'),
    strategic: yesNoColumn('Does the strategy depend on it? yes or no.'),
    targetMaturity: decimalColumn('Level to reach, 0 to 5.', '4', 1, { min: 0, max: 5 }),
  },
});

export const maturityAssessment = declare({
  type: 'maturity_assessment',
  table: 'maturity_assessments',
  label: 'Maturity assessment',
  help: 'Assessed level of a capability on a day.',
  key: ['capabilityCode', 'assessedOn'],
  columns: {
    capabilityCode: required(refColumn('capability', 'Code of the capability.', 'CAP-1')),
    assessedOn: required(dateColumn('Day of the assessment.')),
    level: decimalColumn('Level from 0 to 5, one decimal.', '2.5', 1, { min: 0, max: 5 }),
    assessorEmail: emailColumn('E-mail of who assessed it.'),
    evidence: textColumn('What the level rests on.'),
    note: textColumn('Which criteria of the level are met, and which of the next.', '', 2000),
  },
});

export const competency = declare({
  type: 'competency',
  table: 'competencies',
  label: 'Competency',
  help: 'People required and available for a capability, as of a day.',
  key: ['code', 'asOf'],
  columns: {
    code: required(codeColumn('Code of the competency.', 'CMP-1')),
    asOf: required(dateColumn('Day of the count.')),
    name,
    capabilityCode: refColumn('capability', 'Code of the capability.', 'CAP-1'),
    requiredFte: decimalColumn('Full-time equivalents required.', '4', 4, { min: 0 }),
    availableFte: decimalColumn('Full-time equivalents available.', '3.5', 4, { min: 0 }),
  },
});

export const outcome = declare({
  type: 'outcome',
  table: 'outcomes',
  label: 'Outcome',
  help: 'What changes for the business; capabilities enable outcomes.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the outcome.', 'OUT-1')),
    name,
    type: choiceColumn(BENEFIT_TYPES, 'What kind of outcome; blank is unclassified.'),
    orgUnitCode: refColumn('org_unit', 'Code of the accountable unit.', 'BU1'),
    ownerEmail: owner,
    priorityCode: refColumn('priority', 'Code of the business priority it serves.', 'PR1'),
    unit: textColumn('Unit of the measure.', 'days', 60),
    baseline: decimalColumn('Value before the change.', '88'),
    target: decimalColumn('Value to reach.', '66'),
    targetDate: dateColumn('Day by which to reach it.'),
    better: choiceColumn(['higher', 'lower'], 'Which direction is better; blank follows from baseline and target.'),
  },
});

export const outcomeMeasurement = declare({
  type: 'outcome_measurement',
  table: 'outcome_measurements',
  label: 'Outcome measurement',
  help: 'Measured value of an outcome on a day.',
  key: ['outcomeCode', 'measuredOn'],
  columns: {
    outcomeCode: required(refColumn('outcome', 'Code of the outcome.', 'OUT-1')),
    measuredOn: required(dateColumn('Day of the measurement.')),
    value: decimalColumn('Measured value.', '71.68'),
    evidence: textColumn('Where the value comes from.'),
  },
});

export const benefit = declare({
  type: 'benefit',
  table: 'benefits',
  label: 'Benefit',
  help: 'What the business gets; the last layer of the chain.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the benefit.', 'BEN-1')),
    name,
    type: choiceColumn(BENEFIT_TYPES, 'What kind of benefit; blank is unclassified.'),
    nature: choiceColumn(['cashable', 'non_cashable', 'non_financial'], 'Whether it becomes money.'),
    portfolioCode: refColumn('portfolio', 'Code of the portfolio.', 'DIG'),
    orgUnitCode: refColumn('org_unit', 'Code of the accountable unit.', 'BU1'),
    ownerEmail: owner,
    currency: currencyColumn('ISO 4217 code; blank for benefits that are not money.'),
    unit: textColumn('Unit of the values where they are not money.', 'points', 60),
    aggregation: choiceColumn(['sum', 'average', 'latest'], 'How months combine where it is not money; blank is sum.'),
    better: choiceColumn(['higher', 'lower'], 'Which direction is better; blank is higher.'),
    baseline: decimalColumn('Value before the change.', '0'),
    approvedOn: dateColumn('Day on which the benefit was approved.'),
    declaredStatus: choiceColumn(
      ['on_track', 'at_risk', 'off_track', 'unmeasured', 'not_due'],
      'What the owner says; shown beside the computed status.',
    ),
    declaredNote: textColumn('The owner’s sentence on the status.'),
    conversion: textColumn('How the measure becomes a value.', '1 minute = 4.20 EUR × 310 000 claims', 300),
  },
});

export const benefitValue = declare({
  type: 'benefit_value',
  table: 'benefit_values',
  label: 'Benefit value',
  help: 'Planned, forecast and realised value by month, in the currency or unit of the benefit.',
  key: ['benefitCode', 'month'],
  columns: {
    benefitCode: required(refColumn('benefit', 'Code of the benefit.', 'BEN-1')),
    month: required(monthColumn('Month of the value.')),
    planned: moneyColumn('Planned value.'),
    forecast: moneyColumn('Latest estimate for a month to come.'),
    realised: moneyColumn('Reported actual.'),
    evidence: textColumn('What proves the realised value: a sentence or a link.'),
    confirmedByEmail: emailColumn('E-mail of who in finance confirmed it; never who reported it.'),
  },
  register: 'grid',
});

export const link = declare({
  type: 'link',
  table: 'links',
  label: 'Link',
  help: 'Joins two neighbouring layers of the chain and says with what shares.',
  key: ['fromCode', 'toCode'],
  columns: {
    fromCode: required(
      anyRefColumn(CHAIN_TYPES, 'Code nearer to the money; Type:code where a code is in two types.', 'INV-1'),
    ),
    toCode: required(
      anyRefColumn(CHAIN_TYPES, 'Code nearer to the benefit; Type:code where a code is in two types.', 'INI-1'),
    ),
    allocation: percentColumn('Percent of the cost of “from” spent for “to”; blank shares equally what is left.', '60'),
    contribution: percentColumn('Percent of the value of “to” due to “from”; blank shares equally what is left.', '50'),
    rationale: textColumn('Why these shares.'),
  },
});

export const correctiveAction = declare({
  type: 'corrective_action',
  table: 'corrective_actions',
  label: 'Corrective action',
  help: 'What is done about a benefit that falls short.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the action.', 'ACT-1')),
    benefitCode: refColumn('benefit', 'Code of the benefit.', 'BEN-1'),
    title: textColumn('What is to be done.', 'Retrain the claims team', 300),
    ownerEmail: owner,
    dueOn: dateColumn('Day by which it is due.'),
    doneOn: dateColumn('Day on which it was done.'),
    effect: textColumn('The expected effect, in words.'),
    effectAmount: moneyColumn('The expected effect on the benefit, in its currency or unit.'),
    result: textColumn('What came of it.'),
  },
});

export const assumption = declare({
  type: 'assumption',
  table: 'assumptions',
  label: 'Assumption',
  help: 'What must hold for a benefit to come, or what it depends on.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the assumption.', 'ASM-1')),
    benefitCode: refColumn('benefit', 'Code of the benefit.', 'BEN-1'),
    statement: textColumn('What is assumed.', 'Branches keep their opening hours', 1000),
    ownerEmail: owner,
    status: choiceColumn(['open', 'holds', 'broken'], 'Whether it is known to hold; blank is open.'),
    reviewOn: dateColumn('Day on which it is looked at again.'),
  },
});

export const decision = declare({
  type: 'decision',
  table: 'decisions',
  label: 'Decision',
  help: 'Decisions asked for and taken.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the decision.', 'DEC-1')),
    title: textColumn('The question to decide.', 'Stop the legacy portal?', 300),
    kind: choiceColumn(
      ['priority', 'funding', 'scope', 'architecture', 'risk', 'strategic', 'other'],
      'What is decided.',
    ),
    forumCode: refColumn('forum', 'Code of the forum.', 'F3'),
    raisedAt: instantColumn('When it was raised.'),
    neededBy: dateColumn('Day by which it is needed.'),
    decidedAt: instantColumn('When it was decided; blank while open.'),
    intendedLevel: integerColumn('Level at which it should be decided, 1 to 5.', '3', 1, 5),
    decidedLevel: integerColumn('Level at which it was decided, 1 to 5.', '3', 1, 5),
    outcome: choiceColumn(['approved', 'declined', 'deferred'], 'How it was decided.'),
    tradeOff: textColumn('What was weighed against what.'),
    rationale: textColumn('Why it was decided so.'),
    reopened: integerColumn('How often it was reopened before being decided.', '0', 0, 1000),
    itInvolved: choiceColumn(['before', 'during', 'after', 'no'], 'When IT was involved.'),
    aboutCode: anyRefColumn(
      CHAIN_TYPES,
      'Code of the record it is about; Type:code where a code is in two types.',
      'INI-1',
    ),
    decidedBy: textColumn('Who decided.', 'Executive committee, by majority', 300),
    givenUp: textColumn('What was given up by it.'),
    revisitOn: dateColumn('Day on which it is looked at again.'),
  },
});

export const decisionEscalation = declare({
  type: 'decision_escalation',
  table: 'decision_escalations',
  label: 'Decision escalation',
  help: 'Each time a decision went to a higher level.',
  key: ['decisionCode', 'at'],
  columns: {
    decisionCode: required(refColumn('decision', 'Code of the decision.', 'DEC-1')),
    at: required(instantColumn('When it was escalated.')),
    fromLevel: integerColumn('From level, 1 to 5.', '3', 1, 5),
    toLevel: integerColumn('To level, 1 to 5.', '4', 1, 5),
    reason: textColumn('Why it was escalated.'),
  },
});

export const decisionOption = declare({
  type: 'decision_option',
  table: 'decision_options',
  label: 'Decision option',
  help: 'What could be decided, and what each choice would bring.',
  key: ['decisionCode', 'name'],
  columns: {
    decisionCode: required(refColumn('decision', 'Code of the decision.', 'DEC-1')),
    name: required(textColumn('The option in a few words.', 'Stop the portal in June', 300)),
    consequence: textColumn('What it would bring, cost and rule out.'),
    chosen: yesNoColumn('Was it chosen? yes or no.'),
  },
});

export const decisionReopening = declare({
  type: 'decision_reopening',
  table: 'decision_reopenings',
  label: 'Decision reopening',
  help: 'Each time a decision that was taken was opened again, and what it had been.',
  key: ['decisionCode', 'at'],
  columns: {
    decisionCode: required(refColumn('decision', 'Code of the decision.', 'DEC-1')),
    at: required(instantColumn('When it was reopened.')),
    reason: textColumn('Why it was reopened.'),
    decidedAt: instantColumn('When it had been decided.'),
    outcome: choiceColumn(['approved', 'declined', 'deferred'], 'How it had been decided.'),
    decidedLevel: integerColumn('Level at which it had been decided, 1 to 5.', '3', 1, 5),
  },
  // Made by opening a decision again, and by nothing else on screen: what had been decided is history.
  register: 'none',
});

export const stage = declare({
  type: 'stage',
  table: 'stages',
  label: 'Stage',
  help: 'The stages that work passes through, in order.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the stage.', 'BUILD')),
    name,
    position: integerColumn('Place in the order; stages may share one.', '3', 0, 10_000),
    kind: choiceColumn(['waiting', 'active', 'done', 'cancelled'], 'What happens to work here.'),
  },
});

export const workItem = declare({
  type: 'work_item',
  table: 'work_items',
  label: 'Work item',
  help: 'Pieces of work that flow through the stages.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the item.', 'WI-1')),
    title: textColumn('What it is.', 'Pre-fill the claim form', 300),
    type: choiceColumn(['feature', 'defect', 'change', 'incident', 'task'], 'Kind of work.'),
    initiativeCode: refColumn('initiative', 'Code of the initiative it belongs to.', 'INI-1'),
    dependsOn: refsColumn('work_item', 'Codes of items that must come first.', 'WI-2;WI-3'),
    blockedReason: textColumn('Why it is blocked; blank where nothing blocks it.', 'Waits for the contract', 500),
    blockedSince: instantColumn('Since when it is blocked.'),
  },
});

export const workItemTransition = declare({
  type: 'work_item_transition',
  table: 'work_item_transitions',
  label: 'Work item transition',
  help: 'Each move of an item into a stage.',
  key: ['workItemCode', 'at', 'stageCode'],
  columns: {
    workItemCode: required(refColumn('work_item', 'Code of the item.', 'WI-1')),
    at: required(instantColumn('When it entered the stage.')),
    stageCode: required(refColumn('stage', 'Code of the stage.', 'BUILD')),
    team: textColumn('Team that holds it.', 'red', 120),
  },
});

export const service = declare({
  type: 'service',
  table: 'services',
  label: 'Service',
  help: 'Services that IT runs.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the service.', 'SVC-1')),
    name,
    orgUnitCode: refColumn('org_unit', 'Code of the unit it serves.', 'BU1'),
    ownerEmail: owner,
  },
});

export const serviceMonth = declare({
  type: 'service_month',
  table: 'service_months',
  label: 'Service month',
  help: 'How a service ran in a month.',
  key: ['serviceCode', 'month'],
  columns: {
    serviceCode: required(refColumn('service', 'Code of the service.', 'SVC-1')),
    month: required(monthColumn('Month.')),
    agreedMinutes: integerColumn('Minutes agreed to be available.', '43200'),
    downtimeMinutes: integerColumn('Minutes not available.', '91'),
    requests: integerColumn('Requests.', '374371'),
    requestsWithinTarget: integerColumn('Requests answered within the target.', '363655'),
    changes: integerColumn('Changes made.', '26'),
    failedChanges: integerColumn('Changes that failed.', '1'),
    incidents: integerColumn('Incidents.', '7'),
  },
});

export const survey = declare({
  type: 'survey',
  table: 'surveys',
  label: 'Survey',
  help: 'A round of questions to the business.',
  key: ['code', 'period'],
  columns: {
    code: required(codeColumn('Unique code of the survey.', 'SUR-2026-Q3')),
    period: required(periodColumn('Fiscal quarter it belongs to.')),
    name,
    invited: integerColumn('How many people were asked.', '40', 0, 10_000_000),
  },
});

const score = (question: string) => integerColumn(`${question}, 1 to 5.`, '4', 1, 5);

export const surveyResponse = declare({
  type: 'survey_response',
  table: 'survey_responses',
  label: 'Survey response',
  help: 'One answer; the respondent is an opaque key that is stored hashed.',
  key: ['surveyCode', 'respondent'],
  columns: {
    surveyCode: required(refColumn('survey', 'Code of the survey.', 'SUR-2026-Q3')),
    respondent: required(textColumn('An opaque key, stored hashed.', 'r-017', 200)),
    orgUnitCode: refColumn('org_unit', 'Code of the unit that answers.', 'BU1'),
    answeredAt: instantColumn('When it was answered.'),
    satisfaction: score('Satisfaction'),
    responsiveness: score('Responsiveness'),
    effectiveness: score('Effectiveness'),
    trust: score('Trust in IT’s ability to deliver'),
    enabling: score('From constrains to enables'),
    recommend: integerColumn('Would recommend, 0 to 10.', '9', 0, 10),
    comment: textColumn('Comment in words.'),
  },
  register: 'none',
});

export const FAMILIES = [
  'alignment',
  'decision',
  'flow',
  'capability',
  'outcome',
  'efficiency',
  'quality',
  'stakeholder',
] as const;

export const indicator = declare({
  type: 'indicator',
  table: 'indicators',
  label: 'Indicator',
  help: 'Measures of your own; each should serve an outcome or a capability.',
  key: ['code'],
  columns: {
    code: required(codeColumn('Unique code of the indicator.', 'IND-1')),
    name,
    family: choiceColumn(FAMILIES, 'Metric family it belongs to.'),
    unit: textColumn('Unit of the values.', 'hours', 60),
    better: choiceColumn(['higher', 'lower'], 'Which direction is better.'),
    servesCode: anyRefColumn(['outcome', 'capability'], 'Code of the outcome or capability it serves.', 'OUT-1'),
  },
});

export const indicatorValue = declare({
  type: 'indicator_value',
  table: 'indicator_values',
  label: 'Indicator value',
  help: 'Value of an indicator in a month.',
  key: ['indicatorCode', 'month'],
  columns: {
    indicatorCode: required(refColumn('indicator', 'Code of the indicator.', 'IND-1')),
    month: required(monthColumn('Month.')),
    value: decimalColumn('Value.', '12.5'),
    evidence: textColumn('What the value rests on: a sentence or a link.'),
  },
});

export const metricTarget = declare({
  type: 'metric_target',
  table: 'metric_targets',
  label: 'Metric target',
  help: 'Target of a metric from a period on.',
  key: ['metricId', 'fromPeriod'],
  columns: {
    metricId: required(textColumn('Name of the metric.', 'flow.cycle_time', 120)),
    fromPeriod: required(periodColumn('First fiscal quarter for which it holds.')),
    target: decimalColumn('Value to reach, in the unit of the metric: 0.8 is 80 %.', '45'),
    amber: decimalColumn('Value from which it is nearly reached.', '60'),
  },
});

/** Every record type, in an order in which references come before those that refer to them. */
export const RECORDS = {
  org_unit: orgUnit,
  portfolio,
  priority,
  priority_ranking: priorityRanking,
  forum,
  exchange_rate: exchangeRate,
  investment,
  investment_cost: investmentCost,
  initiative,
  capability,
  maturity_assessment: maturityAssessment,
  competency,
  outcome,
  outcome_measurement: outcomeMeasurement,
  benefit,
  benefit_value: benefitValue,
  link,
  corrective_action: correctiveAction,
  assumption,
  decision,
  decision_escalation: decisionEscalation,
  decision_option: decisionOption,
  decision_reopening: decisionReopening,
  stage,
  work_item: workItem,
  work_item_transition: workItemTransition,
  service,
  service_month: serviceMonth,
  survey,
  survey_response: surveyResponse,
  indicator,
  indicator_value: indicatorValue,
  metric_target: metricTarget,
} as const satisfies Record<RecordType, Declaration>;

/** The same, as a list of plain declarations for code that treats all types alike. */
export const DECLARATIONS: readonly Declaration[] = Object.values(RECORDS);

const meta = z.object({
  id: p.id,
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  archivedAt: z.string().nullable(),
});
export type RecordMeta = z.infer<typeof meta>;
export type RecordOf<T extends keyof typeof RECORDS> = RecordMeta & FieldsOf<(typeof RECORDS)[T]['columns']>;
export type AnyRecord = RecordMeta & Record<string, unknown>;

/** Name of the field as the import tables spell it: `portfolioCode` → `portfolio_code`. */
export const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Name of the OpenAPI component: `investment_cost` → `InvestmentCost`. */
export const componentName = (type: RecordType): string =>
  type.replace(/(^|_)([a-z])/g, (_match, _gap, letter: string) => letter.toUpperCase());

const shapeOf = (declaration: Declaration, field: (name: string) => z.ZodType): Record<string, z.ZodType> =>
  Object.fromEntries(Object.keys(declaration.columns).map((columnName) => [columnName, field(columnName)]));

/** What `POST` accepts: unknown fields are refused, blank ones may be left out or null. */
export const createSchema = (declaration: Declaration): z.ZodType<Record<string, unknown>> =>
  z
    .strictObject(
      shapeOf(declaration, (columnName) => {
        const declared = declaration.columns[columnName]!;
        return (declared.required ? declared.schema : declared.schema.nullable().optional()).describe(declared.help);
      }),
    )
    .meta({ id: `Create${componentName(declaration.type)}` }) as unknown as z.ZodType<Record<string, unknown>>;

/** What `PATCH` accepts: only the fields to change; null empties one that may be blank. Keys of facts do not change. */
export const changeSchema = (declaration: Declaration): z.ZodType<Record<string, unknown>> => {
  const fixed = new Set<string>(declaration.key.length > 1 ? declaration.key : []);
  const shape = shapeOf(declaration, (columnName) => {
    const declared = declaration.columns[columnName]!;
    return (declared.required ? declared.schema : declared.schema.nullable()).optional().describe(declared.help);
  });
  return z
    .strictObject(Object.fromEntries(Object.entries(shape).filter(([columnName]) => !fixed.has(columnName))))
    .meta({ id: `Change${componentName(declaration.type)}` }) as unknown as z.ZodType<Record<string, unknown>>;
};

/** What comes back for one record. */
export const readSchema = (declaration: Declaration): z.ZodType<AnyRecord, AnyRecord> =>
  meta
    .extend(
      shapeOf(declaration, (columnName) => {
        const declared = declaration.columns[columnName]!;
        const outgoing = outputOf(declared.type);
        return declared.required ? outgoing : outgoing.nullable();
      }),
    )
    .extend(
      Object.fromEntries(
        Object.entries(declaration.columns)
          .filter(([, column]) => column.type.kind === 'anyRef')
          .map(([columnName, column]) => [typeField(columnName), column.required ? z.string() : z.string().nullable()]),
      ),
    )
    .meta({ id: componentName(declaration.type) }) as unknown as z.ZodType<AnyRecord, AnyRecord>;

/** Field that says of what type the record behind an `anyRef` is: `fromCode` → `fromType`. */
export const typeField = (field: string): string => field.replace(/Code$/, 'Type');

/** Output schemas have no transforms, so that OpenAPI can print them and the client can parse them twice. */
const outputOf = (type: Columns[string]['type']): z.ZodType => {
  switch (type.kind) {
    case 'integer':
      return z.number().int();
    case 'yesNo':
      return z.boolean();
    case 'choice':
      return z.enum(type.values as [string, ...string[]]);
    case 'choices':
    case 'refs':
      return z.array(z.string());
    default:
      return z.string();
  }
};
