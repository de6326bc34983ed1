import { Foundation1763700000001 } from './0001-foundation.js';
import { Records1763700000002 } from './0002-records.js';
import { Rules1763700000003 } from './0003-rules.js';
import { Example1763700000004 } from './0004-example.js';
import { Benefits1763700000005 } from './0005-benefits.js';
import { Metrics1763700000006 } from './0006-metrics.js';
import { Decisions1763700000007 } from './0007-decisions.js';
import { Surveys1763700000009 } from './0009-surveys.js';
import { Capabilities1763700000010 } from './0010-capabilities.js';
import { Signs1763700000011 } from './0011-signs.js';
import { SurveyPrivacy1763700000012 } from './0012-survey-privacy.js';
import { SurveyRounds1763700000013 } from './0013-survey-rounds.js';
import { MetricTargets1763700000014 } from './0014-metric-targets.js';
import { DecisionChoice1763700000015 } from './0015-decisions.js';
import { WorkItemBlocked1763700000016 } from './0016-work-item-blocked.js';
import { CapabilityChecks1763700000017 } from './0017-capability-checks.js';
import { SignAnswers1763700000018 } from './0018-signs.js';
import { SurveyQuarters1763700000019 } from './0019-survey-quarters.js';
import { SurveyAsked1763700000020 } from './0020-survey-asked.js';
import { DecisionContent1763700000021 } from './0021-decision-content.js';
import { Freshness1763700000022 } from './0022-freshness.js';
import { Reviews1763700000023 } from './0023-reviews.js';
import { SupersededReviews1763700000024 } from './0024-superseded-reviews.js';

/** Every migration, in order. A released one is never edited; a change is a new one at the end. */
export const MIGRATIONS = [
  Foundation1763700000001,
  Records1763700000002,
  Rules1763700000003,
  Example1763700000004,
  Benefits1763700000005,
  Metrics1763700000006,
  Decisions1763700000007,
  Surveys1763700000009,
  Capabilities1763700000010,
  Signs1763700000011,
  SurveyPrivacy1763700000012,
  SurveyRounds1763700000013,
  MetricTargets1763700000014,
  DecisionChoice1763700000015,
  WorkItemBlocked1763700000016,
  CapabilityChecks1763700000017,
  SignAnswers1763700000018,
  SurveyQuarters1763700000019,
  SurveyAsked1763700000020,
  DecisionContent1763700000021,
  Freshness1763700000022,
  Reviews1763700000023,
  SupersededReviews1763700000024,
];
