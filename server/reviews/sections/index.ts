import { headline } from './headline.js';
import type { SectionRule } from './section.js';

/** The sections that rules write, in the order of the pages. */
export const SECTION_RULES: readonly SectionRule[] = [headline];
