import { actions } from './actions.js';
import { appendix } from './appendix.js';
import { benefits } from './benefits.js';
import { capabilities } from './capabilities.js';
import { decisions } from './decisions.js';
import { headline } from './headline.js';
import { money } from './money.js';
import type { SectionRule } from './section.js';
import { signals } from './signals.js';
import { signs } from './signs.js';
import { stakeholders } from './stakeholders.js';

/** The sections that rules write, in the order of the pages. */
export const SECTION_RULES: readonly SectionRule[] = [
  headline,
  benefits,
  money,
  signals,
  decisions,
  capabilities,
  stakeholders,
  signs,
  actions,
  appendix,
];
