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
];
